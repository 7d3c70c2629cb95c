package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace writes a file, or replaces one that is there. The function makes and
// writes the temporary file that it is told, in the same folder. Where it returns
// an error, the old file stays as it was. Writers of the same name wait for each other.
func Replace(ctx context.Context, name string, write func(temporary string) error) error {
	return inTurn(ctx, name, func() error { return replace(name, write) })
}

// Update replaces a file by what the function makes of it. old is nil when
// there is no file. No other Update or Replace comes between reading and writing.
func Update(ctx context.Context, name string, mode fs.FileMode, change func(old []byte) ([]byte, error)) error {
	return inTurn(ctx, name, func() error {
		old, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		text, err := change(old)
		if err != nil {
			return err
		}
		return replace(name, func(temporary string) error { return os.WriteFile(temporary, text, mode) })
	})
}

// CanReplace returns an error when a name is that of something Replace does not
// replace: a link, a device, a folder. A name that is free is fine.
func CanReplace(name string) error {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().IsRegular():
		return nil
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s is a symbolic link, which writing would replace by a file; give the name of the file itself", name)
	case info.IsDir():
		return fmt.Errorf("%s is a folder, not a file", name)
	}
	return fmt.Errorf("%s is a device or pipe, not a file, and cannot be replaced whole", name)
}

// inTurn runs something while no other writer of the name is at work.
func inTurn(ctx context.Context, name string, run func() error) error {
	release, err := lockName(ctx, name)
	if err != nil {
		return err
	}
	return errors.Join(run(), release())
}

// replace is Replace for who has the lock.
func replace(name string, write func(temporary string) error) error {
	if err := CanReplace(name); err != nil {
		return err
	}
	temporary, err := begin(name)
	if err != nil {
		return err
	}
	err = write(temporary)
	if err == nil {
		err = syncFile(temporary)
	}
	if err == nil {
		return rename(temporary, name)
	}
	return errors.Join(err, os.RemoveAll(temporary))
}

// begin removes what writers of the name left that were killed, and returns the
// name of the next temporary. The caller has the lock, so none of them lives.
func begin(name string) (temporary string, err error) {
	dir, base := filepath.Split(name)
	dir = filepath.Clean(dir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, entry := range entries {
		if isTemporaryOf(entry.Name(), base) {
			if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
				return "", err
			}
		}
	}
	return filepath.Join(dir, Temporary(base)), nil
}
