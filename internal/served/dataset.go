package served

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"
)

// Changed is the embedded dataset with one JSON file edited.
func Changed(t testing.TB, name string, edit func(map[string]any)) fs.FS {
	t.Helper()
	return ChangedIn(t, gaza.Files, name, edit)
}

// ChangedIn is a dataset with one JSON file edited.
func ChangedIn(t testing.TB, from fs.FS, name string, edit func(map[string]any)) fs.FS {
	t.Helper()
	folder := fstest.MapFS{}
	entries, err := fs.ReadDir(from, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, err := fs.ReadFile(from, entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if entry.Name() == name {
			var file map[string]any
			if err := json.Unmarshal(text, &file); err != nil {
				t.Fatal(err)
			}
			edit(file)
			if text, err = json.Marshal(file); err != nil {
				t.Fatal(err)
			}
		}
		folder[entry.Name()] = &fstest.MapFile{Data: text}
	}
	return folder
}

// Clients returns where other people's clients are installed, or ends the test.
func Clients(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(referee.Root(), "server", "testdata", "clients")
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		referee.Absent(t, "node", "run npm ci in server/testdata/clients")
	}
	return dir
}

// SomeFile is a file of somebody: a polygon whose ring crosses itself, and a point.
const SomeFile = `{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"holder": "North"}, "geometry": {"type": "Polygon", "coordinates": [[[10, 50], [11, 51], [11, 50], [10, 51], [10, 50]]]}},
{"type": "Feature", "properties": {"holder": "South"}, "geometry": {"type": "Point", "coordinates": [10, 50]}}]}`
