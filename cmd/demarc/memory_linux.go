package main

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// systemFiles are the files by which the system tells of itself.
func systemFiles() fs.FS { return os.DirFS("/") }

// machineBytes is the memory of the machine.
func machineBytes() uint64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0
	}
	return uint64(info.Totalram) * uint64(info.Unit) // whose types differ between processors
}
