package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/server"
)

// reloading is a volley without and one with reloads.
type reloading struct {
	calm, busy volley
	took       []float64 // seconds of each reload
}

// reload measures the answers of a server while it reads a dataset anew, over
// and over, and each time with other zones.
func reload(b *Bench) (r Result, err error) {
	for _, name := range pick(b, []string{"strip"}, []string{"strip", "blocks-10k"}) {
		if err := reloadOf(b, &r, name); err != nil {
			return r, err
		}
	}
	r.Notes = append(r.Notes, "16 connections ask 1000 times a second in all, in turn for a tile and a share without a snapshot in their paths; times count from when a request was due. "+
		"Reloads follow each other without a pause, each on one processor; the load generator shares the machine.")
	return r, nil
}

func reloadOf(b *Bench, r *Result, name string) error {
	dirs := make([]string, 2)
	for i := range dirs {
		set, err := gen.Named(name, b.seed+uint64(i))
		if err != nil {
			return err
		}
		dirs[i] = filepath.Join(b.out, fmt.Sprintf("reload-%d", i))
		if err := set.Write(dirs[i]); err != nil {
			return err
		}
	}
	ours, base, err := serving(b, "serve", dirs[0])
	if err != nil {
		return err
	}
	defer ours.close()
	order := fireOrder{Base: base, Connections: 16, Pace: 0.016, Seconds: pick(b, 1.0, 5), Changing: true, Paths: []string{
		fmt.Sprintf("/tiles/%s/%d/%d/%d.mvt?as_of=%s", name, hotZoom, hotX, hotY, gen.FirstDay),
		fmt.Sprintf("/v1/%s/share?as_of=%s", name, gen.FirstDay)}}
	if name != "strip" {
		order.Paths[0] = fmt.Sprintf("/tiles/%s/10/600/360.mvt?as_of=%s", name, gen.FirstDay)
	}
	turn := 0
	runs, err := contest(b, []contestant[reloading]{{"demarc", func(ctx context.Context) (v reloading, err error) {
		if v.calm, err = order.volley(ctx); err != nil {
			return v, err
		}
		stop, ended := make(chan struct{}), make(chan error, 1)
		go func() {
			for {
				select {
				case <-stop:
					ended <- nil
					return
				default:
				}
				turn++
				var done server.Reload
				if err := ours.ask(dirs[turn%2], &done); err != nil {
					ended <- err
					return
				}
				if !done.OK || len(done.Changed) == 0 {
					ended <- fmt.Errorf("the reload changed nothing: %s", done.Error)
					return
				}
				v.took = append(v.took, done.Took)
			}
		}()
		v.busy, err = order.volley(ctx)
		close(stop)
		if fault := <-ended; err == nil {
			err = fault
		}
		return v, err
	}}})
	if err != nil {
		return err
	}
	var took []float64
	failed, asked := 0, 0
	for _, v := range runs[0] {
		took = append(took, v.took...)
		failed, asked = failed+v.calm.Failed+v.busy.Failed, asked+v.calm.Requests+v.busy.Requests
	}
	for _, figure := range []struct {
		what   string
		pick   func(volley) float64
		target Target
	}{{"p50", func(v volley) float64 { return v.P50 }, Target{}}, {"p99", func(v volley) float64 { return v.P99 }, Target{AtMost: 2}}, {"the slowest", func(v volley) float64 { return v.Worst }, Target{}}} {
		calm, busy := values(runs[0], func(v reloading) float64 { return figure.pick(v.calm) }), values(runs[0], func(v reloading) float64 { return figure.pick(v.busy) })
		r.Figures = append(r.Figures, Figure{What: name + ", " + figure.what + " during reloads", Against: "itself before", Ratio: ratios(busy, calm), Meaning: "during ÷ before",
			Ours: duration(spread(busy).Median), Peer: duration(spread(calm).Median), Target: figure.target})
	}
	r.Notes = append(r.Notes, fmt.Sprintf("%s: %d of %d requests failed (the target is 0), over %d reloads that took %s each (median).", name, failed, asked, len(took), duration(spread(took).Median)))
	return nil
}
