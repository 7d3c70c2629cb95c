package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// turn is how often a writer that waits asks whether it is its turn. It asks
// instead of waiting in the kernel, so that the end of a context is seen.
const turn = 5 * time.Millisecond

// Open opens a file, makes it where there is none, and takes its lock, for
// which it waits as long as the context lasts. The lock is free when the file is
// closed or the process ends. The file is the one that has the name now, although
// the holder before may have removed or replaced its own.
func Open(ctx context.Context, name string, flag int, mode fs.FileMode) (*os.File, error) {
	for {
		file, err := os.OpenFile(name, flag|os.O_CREATE, mode)
		if err != nil {
			return nil, err
		}
		held, err := TryLock(file)
		if err == nil && held {
			held, err = leads(name, file)
		}
		if err == nil && held {
			return file, nil
		}
		if err = errors.Join(err, file.Close()); err != nil {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: another process has the lock: %w", name, context.Cause(ctx))
		case <-time.After(turn):
		}
	}
}

// leads says whether a name leads to an open file.
func leads(name string, file *os.File) (bool, error) {
	there, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	open, err := file.Stat()
	return err == nil && os.SameFile(there, open), err
}

// Named is an open file.
type Named interface {
	io.Closer
	Name() string
}

// Remove removes a file that Open opened, and then closes it, in this order:
// nobody can have taken the lock of a file that is about to go.
func Remove(file Named) error {
	gone := os.Remove(file.Name())
	err := file.Close()
	if gone != nil && !removesOpenFiles {
		_ = os.Remove(file.Name()) // it fails when another process has opened the file by now, which then removes it
		return err
	}
	return errors.Join(gone, err)
}

// lockName takes the lock of a name, which release gives back. The lock is a
// hidden file beside it, since the file itself is about to be replaced.
func lockName(ctx context.Context, name string) (release func() error, err error) {
	dir, base := filepath.Split(name)
	file, err := Open(ctx, filepath.Join(dir, "."+base+".lock"), os.O_RDONLY, 0o644)
	if err != nil {
		return nil, err
	}
	return func() error { return Remove(file) }, nil
}
