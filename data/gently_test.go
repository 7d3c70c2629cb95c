package data_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"
)

func TestReadingGentlyGivesTheSameSnapshot(t *testing.T) {
	set, err := gen.Named("overlap-1k", 1) // more features than a batch holds
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "set")
	if err := set.Write(dir); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	fast, _, err := data.Read(ctx, os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	gently, _, err := data.Read(data.Gently(ctx), os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if fast.Name() != gently.Name() || !reflect.DeepEqual(fast.Zones, gently.Zones) || !reflect.DeepEqual(fast.Quality, gently.Quality) {
		t.Error("the snapshots differ")
	}
	one, err := fast.Share(ctx, data.Query{AsOf: fast.FirstDate()})
	if err != nil {
		t.Fatal(err)
	}
	two, err := gently.Share(ctx, data.Query{AsOf: fast.FirstDate()})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one.Figures, two.Figures) {
		t.Errorf("%+v, gently %+v", one.Figures, two.Figures)
	}
}
