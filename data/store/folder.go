package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync/atomic"
	"syscall"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// folder is where a Directory reads and writes. Links in it cannot lead out of
// it. Every step that changes what is on disk passes through do, where tests
// make it fail.
type folder struct {
	root    *os.Root
	disk    disk
	suspect atomic.Bool             // its names could not be brought to disk, and have not been since
	fault   func(step string) error // nil but in tests
}

func (f *folder) do(step string, op func() error) error {
	if f.fault != nil {
		if err := f.fault(step); err != nil {
			return ofSpace(err)
		}
	}
	if err := op(); err != nil {
		return fmt.Errorf("%s: %w", step, ofSpace(err))
	}
	return nil
}

// write makes a new file with a text and brings it to disk.
func (f *folder) write(name string, text []byte) error {
	var to file
	err := f.do("create "+name, func() (err error) {
		to, err = f.disk.Create(name)
		return err
	})
	if err != nil {
		return err
	}
	half := len(text) / 2 // so that a fault can leave half a file behind
	for _, part := range [][]byte{text[:half], text[half:]} {
		if err == nil {
			err = f.do("write "+name, func() error { _, err := to.Write(part); return err })
		}
	}
	if err == nil {
		err = f.do("sync "+name, to.Sync)
	}
	return errors.Join(err, to.Close())
}

// sync brings the names in a folder to disk. After a failure in the folder of
// the store itself nobody knows what a power cut would leave of it, so that it
// is suspect until it was synced again.
func (f *folder) sync(name string) error {
	err := f.do("sync "+name, func() error { return f.disk.SyncNames(name) })
	if name == "." {
		f.suspect.Store(err != nil)
	}
	return err
}

// settled syncs the folder of the store again when that failed before.
func (f *folder) settled() error {
	if !f.suspect.Load() {
		return nil
	}
	if err := f.sync("."); err != nil {
		return fmt.Errorf("what was written last is not known to be on disk: %w", err)
	}
	return nil
}

func (f *folder) mkdir(name string) error {
	return f.do("mkdir "+name, func() error { return f.disk.Mkdir(name) })
}

func (f *folder) rename(from, to string) error {
	return f.do("rename "+from, func() error { return f.disk.Rename(from, to) })
}

func (f *folder) remove(name string) error {
	return f.do("remove "+name, func() error { return f.disk.RemoveAll(name) })
}

// names lists what is in the folder.
func (f *folder) names() ([]string, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, err
	}
	out := make([]string, len(entries))
	for i, e := range entries {
		out[i] = e.Name()
	}
	return out, nil
}

// sweep removes what interrupted publications left behind and returns its
// names. The caller holds the lock, so none of their writers lives.
func (f *folder) sweep() ([]string, error) {
	names, err := f.names()
	if err != nil {
		return nil, err
	}
	gone := []string{}
	for _, name := range names {
		if atomicfile.IsTemporary(name) {
			if err := f.remove(name); err != nil {
				return gone, err
			}
			gone = append(gone, name)
		}
	}
	return gone, nil
}

// errReadOnly is what a file system that may not be written to answers.
var errReadOnly error = syscall.EROFS
