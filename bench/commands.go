package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/demarc-map/demarc/bench/gen"
)

// commands compares a command about two years with the same command again.
func commands(b *Bench) (r Result, err error) {
	name := pick(b, "days-40", "days-769")
	dir, err := b.folder(name)
	if err != nil {
		return r, err
	}
	program, err := b.program()
	if err != nil {
		return r, err
	}
	cache := dir + "-cache"
	defer os.RemoveAll(cache)
	for _, command := range [][]string{{"share", "--as-of", gen.FirstDay}, {"series"}, {"claims"}} {
		ask := func(ctx context.Context) (float64, error) {
			cmd := exec.CommandContext(ctx, program, append(command, "--data", dir, "--cache", cache)...)
			begun := time.Now()
			if text, err := cmd.CombinedOutput(); err != nil {
				return 0, fmt.Errorf("%w: %.300s", err, text)
			}
			if os.Getenv(clockVariable) == "cpu" {
				return (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), nil
			}
			return time.Since(begun).Seconds(), nil
		}
		runs, err := contest(b, []contestant[float64]{
			{"demarc " + command[0], func(ctx context.Context) (float64, error) {
				if err := os.RemoveAll(cache); err != nil {
					return 0, err
				}
				return ask(ctx)
			}},
			{"demarc " + command[0] + ", again", ask},
		})
		if err := errors.Join(err, os.RemoveAll(cache)); err != nil {
			return r, err
		}
		took := spread(values(runs[1], same))
		r.Figures = append(r.Figures,
			faster("demarc "+command[0]+", again", "demarc, the first time", values(runs[1], same), values(runs[0], same), Target{}),
			Figure{What: "demarc " + command[0] + ", again", Against: "one second", Ratio: took, Meaning: "ours ÷ limit", Ours: duration(took.Median), Peer: "1.00 s", Target: Target{AtMost: 0.15}})
	}
	r.Notes = append(r.Notes, name+": a process from its start to its end. The first time it finds an empty cache, reads and checks everything and keeps it; the next process hashes the same files and takes it from there.")
	r.skip("PostGIS, QGIS", "none has a command that reads a folder of files, checks it and answers; single shares are in other rows")
	return r, nil
}
