// Command licences lists what other people's work is in a release, and under
// which licence: the Go modules linked into the binary, as the module cache has
// them, and the npm packages the page is built of, as its lock file has them.
//
//	go run ./internal/licences          docs/licences.md
//	go run ./internal/licences -texts   the texts, as they have to go with a copy
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/internal/referee"
)

func main() {
	texts := flag.Bool("texts", false, "print the texts of the licences in place of the list")
	flag.Parse()
	if err := run(os.Stdout, *texts); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, texts bool) error {
	modules, err := linked(referee.Root())
	if err != nil {
		return err
	}
	packages, err := bundled(referee.Root())
	if err != nil {
		return err
	}
	if texts {
		return writeTexts(out, referee.Root(), modules, packages)
	}
	_, err = io.WriteString(out, page(modules, packages))
	return err
}

// component is somebody else's work within ours.
type component struct {
	Name, Version string
	Licences      []string // SPDX identifiers, sorted; all of them apply
	texts         []text
}

type text struct{ name, body string }

// permissive are the licences that ask for no more than to be passed on with a
// copy, or for nothing (blessing is SQLite's), and that of a font that is not sold by itself. Any other has to be thought about before it is linked.
var permissive = []string{"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Bitstream-Vera", "ISC", "MIT", "blessing"}

// mayBeTaken reports whether a licence, or one of those that an npm package
// leaves the choice of, is permissive.
func mayBeTaken(licence string) bool {
	return slices.ContainsFunc(strings.Split(strings.Trim(licence, "()"), " OR "), func(one string) bool { return slices.Contains(permissive, one) })
}

func page(modules, packages []component) string {
	var b strings.Builder
	b.WriteString(`# Licences

Demarc is under the MIT licence. Other people's work is in the released binary under the licences listed here, all of which only ask
that their text goes with a copy: an archive of a release has them in ` + "`THIRD_PARTY.txt`" + `. Tools and tests use more, which is not in it.

` + "`make licences`" + ` writes this page from the module cache and the page's lock file; ` + "`TestTheListOfLicencesIsCurrent`" + ` holds it to them and
` + "`TestNothingIsLinkedWhoseLicenceAsksForMore`" + ` to its word. The datasets name their licences themselves, source by source ([how](dataset.md)).

## In the binary
`)
	table(&b, "Go module", modules)
	b.WriteString("\n## In the page\n\nWhat the page may be bundled of; the build leaves out what it does not use.\n")
	table(&b, "npm package", packages)
	return b.String()
}

func table(b *strings.Builder, kind string, components []component) {
	fmt.Fprintf(b, "\n| %s | Version | Licence |\n|---|---|---|\n", kind)
	for _, c := range components {
		fmt.Fprintf(b, "| %s | %s | %s |\n", c.Name, c.Version, strings.Join(c.Licences, ", "))
	}
}

// sorted orders components by name and version.
func sorted(components []component) []component {
	slices.SortFunc(components, func(a, b component) int {
		return strings.Compare(a.Name+" "+a.Version, b.Name+" "+b.Version)
	})
	return components
}
