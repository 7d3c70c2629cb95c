package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Replace writes a file whole or not at all. The function writes the temporary
// file it is given, in the same folder, which is then brought to disk and takes the name. What an
// interrupted Replace of the same file left behind is removed.
func Replace(file string, write func(temporary string) error) error {
	dir, base := filepath.Split(file)
	dir = filepath.Clean(dir)
	if err := removeStrays(dir, base); err != nil {
		return err
	}
	name := filepath.Join(dir, fmt.Sprintf(".%s.%d.tmp", base, os.Getpid()))
	err := write(name)
	if err == nil {
		err = syncFile(name)
	}
	if err == nil {
		err = os.Rename(name, file)
	}
	if err != nil {
		if gone := os.Remove(name); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
		return err
	}
	return syncFile(dir) // the name itself is on disk too
}

// removeStrays removes the temporary files of a file.
func removeStrays(dir, base string) error {
	names, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range names {
		if n := entry.Name(); strings.HasPrefix(n, "."+base+".") && strings.HasSuffix(n, ".tmp") {
			if err := os.Remove(filepath.Join(dir, n)); err != nil {
				return err
			}
		}
	}
	return nil
}

// syncFile brings a file, or the names in a folder, to disk.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
