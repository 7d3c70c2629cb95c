package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// syncFile brings what is in a file to disk.
func syncFile(name string) error {
	file, err := os.OpenFile(name, os.O_RDWR, 0) // Windows syncs nothing that is open for reading only
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// SyncFolder brings the names in a folder to disk. It returns
// errors.ErrUnsupported where the system cannot.
func SyncFolder(name string) error {
	dir, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(SyncNames(dir), dir.Close())
}

// syncTree brings the files and names in a folder, and in those in it, to disk.
func syncTree(root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return syncNamesOf(name)
		}
		return syncFile(name)
	})
}
