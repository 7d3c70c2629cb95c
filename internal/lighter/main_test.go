package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/internal/referee"
)

// What go would build with the overlay is read without a fault, has few things, and
// holds the same land.
func TestTheLighterDatasetHoldsTheSameLand(t *testing.T) {
	referee.Figures(t)
	folder := t.TempDir()
	for _, files := range []fs.FS{gaza.Files, gaza.Context} {
		if err := os.CopyFS(folder, files); err != nil {
			t.Fatal(err)
		}
	}
	whole := read(t, folder)
	overlay, err := write(folder, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(overlay)
	if err != nil {
		t.Fatal(err)
	}
	var replaced struct{ Replace map[string]string }
	if err := json.Unmarshal(text, &replaced); err != nil {
		t.Fatal(err)
	}
	if len(replaced.Replace) != len(thinned) {
		t.Errorf("%v", replaced.Replace)
	}
	for name, by := range replaced.Replace {
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(by)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(text)) > before.Size()/5 {
			t.Errorf("%s has %d bytes, and %d were in what it replaces", by, len(text), before.Size())
		}
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	light := read(t, folder)
	day := data.DateOf(time.Date(2026, 1, 20, 0, 0, 0, 0, time.UTC))
	for _, basis := range []string{"traced", "line-cut"} {
		a, errA := whole.Share(t.Context(), data.Query{Basis: basis, AsOf: day})
		b, errB := light.Share(t.Context(), data.Query{Basis: basis, AsOf: day})
		if errA != nil || errB != nil || !reflect.DeepEqual(a.Figures, b.Figures) {
			t.Errorf("%s: %+v and %+v; %v %v", basis, a.Figures, b.Figures, errA, errB)
		}
	}
	if m, _, err := mapcontext.Read(t.Context(), os.DirFS(folder), 0); err != nil || m == nil {
		t.Errorf("%v %v", m, err)
	}
}

func read(t *testing.T, folder string) *data.Snapshot {
	t.Helper()
	s, _, err := data.Read(t.Context(), os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
