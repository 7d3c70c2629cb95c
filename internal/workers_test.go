package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/house"
	"github.com/demarc-map/demarc/internal/referee"
)

func TestOnlyTheCarryOfPanicsStartsGoroutines(t *testing.T) {
	root, files := referee.Root(), 0
	for _, room := range []string{"body", "cmd", "data", "geo", "geojson", "internal/atomicfile", "server", "static", "tiles"} {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules"):
				return fs.SkipDir
			case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			positions := token.NewFileSet()
			file, err := parser.ParseFile(positions, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			files++
			if strings.HasSuffix(path, "geo/overlay_guard.go") { // context.AfterFunc sets a flag, which cannot panic
				return nil
			}
			for _, n := range house.StartsGoroutines(file) {
				t.Errorf("%s: a goroutine belongs to internal/carry, which brings its panic to who waits", positions.Position(n.Pos()))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 200 {
		t.Errorf("only %d files were read", files)
	}
}

func TestEachWayToStartAGoroutineIsSeen(t *testing.T) {
	for _, text := range []string{
		"package p; func f() { go f() }",
		"package p; import _ \"golang.org/x/sync/errgroup\"",
		"package p; import _ \"golang.org/x/sync/singleflight\"",
		"package p; import \"sync\"; var group sync.WaitGroup",
		"package p; import \"time\"; var _ = time.AfterFunc",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(house.StartsGoroutines(file)) == 0 {
			t.Errorf("%s: not seen", text)
		}
	}
}
