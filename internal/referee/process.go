package referee

import (
	"errors"
	"os"
	"syscall"
)

// lives says whether there is a process of that number.
func lives(pid int) bool {
	process, err := os.FindProcess(pid) // on Windows it fails when there is none
	return err == nil && !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
