package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// setAside is the name that a folder has while another takes its own.
func setAside(name string) string {
	dir, base := filepath.Split(name)
	return filepath.Join(dir, "."+base+".aside")
}

// exchangeInSteps gives two folders each other's name by three renames.
func exchangeInSteps(one, other string) error {
	aside := setAside(other)
	if err := rename(other, aside); err != nil {
		return err
	}
	if err := rename(one, other); err != nil {
		return errors.Join(err, rename(aside, other))
	}
	return rename(aside, one)
}

// putBack undoes an exchange in steps that was cut short: a folder that is set
// aside is put back when none has its name, and is done with otherwise.
func putBack(name string) error {
	aside := setAside(name)
	if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return rename(aside, name)
	}
	return os.RemoveAll(aside)
}
