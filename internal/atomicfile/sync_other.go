//go:build !windows

package atomicfile

import (
	"os"
	"path/filepath"
)

// SyncNames brings the names in an open folder to disk. It returns
// errors.ErrUnsupported where the system cannot.
func SyncNames(dir *os.File) error { return dir.Sync() }

func syncNamesOf(dir string) error { return SyncFolder(dir) }

// rename gives a file or folder its name, on disk too.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(to))
}
