package main

import "golang.org/x/sys/unix"

const readsProcessorTime = true

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
