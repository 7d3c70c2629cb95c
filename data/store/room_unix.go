//go:build linux || darwin

package store

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// leastRoom is what an entry needs that has no bytes of its own.
const leastRoom = 64 << 10

// Room returns ErrFull when the file system of the store has no space left.
func (d *Directory) Room() error {
	var system unix.Statfs_t
	if err := unix.Statfs(d.path, &system); err != nil {
		return fmt.Errorf("%s: %w", d.path, err)
	}
	if system.Bavail*uint64(system.Bsize) < leastRoom {
		return fmt.Errorf("%s: %w", d.path, ErrFull)
	}
	return nil
}
