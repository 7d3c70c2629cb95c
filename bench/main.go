// Command bench measures demarc beside other systems, in one run and in turns,
// and writes BENCHMARKS.md:
//
//	go run ./bench -rows 'cold|share' -runs 5
//
// A peer that is not installed is skipped and said to be. README.md explains
// how to read the figures.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// Bench is one run of the command: its settings and what rows share.
type Bench struct {
	ctx      context.Context
	runs     int // turns that count
	seed     uint64
	quick    bool            // small sizes only
	patience time.Duration   // a contestant slower than this runs once
	clock    string          // wall or cpu
	out      string          // folder for generated data, bench/out
	command  string          // how to repeat the current row
	written  map[string]bool // generated sets that are in the folder
	database *database
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) > 1 && os.Args[1] == "child" {
		exit(child(ctx, os.Args[2:]))
	}
	b := &Bench{ctx: ctx, written: map[string]bool{}}
	only := flag.String("rows", "", "regular expression of the rows to run; all when empty")
	flag.IntVar(&b.runs, "runs", 5, "turns of every contestant that count")
	flag.Uint64Var(&b.seed, "seed", 1, "seed of the generated datasets")
	flag.BoolVar(&b.quick, "quick", false, "small sizes and short times, to see that it works")
	flag.DurationVar(&b.patience, "patience", 20*time.Second, "a contestant whose first turn takes longer runs only once")
	timer := flag.String("clock", "wall", "what times are counted by: wall, or cpu for processor time where others use the machine too")
	output := flag.String("o", "BENCHMARKS.md", "file to write; sections of rows that are not run stay as they are; nothing when empty")
	list := flag.Bool("list", false, "list the rows and stop")
	flag.Parse()
	if *list {
		for _, r := range rows() {
			fmt.Printf("%-14s %s\n", r.Name, r.Title)
		}
		return
	}
	b.clock = *timer
	if err := setClock(b.clock); err != nil {
		exit(err)
	}
	exit(b.run(*only, *output))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func (b *Bench) run(only, output string) error {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	b.out = filepath.Join(referee.Root(), "bench", "out")
	if err := os.MkdirAll(b.out, 0o755); err != nil {
		return err
	}
	defer b.close()
	var document document
	if output != "" {
		if err := document.read(output); err != nil {
			return err
		}
	}
	document.machine = machine(b.ctx)
	for _, r := range rows() {
		if !pattern.MatchString(r.Name) {
			continue
		}
		b.command = b.repeat(r.Name)
		b.say("%s: %s", r.Name, r.Title)
		begun := time.Now()
		result, err := r.Run(b)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Name, err)
		}
		section := document.section(r, result, b.command, time.Since(begun))
		fmt.Println(section)
		if output != "" {
			if err := document.write(output); err != nil { // after every row, so that an interrupt loses one at most
				return err
			}
		}
	}
	return nil
}

// repeat returns the command that measures a row again.
func (b *Bench) repeat(row string) string {
	command := fmt.Sprintf("go run ./bench -rows '^%s$' -runs %d -seed %d", row, b.runs, b.seed)
	if b.quick {
		command += " -quick"
	}
	if b.clock != "wall" {
		command += " -clock " + b.clock
	}
	return command
}

// pick returns the first value in a quick run, the second otherwise.
func pick[T any](b *Bench, quick, full T) T {
	if b.quick {
		return quick
	}
	return full
}

// say reports progress on standard error.
func (b *Bench) say(format string, values ...any) { fmt.Fprintf(os.Stderr, format+"\n", values...) }
