package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"demarc/data"
	"demarc/tiles"

	"github.com/paulmach/orb/geojson"
)

// loaded is what a process measured of itself.
type loaded struct {
	ReadS  float64 // from files to features in memory
	IndexS float64 // from there until tiles can be made
	PeakB  float64 // most memory held at once
}

// load compares how datasets of growing size come to memory, each in a process of its own.
func load(b *Bench) (r Result, err error) {
	sizes := []struct {
		name  string
		zones float64
	}{{"blocks-10k", 1e4}, {"blocks-100k", 1e5}, {"blocks-1m", 1e6}}
	sizes = pick(b, sizes[:1], sizes)
	detail := Table{Title: "Medians:", Head: []string{"zones", "", "read", "index", "both", "peak memory", "exponent of time", "exponent of memory"}}
	both, peak := func(v loaded) float64 { return v.ReadS + v.IndexS }, func(v loaded) float64 { return v.PeakB }
	before := map[string][3]float64{} // size, time, memory at the size before
	for _, size := range sizes {
		dir, err := b.folder(size.name)
		if err != nil {
			return r, err
		}
		contestants, err := loaders(b, dir, &r)
		if err != nil {
			return r, err
		}
		runs, err := contest(b, contestants)
		if err != nil {
			return r, err
		}
		what := fmt.Sprintf("%.0e zones", size.zones)
		large := size.zones == 1e6
		for i, c := range contestants {
			if i > 0 && c.name == orbName { // which reads and indexes nothing, so only reading is compared
				read := func(v loaded) float64 { return v.ReadS }
				r.Figures = append(r.Figures, faster(what+", read", c.name, values(runs[0], read), values(runs[i], read), pickTarget(large, Target{AtLeast: 3})))
			} else if i > 0 {
				r.Figures = append(r.Figures, faster(what+", read and index", c.name, values(runs[0], both), values(runs[i], both), pickTarget(large, Target{AtLeast: 3})))
			}
			if i > 0 {
				r.Figures = append(r.Figures, Figure{What: what + ", peak memory", Against: c.name, Ratio: ratios(values(runs[0], peak), values(runs[i], peak)), Meaning: "ours ÷ peer's",
					Ours: megabytes(spread(values(runs[0], peak)).Median), Peer: megabytes(spread(values(runs[i], peak)).Median), Target: pickTarget(large, Target{AtMost: 0.5})})
			}
			t, m := spread(values(runs[i], both)).Median, spread(values(runs[i], peak)).Median
			line := []string{what, c.name, duration(spread(values(runs[i], func(v loaded) float64 { return v.ReadS })).Median),
				duration(spread(values(runs[i], func(v loaded) float64 { return v.IndexS })).Median), duration(t), megabytes(m), "", ""}
			if old, ok := before[c.name]; ok {
				line[6], line[7] = digits(exponent(old[0], old[1], size.zones, t)), digits(exponent(old[0], old[2], size.zones, m))
			}
			before[c.name] = [3]float64{size.zones, t, m}
			detail.Lines = append(detail.Lines, line)
		}
	}
	r.Tables = append(r.Tables, detail)
	r.Notes = append(r.Notes, "Ours: data.Read with all its checks and the snapshot's name, then tiles.NewTileset of the zones with the attributes the others index. "+
		"geojson-vt: JSON.parse line by line, so that text beyond 512 MB can be read at all, then its index; memory as of the whole process (VmHWM).")
	return r, nil
}

func pickTarget(wanted bool, t Target) Target {
	if wanted {
		return t
	}
	return Target{}
}

const orbName = "orb geojson.UnmarshalFeatureCollection"

func loaders(b *Bench, dir string, r *Result) ([]contestant[loaded], error) {
	zones := filepath.Join(dir, "zones.geojson")
	contestants := []contestant[loaded]{
		{"demarc", func(ctx context.Context) (loaded, error) { return ask[loaded](ctx, "read", dir) }},
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
	set, err := tiles.NewTileset([]tiles.Layer{zoneLayer(snapshot)}, tiles.Options{})
	if err != nil {
		return nil, err
	}
	v.IndexS = now() - begun - v.ReadS
	v.PeakB, err = peakBytes()
	runtime.KeepAlive(snapshot)
	runtime.KeepAlive(set)
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
	collection, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		return nil, err
	}
	v := loaded{ReadS: now() - begun}
	v.PeakB, err = peakBytes()
	runtime.KeepAlive(collection)
	return v, err
}
