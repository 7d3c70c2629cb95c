//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package atomicfile

import (
	"errors"
	"os"
)

// removesOpenFiles says whether the system removes a file that is open.
const removesOpenFiles = true

// TryLock fails: this program does not know how this system locks files.
func TryLock(file *os.File) (bool, error) {
	return false, &os.PathError{Op: "lock", Path: file.Name(), Err: errors.ErrUnsupported}
}
