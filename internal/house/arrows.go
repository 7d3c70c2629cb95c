// Package house measures how the files of a package lean on each other.
package house

import (
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// Room is a package as its files lean on each other.
type Room struct {
	Package string
	Files   []string           // from the top, where reading begins, to the bottom
	Arrows  map[Arrow][]string // and what each takes
	Lines   int
	Largest string // the type with the most methods
	Methods int    // how many
}

// Arrow says that a file names something that another declares.
type Arrow struct{ From, To string }

// Measure reads packages, without their tests, from a folder of the module.
func Measure(folder string, patterns ...string) ([]Room, error) {
	found, err := packages.Load(&packages.Config{Dir: folder,
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedModule}, patterns...)
	if err != nil {
		return nil, err
	}
	var rooms []Room
	for _, p := range found {
		for _, e := range p.Errors {
			return nil, e
		}
		if p.Module == nil || len(p.Syntax) == 0 {
			continue
		}
		if r := measure(p); !strings.HasPrefix(r.Package, "internal") && !strings.HasPrefix(r.Package, "bench") {
			rooms = append(rooms, r)
		}
	}
	return rooms, nil
}

func measure(p *packages.Package) Room {
	r := Room{Package: strings.TrimPrefix(p.PkgPath, p.Module.Path+"/"), Arrows: map[Arrow][]string{}}
	name := func(n ast.Node) string { return filepath.Base(p.Fset.Position(n.Pos()).Filename) }
	for _, file := range p.Syntax {
		from := name(file)
		r.Files = append(r.Files, from)
		r.Lines += p.Fset.Position(file.FileEnd).Line
		ast.Inspect(file, func(n ast.Node) bool {
			ident, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			used := p.TypesInfo.Uses[ident]
			if used == nil || used.Pkg() != p.Types || !declared(used) {
				return true
			}
			arrow := Arrow{from, filepath.Base(p.Fset.Position(used.Pos()).Filename)}
			if arrow.From != arrow.To && !slices.Contains(r.Arrows[arrow], used.Name()) {
				r.Arrows[arrow] = append(r.Arrows[arrow], used.Name())
			}
			return true
		})
	}
	for _, n := range p.Types.Scope().Names() {
		if t, ok := p.Types.Scope().Lookup(n).(*types.TypeName); ok && !t.IsAlias() {
			if named, ok := t.Type().(*types.Named); ok && named.NumMethods() > r.Methods {
				r.Largest, r.Methods = n, named.NumMethods()
			}
		}
	}
	r.order()
	return r
}

// declared tells what a package declares by name, at its top or as a method,
// from fields, parameters and what is local to a function.
func declared(o types.Object) bool {
	if f, ok := o.(*types.Func); ok {
		return f.Signature().Recv() == nil || !types.IsInterface(f.Signature().Recv().Type())
	}
	return o.Parent() == o.Pkg().Scope()
}

// order puts the files so that few arrows run back up: greedily (Eades, Lin and
// Smyth, 1993), then moving one file at a time to its best place until none gains.
func (r *Room) order() {
	slices.Sort(r.Files)
	left, top, bottom := slices.Clone(r.Files), []string{}, []string{}
	for len(left) > 0 {
		best, most := 0, -1<<30
		for i, f := range left {
			out, in := 0, 0
			for a := range r.Arrows {
				if a.From == f && slices.Contains(left, a.To) {
					out++
				}
				if a.To == f && slices.Contains(left, a.From) {
					in++
				}
			}
			score := out - in
			if out == 0 {
				score = -1 << 20 // a sink goes to the bottom
			} else if in == 0 {
				score = 1 << 20
			}
			if out == 0 {
				best, most = i, 1<<21
			} else if score > most {
				best, most = i, score
			}
		}
		f := left[best]
		left = slices.Delete(left, best, best+1)
		if most == 1<<21 {
			bottom = append([]string{f}, bottom...)
		} else {
			top = append(top, f)
		}
	}
	r.Files = append(top, bottom...)
	for r.improve() {
	}
}

// improve moves the first file that gains by it to a better place, and tells whether there was one.
func (r *Room) improve() bool {
	before := len(r.BackUp())
	for i, file := range r.Files {
		left := slices.Delete(slices.Clone(r.Files), i, i+1)
		for j := range r.Files {
			moved := Room{Files: slices.Insert(slices.Clone(left), j, file), Arrows: r.Arrows}
			if len(moved.BackUp()) < before {
				r.Files = moved.Files
				return true
			}
		}
	}
	return false
}

// BackUp lists the arrows that run from a lower file to a higher one.
func (r *Room) BackUp() []Arrow {
	at := make(map[string]int, len(r.Files))
	for i, f := range r.Files {
		at[f] = i
	}
	var out []Arrow
	for a := range r.Arrows {
		if at[a.From] > at[a.To] {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Arrow) int { return strings.Compare(a.From+" "+a.To, b.From+" "+b.To) })
	return out
}

// Percent is the part of the arrows that run back up.
func (r *Room) Percent() float64 {
	if len(r.Arrows) == 0 {
		return 0
	}
	return 100 * float64(len(r.BackUp())) / float64(len(r.Arrows))
}
