package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/tiles"
)

// Tiles of the dynamic row: so many of each zoom in a turn, each asked for once.
const (
	firstDynamic, lastDynamic = 9, lastZoom
	perDynamicZoom            = 15
)

// dynamic compares servers that make tiles when they are asked: tiles of mixed
// zooms that none of them has seen.
func dynamic(b *Bench) (r Result, err error) {
	name := pick(b, "blocks-10k", "blocks-100k")
	turns, err := unseen(b, name, b.runs+1)
	if err != nil {
		return r, err
	}
	dir, err := b.folder(name)
	if err != nil {
		return r, err
	}
	ours, base, err := serving(b, "serve", dir)
	if err != nil {
		return r, err
	}
	defer ours.close()
	var contestants []contestant[volley]
	add := func(name, base string, process int, path func(z, x, y uint32) string) {
		turn := 0
		contestants = append(contestants, contestant[volley]{name, func(ctx context.Context) (volley, error) {
			order := fireOrder{Base: base, Connections: 4}
			for _, t := range turns[turn] {
				order.Paths = append(order.Paths, path(t[0], t[1], t[2]))
			}
			turn++
			before := processorTime(process)
			v, err := order.volley(ctx)
			v.Processor = (processorTime(process) - before) / float64(v.Requests)
			return v, err
		}})
	}
	add("demarc", base, ours.cmd.Process.Pid, func(z, x, y uint32) string {
		return fmt.Sprintf("/tiles/%s/%d/%d/%d.mvt?as_of=%s", name, z, x, y, gen.FirstDay)
	})
	plain, base, err := serving(b, "orb-tiles", dir)
	if err != nil {
		return r, err
	}
	defer plain.close()
	add(plainName, base, plain.cmd.Process.Pid, func(z, x, y uint32) string { return fmt.Sprintf("/%d/%d/%d", z, x, y) })
	peer := tegola(false)
	if p, err := peer.begin(b, name); err != nil {
		r.skip(peer.name, err.Error())
	} else {
		defer p.stop()
		add(peer.name, p.base, p.cmd.Process.Pid, func(z, x, y uint32) string { return peer.path(name, z, x, y) })
	}
	r.skip("tile38", "no version of its module is in the proxy; the target of 5 times it is held against plain Go with orb, of which tile38 reached 1.37 times where both could be measured")
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	for i := 1; i < len(runs); i++ {
		add := func(what string, pick func(volley) float64, unit func(float64) string, target Target) {
			ours, theirs := values(runs[0], pick), values(runs[i], pick)
			r.Figures = append(r.Figures, Figure{What: what, Against: contestants[i].name, Ratio: ratios(ours, theirs), Meaning: "ours ÷ peer's",
				Ours: unit(spread(ours).Median), Peer: unit(spread(theirs).Median), Target: target})
		}
		target := Target{AtLeast: 5}
		if contestants[i].name == plainName {
			target.AtLeast = 5 * 1.37
		}
		add("first visits a second", func(v volley) float64 { return v.PerSecond }, perSecond, target)
		add("processor time a tile", func(v volley) float64 { return v.Processor }, duration, Target{})
		add("p99", func(v volley) float64 { return v.P99 }, duration, Target{})
	}
	r.Notes = append(r.Notes, fmt.Sprintf("%s, z%d–z%d, %d tiles of each zoom in a turn, the same for all and in the same mixed order, each asked for once, over 4 kept-alive connections. "+
		"Ours keeps the size budget of a tile, simplifies, makes every polygon valid and compresses each tile by gzip; it may reuse what it made for tiles before.", name, firstDynamic, lastDynamic, perDynamicZoom),
		plainName+": zones in memory with an R-tree; encoding/mvt projects, clips and marshals; no simplification, no compression. tegola: GeoPackage with its index, simplifies and compresses, no cache.")
	return r, nil
}

// unseen picks the tiles of each turn by chance, none of them twice.
func unseen(b *Bench, name string, turns int) ([][][3]uint32, error) {
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return nil, err
	}
	ours, err := tiles.NewTileset(b.ctx, []tiles.Layer{set.Layer()}, tiles.Options{Store: tiles.NewStore(1)})
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(b.seed, 1))
	out := make([][][3]uint32, turns)
	for z := uint32(firstDynamic); z <= lastDynamic; z++ {
		var level [][3]uint32
		for x, y := range ours.Covered(z) {
			level = append(level, [3]uint32{z, x, y})
		}
		random.Shuffle(len(level), func(i, j int) { level[i], level[j] = level[j], level[i] })
		for i := range out {
			n := min(perDynamicZoom, len(level)/(turns-i))
			out[i], level = append(out[i], level[:n]...), level[n:]
		}
	}
	for _, turn := range out {
		random.Shuffle(len(turn), func(i, j int) { turn[i], turn[j] = turn[j], turn[i] })
	}
	return out, nil
}
