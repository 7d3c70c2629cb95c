package demo_test

import (
	"bytes"
	"flag"
	"io/fs"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/demo/gen"
)

var update = flag.Bool("update", false, "write the dataset anew")

func TestTheFilesAreThoseThatTheGeneratorMakes(t *testing.T) {
	files, err := gen.Files()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		for name, text := range files {
			if err := os.WriteFile(name, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Skip("written; they are compared the next time, when they are embedded")
	}
	names, err := fs.Glob(demo.Files(), "*")
	if err != nil {
		t.Fatal(err)
	}
	if made := slices.Sorted(maps.Keys(files)); !slices.Equal(made, names) {
		t.Errorf("%v are made, %v are here", made, names)
	}
	size := 0
	for _, name := range names {
		text, err := fs.ReadFile(demo.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		if size += len(text); !bytes.Equal(text, files[name]) {
			t.Errorf("%s differs from what is made (go test ./data/demo -run TheFiles -update writes it anew)", name)
		}
	}
	if size > 150_000 {
		t.Errorf("the files hold %d bytes", size)
	}
}
