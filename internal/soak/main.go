// Command soak runs what takes too long for every change: all soaks, every fuzz
// target for a while, and all mutants.
//
//	go run ./internal/soak          # under 40 minutes on two processors
//	go run ./internal/soak -short   # a few seconds of each
//
// It prints a line for each job and exits 1 when one fails, with what it said.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"time"
)

func main() {
	short := flag.Bool("short", false, "a few seconds of each")
	at := flag.Int("jobs", 3, "how many run at once; fuzz targets and waiting leave room for one more than there are processors")
	only := flag.String("only", "", "run the jobs whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	jobs, err := plan(ctx, *short)
	if err == nil {
		err = run(ctx, jobs, *at, *only)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "soak:", err)
		os.Exit(1)
	}
}

// job is one command of the run.
type job struct {
	name        string
	args        []string
	environment []string
}

// plan lists the jobs, those first that take longest.
func plan(ctx context.Context, short bool) ([]job, error) {
	mutations, each := "all", "2m"
	if short {
		mutations, each = "one", "2s"
	}
	var jobs []job
	for _, folder := range []string{"geo", "server", "data/store"} {
		jobs = append(jobs, job{"mutants " + folder, []string{"test", "./" + folder, "-count=1", "-run", "Mutation", "-v", "-timeout", "40m"}, []string{"DEMARC_MUTATIONS=" + mutations}})
	}
	if !short { // their short forms are tests as any other
		jobs = append(jobs,
			job{"soak server", []string{"test", "./server", "-count=1", "-soak", "-run", "Reloads|Attack|Idle", "-v", "-timeout", "30m"}, nil},
			job{"soak store", []string{"test", "./data/store", "-count=1", "-soak", "-timeout", "30m"}, nil},
			job{"soak commands", []string{"test", "./cmd/demarc", "-count=1", "-soak", "-run", "Killed|Replicas|MixedAttack", "-v", "-timeout", "30m"}, nil},
			job{"sweep of tiles", []string{"test", "./tiles", "-count=1", "-sweep", "-run", "PostGIS", "-v", "-timeout", "30m"}, nil})
	}
	targets, err := fuzzTargets(ctx)
	for _, t := range targets {
		jobs = append(jobs, job{"fuzz " + t[1], []string{"test", "./" + t[0], "-run", "^$", "-fuzz", "^" + t[1] + "$", "-fuzztime", each, "-fuzzminimizetime", "1s", "-parallel", "1"}, nil})
	}
	return jobs, err
}

// fuzzTargets finds the folder and the name of each in the tracked files.
func fuzzTargets(ctx context.Context) ([][2]string, error) {
	out, err := exec.CommandContext(ctx, "git", "grep", "--heading", "-oE", "^func Fuzz[A-Za-z0-9]+", "--", "*_test.go").Output()
	if err != nil {
		return nil, fmt.Errorf("fuzz targets: %w", err)
	}
	var targets [][2]string
	folder := ""
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "func "); ok {
			targets = append(targets, [2]string{folder, name})
			continue
		}
		folder = line[:max(0, strings.LastIndex(line, "/"))]
	}
	if len(targets) == 0 {
		return nil, errors.New("there is no fuzz target")
	}
	return targets, nil
}

// run runs the jobs, so many at once, and returns what failed.
func run(ctx context.Context, jobs []job, at int, only string) error {
	begun := time.Now()
	turn := make(chan struct{}, at)
	var mu sync.Mutex
	var failed []error
	var all sync.WaitGroup
	ran := 0
	for _, j := range jobs {
		if !strings.Contains(j.name, only) {
			continue
		}
		ran++
		turn <- struct{}{}
		all.Go(func() {
			defer func() { <-turn }()
			took, out, err := j.run(ctx)
			mu.Lock()
			defer mu.Unlock()
			word := "passed"
			if err != nil {
				word = "FAILED"
				failed = append(failed, fmt.Errorf("%s: %w\n%s", j.name, err, out))
			}
			fmt.Printf("%-24s %-6s %6.0f s\n", j.name, word, took.Seconds())
		})
	}
	all.Wait()
	if ran == 0 {
		return fmt.Errorf("no job is named %q", only)
	}
	fmt.Printf("%d jobs in %.0f s\n", ran, time.Since(begun).Seconds())
	return errors.Join(failed...)
}

// kept is how much of what a failed job said is shown, from its end.
const kept = 8000

func (j *job) run(ctx context.Context) (time.Duration, []byte, error) {
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, "go", j.args...)
	cmd.Env = append(os.Environ(), j.environment...)
	cmd.Stdout, cmd.Stderr = &out, &out
	begun := time.Now()
	err := cmd.Run()
	return time.Since(begun), out.Bytes()[max(0, out.Len()-kept):], err
}
