package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

func both(t *testing.T) (modules, packages []component) {
	t.Helper()
	modules, err := linked(referee.Root())
	if err != nil {
		t.Fatal(err)
	}
	if packages, err = bundled(referee.Root()); err != nil {
		t.Fatal(err)
	}
	return modules, packages
}

func TestTheListOfLicencesIsCurrent(t *testing.T) {
	referee.Figures(t)
	modules, packages := both(t)
	kept, err := os.ReadFile(filepath.Join(referee.Root(), "docs", "licences.md"))
	if err != nil {
		t.Fatal(err)
	}
	if page(modules, packages) != string(kept) {
		t.Error("docs/licences.md is not what is linked and bundled: make licences")
	}
}

func TestNothingIsLinkedWhoseLicenceAsksForMore(t *testing.T) {
	modules, packages := both(t)
	if len(modules) < 20 || len(packages) < 10 {
		t.Fatalf("only %d modules and %d packages", len(modules), len(packages))
	}
	for _, c := range slices.Concat(modules, packages) {
		for _, licence := range c.Licences {
			if !mayBeTaken(licence) {
				t.Errorf("%s %s is under %s", c.Name, c.Version, licence)
			}
		}
	}
}

func TestALicenceThatAsksForMoreIsTold(t *testing.T) {
	for licence, may := range map[string]bool{"MIT": true, "(MIT OR Apache-2.0)": true, "(MIT OR GPL-3.0-only)": true,
		"GPL-3.0-only": false, "(MIT AND GPL-3.0-only)": false, "MPL-2.0": false, "LGPL-2.1": false, "SEE LICENSE IN file": false, "": false} {
		if mayBeTaken(licence) != may {
			t.Errorf("%q may be taken: %v, want %v", licence, !may, may)
		}
	}
}

func TestEveryPackageInTheBuiltPageIsListed(t *testing.T) {
	built, err := os.ReadFile(filepath.Join(referee.Root(), "static", "assets", "dist", "licences.md"))
	if err != nil {
		referee.Absent(t, "page", "the page is not built: "+err.Error())
	}
	_, packages := both(t)
	listed := map[string]bool{}
	for _, p := range packages {
		listed[p.Name+" "+p.Version] = true
	}
	headings := regexp.MustCompile(`(?m)^## (\S+) - (\S+) \(`).FindAllStringSubmatch(string(built), -1)
	if len(headings) == 0 {
		t.Error("the build names no package")
	}
	for _, m := range headings {
		if !listed[m[1]+" "+m[2]] {
			t.Errorf("the page has %s %s in it, which is not listed", m[1], m[2])
		}
	}
}

func TestAModuleWithoutAKnownLicenceIsRefused(t *testing.T) {
	for name, body := range map[string]string{"LICENSE": "Ask my lawyer, who asks for a fee for every copy.", "README": "MIT", "NOTICE": "Copyright somebody"} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
		if c, err := read("example.org/m", "v1.0.0", folder); err == nil || !strings.Contains(err.Error(), "example.org/m v1.0.0") {
			t.Errorf("a module with only a %s: %v, %v", name, c.Licences, err)
		}
	}
}

func TestALockedPackageWithoutALicenceIsRefusedAndToolsAreLeftOut(t *testing.T) {
	got, err := locked([]byte(`{"packages": {"": {}, "node_modules/tool": {"version": "1.0.0", "dev": true},
		"node_modules/a/node_modules/@x/b": {"version": "2.0.0", "license": "ISC"}}}`))
	if err != nil || len(got) != 1 || got[0].Name != "@x/b" || got[0].Version != "2.0.0" {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := locked([]byte(`{"packages": {"node_modules/a": {"version": "1.0.0"}}}`)); err == nil {
		t.Error("a package without a licence is taken")
	}
}
