package house

import (
	"fmt"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Tested is a package that has tests.
type Tested struct {
	Package string
	Races   string // a place from which code of the tests, of the package, or of what it imports of this module is run by several goroutines; empty where there is none
}

// TestedPackages lists the packages of a folder of the module that have tests.
func TestedPackages(folder string, patterns ...string) ([]Tested, error) {
	found, err := packages.Load(&packages.Config{Dir: folder, Tests: true,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule}, patterns...)
	if err != nil {
		return nil, err
	}
	places, out := map[string]string{}, []Tested{}
	for _, p := range found {
		for _, e := range p.Errors {
			return nil, e
		}
		if of, ok := strings.CutSuffix(p.PkgPath, ".test"); ok {
			where, err := mayRace(p, places)
			if err != nil {
				return nil, err
			}
			out = append(out, Tested{of, where})
		}
	}
	slices.SortFunc(out, func(a, b Tested) int { return strings.Compare(a.Package, b.Package) })
	return out, nil
}

// mayRace says where a package, or one of this module's that it imports, may be run
// by several goroutines. What was found before is in the map, by the package's id.
func mayRace(p *packages.Package, known map[string]string) (string, error) {
	if where, ok := known[p.ID]; ok {
		return where, nil
	}
	known[p.ID] = ""
	for _, name := range p.GoFiles {
		positions := token.NewFileSet()
		file, err := parser.ParseFile(positions, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return "", err
		}
		if nodes := MayRace(file); len(nodes) > 0 {
			known[p.ID] = fmt.Sprint(positions.Position(nodes[0].Pos()))
			return known[p.ID], nil
		}
	}
	for _, imported := range p.Imports {
		if imported.Module == nil || !imported.Module.Main {
			continue
		}
		where, err := mayRace(imported, known)
		if err != nil {
			return "", err
		}
		if where != "" {
			known[p.ID] = where
			return where, nil
		}
	}
	return "", nil
}
