package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// Directory is a store in a folder:
//
//	demarc-store            says that this is a store, and its version
//	lock                    held by whoever publishes
//	00000001/entry.json     the first entry
//	00000001/HASH.json      the canonical bytes it published, named by their hash
//	00000002/entry.json     …
//
// An entry is written under another name, brought to disk, and then takes its
// place by one rename: it is there with all it needs, or not at all. An entry
// that publishes what another one did has no bytes of its own. Datasets share
// the numbering, so that nothing that comes from outside becomes a file name.
// One that was damaged and set aside by Repair is called 00000003.lost.
type Directory struct {
	folder folder
	path   string

	mu      sync.Mutex
	slots   []slot           // read so far, in the order of their folders
	folders map[string]int   // snapshot → folder that has its bytes
	gone    map[string]Entry // snapshot → entry that withdrew it
}

const (
	formatFile = "demarc-store"
	formatText = "demarc-store/1\n"
	entryFile  = "entry.json"
)

// CreateDirectory opens the store in a folder, which it makes when it is not there.
func CreateDirectory(path string) (*Directory, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := errors.Join(os.MkdirAll(path, 0o755), atomicfile.SyncFolder(filepath.Dir(filepath.Clean(path)))); err != nil {
			return nil, err
		}
	}
	return openDirectory(path, begin)
}

// begin makes a store of an empty folder.
func begin(f *folder) error {
	name := atomicfile.Temporary(formatFile)
	if err := f.remove(name); err != nil {
		return err
	}
	err := f.write(name, []byte(formatText))
	if err == nil {
		err = f.rename(name, formatFile)
	}
	if err != nil {
		return err
	}
	return f.sync(".")
}

// OpenDirectory opens the store in a folder.
func OpenDirectory(path string) (*Directory, error) {
	return openDirectory(path, func(*folder) error { return fmt.Errorf("%w: it is empty", errNoStore) })
}

var errNoStore = errors.New("the folder is not a store")

func openDirectory(path string, begin func(*folder) error) (*Directory, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	d := newDirectory(root, path)
	if err := d.start(begin); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), root.Close())
	}
	return d, nil
}

// newDirectory is one that has read nothing yet.
func newDirectory(root *os.Root, path string) *Directory {
	return &Directory{folder: folder{root: root, disk: rooted{root}}, path: path, folders: map[string]int{}, gone: map[string]Entry{}}
}

// start checks that the folder is a store, or begins one in an empty folder,
// and removes what interrupted publications left.
func (d *Directory) start(begin func(*folder) error) error {
	names, err := d.folder.names()
	if err != nil {
		return err
	}
	empty := true
	for _, name := range names {
		empty = empty && (atomicfile.IsTemporary(name) || name == lockFile)
	}
	if empty {
		if err := begin(&d.folder); err != nil {
			return err
		}
	}
	text, err := d.folder.root.ReadFile(formatFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w: it holds other things", errNoStore)
	case err != nil:
		return err
	case string(text) != formatText:
		return fmt.Errorf("%w of a kind this program knows: it says %.40q", errNoStore, text)
	}
	for _, name := range names {
		if atomicfile.IsTemporary(name) {
			return d.tidy()
		}
	}
	return nil
}

// tidy removes strays, unless somebody is publishing, who does it, or the
// folder may only be read.
func (d *Directory) tidy() error {
	lock, err := d.folder.lock("")
	var busy *Conflict
	if errors.As(err, &busy) || errors.Is(err, fs.ErrPermission) || errors.Is(err, errReadOnly) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = d.folder.sweep()
	return errors.Join(err, lock.Close())
}

// Close implements Store.
func (d *Directory) Close() error { return d.folder.root.Close() }

// Sync implements Store.
func (d *Directory) Sync(context.Context) error { return d.folder.sync(".") }

// Now implements Store.
func (d *Directory) Now(context.Context) (time.Time, error) { return time.Time{}, nil }

// Wait implements Store.
func (d *Directory) Wait(ctx context.Context) error { return pause(ctx, time.Second/2) }

func pause(ctx context.Context, how time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(how):
		return nil
	}
}
