//go:build unix && !race

package stops

import (
	"syscall"
	"testing"
	"time"
)

// used is the processor time of this process so far, on all processors: unlike the
// time on the wall it does not depend on what else the machine is at.
func used(t testing.TB) time.Duration {
	var of syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &of); err != nil {
		t.Fatal(err)
	}
	return time.Duration(of.Utime.Nano() + of.Stime.Nano())
}
