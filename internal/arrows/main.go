// Command arrows counts, for each package, how the files lean on each other.
//
// There is an arrow from one file to another of its package when the first
// names something that the second declares: a type, function, method, variable
// or constant. Files are put in the order that leaves the fewest arrows running
// back up, as well as a search finds it; an arrow that runs back up is part of a circle, and a reader
// who follows it leaves the way from top to bottom. The types with the most
// methods are listed beside it.
//
//	go run ./internal/arrows [-v] [package…]   (all of the product when none is named)
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/demarc-map/demarc/internal/house"
)

func main() {
	verbose := flag.Bool("v", false, "name the arrows that run back up")
	flag.Parse()
	patterns := flag.Args()
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	rooms, err := house.Measure(".", patterns...)
	if err != nil {
		log.Fatal(err)
	}
	out := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "package\tfiles\tlines\tarrows\tback up\t%\tmost methods\t")
	for _, r := range rooms {
		fmt.Fprintf(out, "%s\t%d\t%d\t%d\t%d\t%.0f\t%s %d\t\n", r.Package, len(r.Files), r.Lines, len(r.Arrows), len(r.BackUp()), r.Percent(), r.Largest, r.Methods)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
	for _, r := range rooms {
		for _, a := range r.BackUp() {
			if *verbose {
				fmt.Printf("%s: %s -> %s: %s\n", r.Package, a.From, a.To, strings.Join(r.Arrows[a], " "))
			}
		}
	}
}
