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

func TestOneWorkerReadsTheSameSnapshot(t *testing.T) {
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
	alone, _, err := data.ReadOptions{Workers: 1}.Read(ctx, os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if fast.Name() != alone.Name() || !reflect.DeepEqual(fast.Zones, alone.Zones) || !reflect.DeepEqual(fast.Quality, alone.Quality) {
		t.Error("the snapshots differ")
	}
	one, err := fast.Share(ctx, data.Query{AsOf: fast.FirstDate()})
	if err != nil {
		t.Fatal(err)
	}
	two, err := alone.Share(ctx, data.Query{AsOf: fast.FirstDate()})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one.Figures, two.Figures) {
		t.Errorf("%+v, alone %+v", one.Figures, two.Figures)
	}
}
