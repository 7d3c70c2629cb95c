package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/bench/gen"
)

// Zooms of the tile rows.
const firstZoom, lastZoom = 6, 16

// maker makes tiles: one contestant of the cold rows.
type maker interface {
	// pass makes every tile of the work anew and returns the bytes of each, nil
	// for an empty one, and how many seconds each zoom took.
	pass(b *Bench, w *work) (*passed, error)
	close() error
}

type passed struct {
	tiles   [][]byte // as work.tiles
	seconds [lastZoom + 1]float64
}

// mean is the time for one tile, each zoom counting the same.
func (p *passed) mean(w *work) float64 {
	var sum float64
	for z := firstZoom; z <= lastZoom; z++ {
		sum += p.seconds[z] / float64(w.count[z])
	}
	return sum / (lastZoom - firstZoom + 1)
}

func coldStrip(b *Bench) (Result, error) { return cold(b, "strip", pick(b, 20, 400)) }

func coldBlocks(b *Bench) (Result, error) {
	small, err := cold(b, "blocks-10k", pick(b, 5, 60))
	if err != nil || b.quick {
		return small, err
	}
	large, err := cold(b, "blocks-100k", 60)
	if err != nil {
		return large, err
	}
	ours := func(tables []Table) float64 { return tables[0].seconds }
	large.Notes = append(large.Notes, fmt.Sprintf("Growth of ours from 10,000 to 100,000 zones, mean of the zooms: exponent %s.",
		digits(exponent(1e4, ours(small.Tables), 1e5, ours(large.Tables)))))
	large.Figures = append(small.Figures, large.Figures...)
	large.Tables = append(small.Tables, large.Tables...)
	return large, nil
}

// cold compares makers of the tiles of a set, at most so many of a zoom.
func cold(b *Bench, name string, most int) (Result, error) {
	var r Result
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return r, err
	}
	w, err := newWork(b, &set, most)
	if err != nil {
		return r, err
	}
	names, makers, err := w.makers(b, &r)
	if err != nil {
		return r, err
	}
	var contestants []contestant[*passed]
	for i, m := range makers {
		defer m.close()
		contestants = append(contestants, contestant[*passed]{names[i], func(context.Context) (*passed, error) { return m.pass(b, w) }})
	}
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	mean := func(p *passed) float64 { return p.mean(w) }
	targets := map[string]Target{postgisName: {AtLeast: 10}, vtName: {AtLeast: 3}, maplibreName: {AtLeast: 3}}
	times := Table{seconds: spread(values(runs[0], mean)).Median, Title: fmt.Sprintf("%s, time a tile by zoom:", name), Head: append([]string{"", "mean"}, w.zooms()...)}
	found := Table{Title: fmt.Sprintf("%s, what the %d tiles hold:", name, len(w.tiles)),
		Head: []string{"", "bytes", "area kept", "worst zoom", "misplaced", "polygons", "invalid"}}
	for i, n := range names {
		if i > 0 {
			r.Figures = append(r.Figures, faster(fmt.Sprintf("%s, mean of z%d–z%d", name, firstZoom, lastZoom), n, values(runs[0], mean), values(runs[i], mean), targets[n]))
		}
		line := []string{n, duration(spread(values(runs[i], mean)).Median)}
		for z := firstZoom; z <= lastZoom; z++ {
			line = append(line, duration(spread(values(runs[i], func(p *passed) float64 { return p.seconds[z] / float64(w.count[z]) })).Median))
		}
		times.Lines = append(times.Lines, line)
		holds, err := w.inspect(b, runs[i][0].tiles)
		if err != nil {
			return r, fmt.Errorf("%s: %w", n, err)
		}
		found.Lines = append(found.Lines, append([]string{n}, holds...))
	}
	r.Tables = []Table{times, found}
	r.Notes = append(w.notes(), r.Notes...)
	return r, nil
}

func (w *work) zooms() (head []string) {
	for z := firstZoom; z <= lastZoom; z++ {
		head = append(head, fmt.Sprintf("z%d (%d)", z, w.count[z]))
	}
	return head
}

func (w *work) notes() []string {
	return strings.Split(`One thread each; the same tiles in the same order for all, 4096 units with a buffer of 64, the same four attributes; the number of tiles sampled of a zoom is in brackets.
Ours holds nothing between tiles (a store of one byte) and its size budget is lifted, as the others have none. The time includes the SHA-256 of the tile.
Ours: NewTileset is not counted. It draws features of 64 vertices and more ahead at the seven zooms up to the last at which they are less than half a tile long, and tiles that show all of one take those commands; nothing is left to be made at first use (docs/decisions/0011-drawn-ahead.md has what that costs).
PostGIS: ST_AsMVT(ST_AsMVTGeom(…)) over geometry kept in Web Mercator with a GiST index, one statement a zoom, no parallel workers, no JIT.
geojson-vt: its index is built anew before each pass and not counted; getTile and vt-pbf are.
Area kept: drawn area inside the tiles ÷ true area, counted from the decoded integers; 1 is best, more than 1 adds land. Misplaced: the sum over zones of |drawn − true| ÷ true area, so that what one zone loses to another counts. Invalid: by PostGIS ST_IsValid.`, "\n")
}
