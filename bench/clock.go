package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/unix"
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

// processorTime returns the seconds that all threads of a process have run for,
// 0 for a process that is gone. The identifier of the clock is made as
// clock_getcpuclockid(3) makes it.
func processorTime(process int) float64 {
	const sched = 2
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^process<<3|sched), &t); err != nil {
		return 0
	}
	return float64(t.Sec) + float64(t.Nsec)/1e9
}

// setClock chooses the clock of this process and its children: wall or cpu.
func setClock(name string) error {
	if name != "wall" && name != "cpu" {
		return fmt.Errorf("-clock is wall or cpu, not %q", name)
	}
	return os.Setenv(clockVariable, name)
}
