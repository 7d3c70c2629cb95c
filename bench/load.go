package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/tiles"

	orbjson "github.com/paulmach/orb/geojson"
)

// loaded is what a process measured of itself.
type loaded struct {
	ReadS  float64 // from files to features in memory
	IndexS float64 // from there until tiles can be made
	PeakB  float64 // most memory held at once
}

// Places of ours among the contestants of the load row.
const wholeLoad, strictLoad = 0, 1

// load compares how datasets of growing size come to memory, each in a process of its own.
func load(b *Bench) (r Result, err error) {
	sizes := []struct {
		name  string
		zones float64
	}{{"blocks-10k", 1e4}, {"blocks-100k", 1e5}, {"blocks-1m", 1e6}}
	sizes = pick(b, sizes[:1], sizes)
	detail := Table{Title: "Medians:", Head: []string{"zones", "", "read", "index", "both", "peak memory", "exponent of time", "exponent of memory"}}
	few, once := *b, *b // large sets say the same in two turns, or in one
	few.runs, once.patience = min(b.runs, 2), 0
	turns := map[string]*Bench{"blocks-100k": &few, "blocks-1m": &once}
	growth := map[string][3]float64{} // size, time, memory at the size before
	for _, size := range sizes {
		dir, err := b.folder(size.name)
		if err != nil {
			return r, err
		}
		contestants, err := loaders(b, dir, &r)
		if err != nil {
			return r, err
		}
		runs, err := contest(cmp.Or(turns[size.name], b), contestants)
		if err != nil {
			return r, err
		}
		what := fmt.Sprintf("%.0e zones", size.zones)
		for i, c := range contestants {
			if i > strictLoad {
				r.Figures = append(r.Figures, loadFigures(what, c.name, runs[wholeLoad], runs[strictLoad], runs[i], size.zones == 1e6)...)
			}
			detail.Lines = append(detail.Lines, grown(growth, what, c.name, size.zones, runs[i]))
		}
		program, err := b.program()
		if err != nil {
			return r, err
		}
		cache, tile := dir+"-cache", fmt.Sprintf("/tiles/%s/9/300/180.mvt?as_of=%s", size.name, gen.FirstDay)
		started, err := contest(cmp.Or(turns[size.name], b), []contestant[loaded]{{startName, func(ctx context.Context) (loaded, error) {
			if err := os.RemoveAll(cache); err != nil {
				return loaded{}, err
			}
			return firstTile(ctx, program, dir, cache, tile)
		}}, {againName, func(ctx context.Context) (loaded, error) { return firstTile(ctx, program, dir, cache, tile) }}})
		if err := errors.Join(err, os.RemoveAll(cache)); err != nil {
			return r, err
		}
		r.Figures = append(r.Figures, again(what, started[0], started[1], size.zones == 1e6)...)
		detail.Lines = append(detail.Lines, grown(growth, what, startName, size.zones, started[0]), grown(growth, what, againName, size.zones, started[1]))
	}
	r.Tables = append(r.Tables, detail)
	r.Notes = append(r.Notes, "demarc: data.Read with all its checks, the headline figures by two computations and the snapshot's name, then tiles.NewTileset of the zones with the attributes the others index. "+
		"Its strict reader alone does what the peers do when they read, and checks each feature by itself. orb indexes nothing. "+
		"geojson-vt: JSON.parse line by line, so that text beyond 512 MB can be read at all, then its index; memory as of the whole process (VmHWM).",
		startName+": from the start of the process until a tile of zoom 9 has come over HTTP; asked every 20 ms. The first start finds an empty cache and keeps what it read, the next one takes it from there.")
	return r, nil
}

// loadFigures compares ours with a peer.
func loadFigures(what, peer string, whole, strict, theirs []loaded, large bool) []Figure {
	read, both, peak := func(v loaded) float64 { return v.ReadS }, func(v loaded) float64 { return v.ReadS + v.IndexS }, func(v loaded) float64 { return v.PeakB }
	return []Figure{
		faster(what+", whole load and index", peer, values(whole, both), values(theirs, both), choose(large, Target{AtLeast: 3}, Target{})),
		faster(what+", reading and checking features alone", peer, values(strict, read), values(theirs, read), Target{}),
		{What: what + ", peak memory of the whole", Against: peer, Ratio: ratios(values(whole, peak), values(theirs, peak)), Meaning: "ours ÷ peer's",
			Ours: megabytes(spread(values(whole, peak)).Median), Peer: megabytes(spread(values(theirs, peak)).Median), Target: choose(large, Target{AtMost: 0.5}, Target{})},
	}
}

// again compares a start that takes what an earlier one kept with that one, and holds it to its limits.
func again(what string, first, then []loaded, large bool) []Figure {
	took, peak := func(v loaded) float64 { return v.ReadS }, func(v loaded) float64 { return v.PeakB }
	out := []Figure{faster(what+", started again, to the first tile", "demarc, the first start", values(then, took), values(first, took), Target{})}
	if large {
		seconds, bytes := spread(values(then, took)), spread(values(then, peak))
		out = append(out, Figure{What: what + ", started again", Against: "one second", Ratio: seconds, Meaning: "ours ÷ limit", Ours: duration(seconds.Median), Peer: "1.00 s", Target: Target{AtMost: 3}},
			Figure{What: what + ", started again, peak memory", Against: "1.5 GB", Ratio: ratios(values(then, peak), []float64{1.5e9}), Meaning: "ours ÷ limit", Ours: megabytes(bytes.Median), Peer: "1500 MB", Target: Target{AtMost: 1}})
	}
	return out
}

// grown is a line of the table, with the exponents since the size before.
func grown(growth map[string][3]float64, what, name string, zones float64, runs []loaded) []string {
	median := func(pick func(loaded) float64) float64 { return spread(values(runs, pick)).Median }
	t, m := median(func(v loaded) float64 { return v.ReadS + v.IndexS }), median(func(v loaded) float64 { return v.PeakB })
	line := []string{what, name, duration(median(func(v loaded) float64 { return v.ReadS })), duration(median(func(v loaded) float64 { return v.IndexS })), duration(t), megabytes(m), "", ""}
	if old, ok := growth[name]; ok {
		line[6], line[7] = digits(exponent(old[0], old[1], zones, t)), digits(exponent(old[0], old[2], zones, m))
	}
	growth[name] = [3]float64{zones, t, m}
	return line
}

// choose returns the first value if yes, otherwise the second.
func choose[T any](yes bool, then, otherwise T) T {
	if yes {
		return then
	}
	return otherwise
}

const orbName = "orb orbjson.UnmarshalFeatureCollection"

func loaders(b *Bench, dir string, r *Result) ([]contestant[loaded], error) {
	zones := filepath.Join(dir, "zones.geojson")
	contestants := []contestant[loaded]{
		{"demarc", func(ctx context.Context) (loaded, error) { return ask[loaded](ctx, "read", dir) }},
		{"demarc, the strict reader alone", func(ctx context.Context) (loaded, error) { return ask[loaded](ctx, "strict", zones) }},
		{orbName, func(ctx context.Context) (loaded, error) { return ask[loaded](ctx, "orb", zones) }},
	}
	for _, peer := range [][2]string{{vtName, "geojson-vt"}, {maplibreName, "@maplibre/geojson-vt"}} {
		if _, err := node(b, "load.mjs", peer[1]); err != nil {
			r.skip(peer[0], err.Error())
			continue
		}
		contestants = append(contestants, contestant[loaded]{peer[0], func(context.Context) (v loaded, err error) {
			cmd, err := node(b, "load.mjs", peer[1], zones)
			if err != nil {
				return v, err
			}
			cmd.Stderr = os.Stderr
			text, err := cmd.Output()
			if err != nil {
				return v, err
			}
			return v, json.Unmarshal(text, &v)
		}})
	}
	return contestants, nil
}

// loadOurs reads a dataset folder and prepares its tiles: "read FOLDER".
func loadOurs(ctx context.Context, args []string) (any, error) {
	now := own()
	begun := now()
	snapshot, _, err := data.Read(ctx, os.DirFS(args[0]))
	if err != nil {
		return nil, err
	}
	v := loaded{ReadS: now() - begun}
	set, err := tiles.NewTileset(ctx, []tiles.Layer{zoneLayer(snapshot)}, tiles.Options{})
	if err != nil {
		return nil, err
	}
	v.IndexS = now() - begun - v.ReadS
	v.PeakB, err = peakBytes()
	runtime.KeepAlive(snapshot)
	runtime.KeepAlive(set)
	return v, err
}

// loadStrict reads the features of a file with every check of a feature by
// itself: "strict FILE".
func loadStrict(ctx context.Context, args []string) (any, error) {
	now := own()
	begun := now()
	file, err := os.Open(args[0])
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var features []geojson.Feature
	report := &geojson.Report{}
	err = geojson.Read(ctx, file, args[0], geojson.Options{}, report, func(f geojson.Feature) error {
		features = append(features, f)
		return nil
	})
	if err = errors.Join(err, report.Err()); err != nil {
		return nil, err
	}
	v := loaded{ReadS: now() - begun}
	v.PeakB, err = peakBytes()
	runtime.KeepAlive(features)
	return v, err
}

// loadOrb reads a GeoJSON file with orb: "orb FILE".
func loadOrb(_ context.Context, args []string) (any, error) {
	now := own()
	begun := now()
	text, err := os.ReadFile(args[0])
	if err != nil {
		return nil, err
	}
	collection, err := orbjson.UnmarshalFeatureCollection(text)
	if err != nil {
		return nil, err
	}
	v := loaded{ReadS: now() - begun}
	v.PeakB, err = peakBytes()
	runtime.KeepAlive(collection)
	return v, err
}
