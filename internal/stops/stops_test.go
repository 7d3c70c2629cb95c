//go:build unix && !race

package stops

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/tiles"
	"github.com/demarc-map/demarc/tiles/archive"

	"github.com/paulmach/orb"
)

// work is something that stops when its context ends.
type work struct {
	name string
	do   func(context.Context) error
	own  time.Duration // what it may take instead of the usual
}

// late is the processor time that work takes after its context has ended, when it
// ends after so much of it.
func late(t *testing.T, w work, after time.Duration) (time.Duration, bool) {
	ctx, cancel := context.WithCancelCause(context.Background())
	ended, begun := make(chan struct{}), used(t)
	var at time.Duration
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		for {
			select {
			case <-ended:
				return
			case <-time.After(time.Millisecond):
				if now := used(t); now-begun >= after {
					at = now
					cancel(errEnded)
					return
				}
			}
		}
	}()
	_ = w.do(ctx) // it may have ended just before
	now := used(t)
	close(ended)
	<-watched
	if at == 0 {
		return 0, false
	}
	return now - at, true
}

var errEnded = errors.New("ended")

// A reader stops within 50 ms of its deadline. Processor time has a margin over that:
// the collector's is in it, and that of all workers. What looks at no context goes on
// for most of what it takes, which is more than that where it is large.
const allowed = 150 * time.Millisecond

// aTile is for tiles: one that is begun is made to its end, since others may wait for
// it, and each worker of an archive has begun one.
const aTile = time.Second

func TestEverythingStopsSoonAfterTheEndOfItsContext(t *testing.T) {
	referee.Figures(t)
	size, moments := 1, 1
	if *referee.Long {
		size, moments = 5, 10
	}
	for _, w := range slices.Concat(fileWorks(t, size), figureWorks(t), snapshotWorks(t)) {
		t.Run(w.name, func(t *testing.T) {
			begun := used(t)
			if err := w.do(context.Background()); err != nil {
				t.Fatal(err)
			}
			all, most := used(t)-begun, time.Duration(0)
			for k := range moments {
				took, _ := late(t, w, all*time.Duration(2*k+1)/time.Duration(2*moments+2))
				most = max(most, took)
			}
			t.Logf("%8v in all, %8v after the end", all.Round(time.Millisecond), most.Round(time.Millisecond))
			if most > cmp.Or(w.own, allowed) {
				t.Errorf("it goes on for %v of processor time", most)
			}
		})
	}
}

// fileWorks read and write files of many zones, and of one with very many corners.
// What is in them is not checked, so each takes little for its size.
func fileWorks(t *testing.T, size int) []work {
	var all []work
	for what, zones := range map[string][]orb.MultiPolygon{"of one zone": {star(0.5, 0.5, 0.5, size*20_000)}, "of many": many(size * 20_000)} {
		as := []foreign.File{shapefile(slices.Repeat(zones, 8))} // more of them, since they are quicker read
		for name, text := range files(t, zones) {
			as = append(as, asFile(name, text))
		}
		for _, file := range as {
			all = append(all, work{"foreign " + file.Name + " " + what, func(ctx context.Context) error {
				source, err := foreign.Open(ctx, file, foreign.Options{})
				if err != nil {
					return err
				}
				_, err = io.Copy(io.Discard, source.Text())
				return errors.Join(err, source.Close())
			}, 0})
		}
	}
	s, e := snapshot(t, many(size*40_000))
	for _, f := range export.Formats() {
		all = append(all, work{"export " + f.Suffix, func(ctx context.Context) error { return f.Write(ctx, io.Discard, s, e) }, 0})
	}
	return all
}

// figureWorks check, compute and draw.
func figureWorks(t *testing.T) []work {
	territory := orb.MultiPolygon{{{{-0.2, -0.2}, {1.2, -0.2}, {1.2, 1.2}, {-0.2, 1.2}, {-0.2, -0.2}}}}
	moved, line := star(0.55, 0.55, 0.4, 3_000), orb.LineString{{-0.3, 0.5}, {0.31, 0.47}, {1.3, 0.52}}
	var all []work
	for what, zones := range map[string][]orb.MultiPolygon{" of one zone": {star(0.5, 0.5, 0.5, 10_000)}, " of many": many(10_000)} {
		s, e := snapshot(t, zones)
		canonical, err := s.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		text, mp := []byte(collection(zones)), joined(zones)
		for name, do := range map[string]func(context.Context) error{
			"geojson.Read": func(ctx context.Context) error {
				return geojson.Read(ctx, bytes.NewReader(text), "a", geojson.Options{}, &geojson.Report{}, func(geojson.Feature) error { return nil })
			},
			"geojson.Read and clean": func(ctx context.Context) error {
				return geojson.Read(ctx, bytes.NewReader(text), "a", geojson.Options{Clean: true}, &geojson.Report{}, func(geojson.Feature) error { return nil })
			},
			"inspect.Look": func(ctx context.Context) error {
				_, err := inspect.Look(ctx, asFile("a.geojson", text), inspect.Options{})
				return err
			},
			"data.Read": func(ctx context.Context) error { _, _, err := data.Read(ctx, folder(zones)); return err },
			"data.ReadCanonical": func(ctx context.Context) error {
				_, err := data.ReadCanonical(ctx, s.Name(), canonical)
				return err
			},
			"tiles": func(ctx context.Context) error {
				atlas, err := tiles.NewAtlas(ctx, s, tiles.Options{})
				if err != nil {
					return err
				}
				_, err = archive.PMTilesBytes(ctx, atlas, archive.Options{Edition: e, MaxZoom: 8}, 1<<30)
				return err
			},
			"geo.Overlay": func(ctx context.Context) error {
				_, err := geo.Overlay(ctx, []orb.MultiPolygon{mp, moved, territory}, geo.Options{})
				return err
			},
			"geo.Union":     func(ctx context.Context) error { _, err := geo.Union(ctx, mp, moved); return err },
			"geo.Clean":     func(ctx context.Context) error { _, err := geo.Clean(ctx, mp, geo.EvenOdd); return err },
			"geo.Dissolve":  func(ctx context.Context) error { _, err := geo.Dissolve(ctx, zones...); return err },
			"geo.Flaws":     func(ctx context.Context) error { _, err := geo.Flaws(ctx, mp, 0); return err },
			"geo.Partition": func(ctx context.Context) error { _, err := geo.Partition(ctx, mp, moved); return err },
			"geo.Split":     func(ctx context.Context) error { _, err := geo.Split(ctx, mp, line, geo.SplitOptions{}); return err },
			"geo.Buffer":    func(ctx context.Context) error { _, err := geo.Buffer(ctx, moved, 100); return err },
			"geo.Front": func(ctx context.Context) error {
				_, err := geo.Front(ctx, territory, zones, slices.Repeat([]float64{10}, len(zones)))
				return err
			},
		} {
			own := map[string]time.Duration{"tiles": aTile}[name]
			all = append(all, work{name + what, do, own})
		}
	}
	return all
}
