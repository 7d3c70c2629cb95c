// Package referee gives tests the independent programs they check demarc
// against: PostGIS, GDAL, GeographicLib, Chromium, Node, QGIS, the proxies nginx
// and Caddy, librsvg, systemd, and the reference data.
//
// A test that asks for a program that is not installed is skipped with a
// message; so is one that wants a disk to mount, or the page that Vite builds.
// Where the environment variable DEMARC_REQUIRE (a comma-separated list, or
// "all") names the component, the test fails instead. CI names them all.
package referee

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Long asks for the long forms of proofs; so does DEMARC_REQUIRE when it names "soak".
var Long = flag.Bool("soak", strings.Contains(os.Getenv("DEMARC_REQUIRE"), "soak"), "run the long proofs")

// programs maps each component to the executables that stand for it.
var programs = map[string][]string{
	"postgis":       {"/usr/lib/postgresql/15/bin/initdb"},
	"gdal":          {"ogrinfo", "ogr2ogr"},
	"geographiclib": {"Planimeter", "GeodSolve"},
	"chromium":      {"chromium"},
	"node":          {"node"},
	"nginx":         {"/usr/sbin/nginx"}, // where people who are not root do not look
	"caddy":         {"caddy"},
	"systemd":       {"systemd-analyze"},
	"rsvg":          {"rsvg-convert"},
}

// Program returns the path of an executable of a component
// (postgis, gdal, geographiclib, chromium, node, nginx, caddy, systemd, rsvg), or ends the test by Absent.
func Program(t testing.TB, component, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		Absent(t, component, name+" is not installed")
	}
	return path
}

// Need ends the test by Absent unless every executable of the component is installed.
func Need(t testing.TB, component string) {
	t.Helper()
	names, known := programs[component]
	if !known {
		t.Fatalf("referee: unknown component %q", component)
	}
	for _, name := range names {
		Program(t, component, name)
	}
}

// Absent skips the test, or fails it when DEMARC_REQUIRE names the component.
func Absent(t testing.TB, component, why string) {
	t.Helper()
	if Required(component) {
		t.Fatalf("%s is required by DEMARC_REQUIRE: %s", component, why)
	}
	t.Skipf("without %s: %s", component, why)
}

// Required says whether DEMARC_REQUIRE names the component.
func Required(component string) bool {
	for want := range strings.SplitSeq(os.Getenv("DEMARC_REQUIRE"), ",") {
		if want == component || want == "all" {
			return true
		}
	}
	return false
}

// Root returns the top folder of the checkout.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// Reference returns the path of a file of the reference data that is laid
// beside the checkout (component "reference"), such as "gaza/strip.geojson".
func Reference(t testing.TB, name string) string {
	t.Helper()
	return beside(t, "reference", name)
}

// Case returns the path of a dataset that once was drawn or measured wrongly; it
// is laid beside the checkout with the reference data.
func Case(t testing.TB, name string) string {
	t.Helper()
	return beside(t, "cases/datasets", name)
}

func beside(t testing.TB, folder, name string) string {
	t.Helper()
	path := filepath.Join(Root(), "..", "shared", filepath.FromSlash(folder), filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		Absent(t, "reference", path+" is not there")
	}
	return path
}

// Figures skips a test in a short run, which is the one that looks for races: it
// compares figures, which are the same there, and takes many times as long.
func Figures(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("figures are compared without -short")
	}
}
