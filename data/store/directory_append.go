package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/atomicfile"
)

// Append implements Store.
func (d *Directory) Append(ctx context.Context, snapshot *data.Snapshot, e Entry) error {
	if e.Withdraws != "" {
		return d.append(ctx, e, nil)
	}
	if err := e.publishes(snapshot); err != nil {
		return err
	}
	return d.append(ctx, e, snapshot.Canonical)
}

// append writes an entry; canonical is asked for the bytes when the store lacks
// them. It is nil for an entry that has none, or none any more.
func (d *Directory) append(ctx context.Context, e Entry, canonical func() ([]byte, error)) (err error) {
	lock, err := d.folder.lock(e.Dataset)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	if _, err := d.folder.sweep(); err != nil {
		return err
	}
	if err := d.folder.sync("."); err != nil { // a publisher before may have been killed, or refused, before it did
		return err
	}
	chain, _, err := d.Whole(ctx, e.Dataset)
	if err != nil {
		return err
	}
	var head Entry
	if len(chain) > 0 {
		head = chain[len(chain)-1]
	}
	if e.Parent != head.ID {
		return &Conflict{Dataset: e.Dataset, Head: head}
	}
	if err := e.follows(head); err != nil {
		return err
	}
	files := map[string][]byte{}
	d.mu.Lock()
	next, of := len(d.slots)+1, d.folders[e.Snapshot]
	by, gone := d.gone[e.Snapshot]
	d.mu.Unlock()
	if gone {
		return &Withdrawn{by}
	}
	if e.Withdraws != "" && !slices.ContainsFunc(chain, func(old Entry) bool { return old.Snapshot == e.Withdraws }) {
		return fmt.Errorf("%s: %w", e.Withdraws, ErrUnknown)
	}
	switch {
	case canonical == nil:
	case of != 0: // what it relies on is read, so that an entry without bytes of its own is never in vain
		_, err = d.bytes(of, e.Snapshot)
	default:
		files[snapshotFile(e.Snapshot)], err = canonical()
	}
	if err != nil {
		return err
	}
	if files[entryFile], err = e.text(); err != nil {
		return err
	}
	if err := d.folder.place(folderName(next), files); err != nil || e.Withdraws == "" {
		return err
	}
	return d.purge()
}

// Purge implements Store.
func (d *Directory) Purge(context.Context) (err error) {
	lock, err := d.folder.lock("")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	return d.purge()
}

// purge removes the bytes of what was withdrawn, after the entry that says so is
// on disk. The caller holds the lock.
func (d *Directory) purge() error {
	if _, err := d.all(); err != nil {
		return err
	}
	d.mu.Lock()
	at := map[string]string{} // folder of each
	for snapshot := range d.gone {
		if n := d.folders[snapshot]; n != 0 {
			at[snapshot] = folderName(n)
		}
	}
	d.mu.Unlock()
	for _, snapshot := range slices.Sorted(maps.Keys(at)) {
		name := filepath.Join(at[snapshot], snapshotFile(snapshot))
		if _, err := d.folder.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := d.folder.remove(name); err != nil {
			return err
		}
		if err := d.folder.sync(at[snapshot]); err != nil {
			return err
		}
	}
	return nil
}

// place makes a folder with files in it, whole or not at all.
func (f *folder) place(name string, files map[string][]byte) error {
	temporary := atomicfile.Temporary(name)
	err := f.mkdir(temporary)
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if err == nil {
			err = f.write(filepath.Join(temporary, file), files[file])
		}
	}
	if err == nil {
		err = f.sync(temporary)
	}
	if err == nil {
		err = f.rename(temporary, name)
	}
	if err != nil {
		return errors.Join(err, f.remove(temporary))
	}
	return f.sync(".")
}
