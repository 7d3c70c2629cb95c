package atomicfile

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// SyncNames fails: Windows has no call that brings the names in a folder to disk.
func SyncNames(dir *os.File) error {
	return &os.PathError{Op: "sync the names in", Path: dir.Name(), Err: errors.ErrUnsupported}
}

// syncNamesOf has nothing to do: the rename by which a file or folder takes its
// name is on disk when it returns, and NTFS keeps the order of what it does to names.
func syncNamesOf(string) error { return nil }

// rename gives a file or folder its name, on disk too.
func rename(from, to string) error {
	source, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	target, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	if err := windows.MoveFileEx(source, target, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}
