package main

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

// contestant is one of the systems compared. Each run measures the same work
// anew and returns what it measured: seconds, or whatever else S holds.
type contestant[S any] struct {
	name string
	run  func(context.Context) (S, error)
}

// contest runs the contestants in turns, A B C A B C, so that what else the
// machine does falls on all alike. The first turn of each warms it up and is
// not counted, unless it took longer than the patience: then it is the only one.
// The runs of contestant i are in place i; a contestant that fails ends the contest.
func contest[S any](b *Bench, contestants []contestant[S]) ([][]S, error) {
	runs := make([][]S, len(contestants))
	done := make([]bool, len(contestants))
	for round := range b.runs + 1 {
		for i, c := range contestants {
			if done[i] {
				continue
			}
			runtime.GC() // what others left behind is not this contestant's to collect
			begun := time.Now()
			s, err := c.run(b.ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			took := time.Since(begun)
			if round == 0 {
				done[i] = took > b.patience
			}
			if round > 0 || done[i] {
				runs[i] = append(runs[i], s)
			}
			b.say("  %s, turn %d of %d: %v", c.name, round, b.runs, took.Round(time.Millisecond))
		}
	}
	return runs, nil
}

// values picks one number of every run.
func values[S any](runs []S, pick func(S) float64) []float64 {
	out := make([]float64, len(runs))
	for i, r := range runs {
		out[i] = pick(r)
	}
	return out
}

// ratios divides turn by turn, or by the median where one side ran only once.
func ratios(over, under []float64) Spread {
	var out []float64
	switch n := min(len(over), len(under)); {
	case len(over) == len(under):
		for i := range n {
			out = append(out, over[i]/under[i])
		}
	case n > 0:
		out = append(out, spread(over).Median/spread(under).Median)
	}
	return spread(out)
}

// faster is the figure of a peer's seconds over ours.
func faster(what, against string, ours, peer []float64, target Target) Figure {
	return Figure{What: what, Against: against, Ratio: ratios(peer, ours), Meaning: "peer's time ÷ ours",
		Ours: duration(spread(ours).Median), Peer: duration(spread(peer).Median), Target: target}
}

// timed is a contestant that does f, which is repeated until it has taken a
// tenth of a second in all, by the clock of the process that does the work.
func timed(name string, now clock, f func(context.Context) error) contestant[float64] {
	return contestant[float64]{name, func(ctx context.Context) (float64, error) {
		begun := now()
		for n := 1; ; n++ {
			if err := f(ctx); err != nil {
				return 0, err
			}
			if took := now() - begun; took > 0.1 {
				return took / float64(n), nil
			}
		}
	}}
}

// into keeps the number that f finds under a name.
func into(found map[string]float64, name string, f func(context.Context) (float64, error)) func(context.Context) error {
	return func(ctx context.Context) (err error) {
		found[name], err = f(ctx)
		return err
	}
}

// same is the pick of runs that are numbers already.
func same(v float64) float64 { return v }
