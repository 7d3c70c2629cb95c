package atomicfile

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// exchange gives two folders each other's name, in one step where the file system can.
func exchange(one, other string) error {
	err := unix.Renameat2(unix.AT_FDCWD, one, unix.AT_FDCWD, other, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return exchangeInSteps(one, other)
	}
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: one, New: other, Err: err}
	}
	return SyncFolder(filepath.Dir(other))
}
