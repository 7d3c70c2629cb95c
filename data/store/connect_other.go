//go:build !linux

package store

import (
	"syscall"
	"time"
)

// giveUpAfter leaves it to keep-alive.
func giveUpAfter(time.Duration) func(network, address string, c syscall.RawConn) error { return nil }
