package main

import (
	"errors"
	"fmt"
	"os"
	"time"
)

// A clock tells seconds from some beginning.
type clock func() float64

// clockVariable names the environment variable, inherited by children, that
// makes clocks count processor time instead of the time on the wall.
const clockVariable = "DEMARC_BENCH_CLOCK"

// newClock returns the clock by which a process is measured: the wall's, or the
// processor time of all its threads. The latter is fair on a machine that others
// use too, but does not see that work is shared among processors.
func newClock(process int) clock {
	if os.Getenv(clockVariable) == "cpu" {
		return func() float64 { return processorTime(process) }
	}
	begun := time.Now()
	return func() float64 { return time.Since(begun).Seconds() }
}

// own is the clock of this process.
func own() clock { return newClock(os.Getpid()) }

// setClock chooses the clock of this process and its children: wall or cpu.
func setClock(name string) error {
	if name != "wall" && name != "cpu" {
		return fmt.Errorf("-clock is wall or cpu, not %q", name)
	}
	if name == "cpu" && !readsProcessorTime {
		return errors.New("-clock cpu: only Linux tells the processor time of another process")
	}
	return os.Setenv(clockVariable, name)
}
