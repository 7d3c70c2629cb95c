// Command races lists the packages whose tests the race detector has something to
// watch: where neither the tests of a package, nor the package, nor anything of this
// module that it imports is run by more than one goroutine, there is no race of ours to
// find. What libraries do in goroutines of their own is not counted.
//
//	go test -race $(go run ./internal/races)
//	go run ./internal/races -v   (a place for each, and which are left out)
//	go run ./internal/races -but server,data   (all others)
package main

import (
	"flag"
	"fmt"
	"log"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/internal/house"
)

func main() {
	verbose := flag.Bool("v", false, "say of each package where it may be run by several goroutines, or that it is not")
	but := flag.String("but", "", "packages that are not listed, by their folders, with commas between them")
	flag.Parse()
	tested, err := house.TestedPackages(".", "./...")
	if err != nil {
		log.Fatal(err)
	}
	left := strings.FieldsFunc(*but, func(r rune) bool { return r == ',' })
	for _, p := range tested {
		switch {
		case *verbose && p.Races == "":
			fmt.Println(p.Package, "is run by one goroutine")
		case *verbose:
			fmt.Println(p.Package, p.Races)
		case p.Races != "" && !slices.ContainsFunc(left, func(folder string) bool { return strings.HasSuffix(p.Package, "/"+folder) }):
			fmt.Println(p.Package)
		}
	}
}
