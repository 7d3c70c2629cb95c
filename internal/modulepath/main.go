// Command modulepath gives the module another path: in go.mod, in every import
// and wherever else a text of the checkout names it, the example's module too.
//
//	go run ./internal/modulepath HOST/PATH   (or make module-path TO=HOST/PATH)
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: modulepath HOST/PATH")
	}
	changed, err := Change(".", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d files name %s now; run make licences test, and commit them all at once\n", changed, os.Args[1])
}

// notOurs are folders with files that others or programs made.
var notOurs = []string{".git", "node_modules", "bin", "dist"}

// Change gives the module in a folder another path, and returns how many files
// it wrote. Programs that import the old path go on with the versions of it.
func Change(root, to string) (changed int, err error) {
	if err := module.CheckPath(to); err != nil {
		return 0, err
	}
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return 0, err
	}
	from := modfile.ModulePath(text)
	if from == "" {
		return 0, fmt.Errorf("%s: go.mod names no module", root)
	}
	whole := regexp.MustCompile(regexp.QuoteMeta(from) + `(\.?(?:[^\w.-]|$))`) // not the beginning of a longer name
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains(notOurs, entry.Name()) {
			return fs.SkipDir
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		old, err := os.ReadFile(name)
		if err != nil || bytes.IndexByte(old, 0) >= 0 { // no text
			return err
		}
		renamed := whole.ReplaceAll(old, []byte(strings.ReplaceAll(to, "$", "$$")+"$1"))
		if bytes.Equal(renamed, old) {
			return nil
		}
		if strings.HasSuffix(name, ".go") {
			if renamed, err = format.Source(renamed); err != nil { // imports have another order
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		changed++
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(name, renamed, info.Mode().Perm())
	})
	return changed, err
}
