package atomicfile

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"
)

// removesOpenFiles says whether the system removes a file that is open.
const removesOpenFiles = false

// TryLock takes the lock of an open file until it is closed, or returns false
// when another process, or another opening of the file in this one, has it.
// What is locked is a byte far beyond the end: a locked byte cannot be read.
func TryLock(file *os.File) (bool, error) {
	beyond := &windows.Overlapped{OffsetHigh: math.MaxInt32}
	err := windows.LockFileEx(windows.Handle(file.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, beyond)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION):
		return false, nil
	}
	return false, &os.PathError{Op: "lock", Path: file.Name(), Err: err}
}
