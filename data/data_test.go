package data_test

import (
	"context"
	"io/fs"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
)

// embedded is the Gaza snapshot, read once for all tests.
var embedded = sync.OnceValue(func() *data.Snapshot {
	s, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		panic(err)
	}
	return s
})

// copyOf returns the embedded dataset's files, to be changed by a test.
func copyOf(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(gaza.Files, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(gaza.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

// edit replaces the first occurrence of a text in a file; the text must occur.
func edit(t testing.TB, files fstest.MapFS, name, old, new string) {
	t.Helper()
	before := string(files[name].Data)
	after := strings.Replace(before, old, new, 1)
	if after == before {
		t.Fatalf("%s does not hold %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(after)}
}

func date(t testing.TB, s string) data.Date {
	t.Helper()
	d, err := data.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.9g, not %.9g ± %g", what, got, want, tolerance)
	}
}
