package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/internal/referee"
)

// toldBy runs the program and returns its exit status and what it said.
func toldBy(t *testing.T, args ...string) (status int, out, log string) {
	t.Helper()
	var said, logged bytes.Buffer
	status = run(t.Context(), args, strings.NewReader(""), &said, &logged)
	return status, said.String(), logged.String()
}

// TestTheSuggestedCommandImportsWhatWasSeen takes each file of the testdata through
// the command that the first look suggests for it, with its open words replaced.
func TestTheSuggestedCommandImportsWhatWasSeen(t *testing.T) {
	imported := 0
	for _, root := range []string{"inspect", "foreign"} {
		_ = filepath.WalkDir(filepath.Join(referee.Root(), "data", "intake", root, "testdata"), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() || filepath.Ext(name) == ".md" || strings.Contains(name, "fuzz") {
				return nil
			}
			t.Run(filepath.Base(name), func(t *testing.T) {
				if suggested(t, name) {
					imported++
				}
			})
			return nil
		})
	}
	if imported < 3 {
		t.Errorf("only %d files were imported", imported)
	}
}

// suggested imports a file as it is suggested, and reports whether there was anything to import.
func suggested(t *testing.T, name string) bool {
	status, out, _ := toldBy(t, "import", name, "--json")
	if status != exitOK {
		return false // no file of its own
	}
	var found inspect.Inspection
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatal(err)
	}
	if found.Suggestion == nil || found.Refused > 0 || len(found.Geometries) > 0 && !onlyPolygons(&found) {
		return false
	}
	folder := t.TempDir()
	territory := filepath.Join(folder, "territory.geojson")
	b := found.BBox
	if err := os.WriteFile(territory, fmt.Appendf(nil, `{"type": "Polygon", "coordinates": [[[%v, %v], [%v, %v], [%v, %v], [%v, %v], [%v, %v]]]}`, b[0], b[1], b[2], b[1], b[2], b[3], b[0], b[3], b[0], b[1]), 0o644); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{"TERRITORY_FILE": territory, "PARTY": "Somebody", "FIRST_DAY": "2024-01-01", "ACCURACY_M": "50", "SOURCE_TITLE": "S", "PUBLISHER": "P", "LICENCE": "L"}
	open, filled := []string{"import", name}, []string{"import", name}
	for _, a := range found.Suggestion.Arguments {
		if a.Flag == "out" {
			a.Value = filepath.Join(folder, "out")
		}
		open = append(open, "--"+a.Flag, a.Value)
		if a.Unknown {
			word := a.Value[strings.LastIndex(a.Value, "=")+1:]
			a.Value = strings.TrimSuffix(a.Value, word) + words[word]
		}
		filled = append(filled, "--"+a.Flag, a.Value)
	}
	if status, _, log := toldBy(t, open...); status != exitUsage || !strings.Contains(log, "ACCURACY_M at --accuracy-m: how far in metres") || !strings.Contains(log, "LICENCE at --licence") {
		t.Errorf("open words are let pass: %d %s", status, log)
	}
	status, out, log := toldBy(t, filled...)
	if status != exitOK {
		t.Fatalf("%s: %s%s", found.Suggestion.Command, out, log)
	}
	if m := regexp.MustCompile(`: (\d+) zones, `).FindStringSubmatch(out); m == nil || m[1] != fmt.Sprint(found.Suggestion.Zones) {
		t.Errorf("%d zones were suggested: %s", found.Suggestion.Zones, out)
	}
	return true
}

func onlyPolygons(found *inspect.Inspection) bool {
	for _, c := range found.Geometries {
		if c.Name != "Polygon" && c.Name != "MultiPolygon" {
			return false
		}
	}
	return true
}
