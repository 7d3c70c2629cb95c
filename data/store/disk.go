package store

import (
	"errors"
	"io"
	"os"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// disk is how a Directory changes what a file system holds. What is written is
// on disk for certain only when the file was synced, and a name only when the
// names of its folder were; before that a power cut may take either, in any
// order. Tests have one that forgets what was not synced.
type disk interface {
	Create(name string) (file, error) // a new one, to write to
	Mkdir(name string) error
	Rename(from, to string) error
	RemoveAll(name string) error
	SyncNames(folder string) error
}

// file is one that is written once.
type file interface {
	io.WriteCloser
	Sync() error
}

// rooted is the disk in a folder, out of which no link leads.
type rooted struct{ root *os.Root }

func (r rooted) Create(name string) (file, error) {
	return r.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

func (r rooted) Mkdir(name string) error { return r.root.Mkdir(name, 0o755) }

func (r rooted) Rename(from, to string) error { return r.root.Rename(from, to) }

func (r rooted) RemoveAll(name string) error { return r.root.RemoveAll(name) }

func (r rooted) SyncNames(folder string) error {
	dir, err := r.root.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(atomicfile.SyncNames(dir), dir.Close())
}
