package tiles

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden tiles anew")

func TestTilesAreAsRecorded(t *testing.T) {
	set := tileset(t, sampleLayers(), Options{})
	for _, a := range []address{{0, 0, 0}, {4, 9, 6}, {8, 152, 104}, {9, 305, 208}, {10, 610, 417}, {12, 2440, 1671}, {16, 39045, 26748}} {
		got := text(t, set, a.z, a.x, a.y)
		path := filepath.Join("testdata", "golden", fmt.Sprintf("%d-%d-%d.txt", a.z, a.x, a.y))
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if line := firstDifference(got, string(want)); line != "" {
			t.Errorf("%s: %s (-update writes it anew)", path, line)
		}
	}
}

// firstDifference returns where two texts part, or "" when they do not.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			return fmt.Sprintf("line %d, %q, is missing", i+1, w[i])
		case i >= len(w):
			return fmt.Sprintf("line %d, %q, is new", i+1, g[i])
		case g[i] != w[i]:
			return fmt.Sprintf("line %d is %q, recorded is %q", i+1, g[i], w[i])
		}
	}
	return ""
}
