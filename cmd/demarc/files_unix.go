//go:build unix

package main

import "golang.org/x/sys/unix"

// openFiles is how many files the process may have open; 0 when it is not known.
func openFiles() int {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		return 0
	}
	return int(min(limit.Cur, 1<<30))
}
