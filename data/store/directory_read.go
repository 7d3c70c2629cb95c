package store

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// entryFolder matches the folder of an entry, and of one that was set aside.
var entryFolder = regexp.MustCompile(`^([0-9]{8})(\.lost)?$`)

// all returns what is in every numbered folder, reading those that are new or
// could not be read. Entries never change, so each is read once.
func (d *Directory) all() ([]slot, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.folder.settled(); err != nil {
		return nil, fmt.Errorf("%s: %w", d.path, err)
	}
	names, err := d.folder.names()
	if err != nil {
		return nil, err
	}
	there, last, err := numbered(names)
	if err != nil {
		return nil, err
	}
	if last < len(d.slots) {
		return nil, fmt.Errorf("%s: %w: entries are gone: there were %d", d.path, data.ErrTampered, len(d.slots))
	}
	d.slots = append(d.slots, make([]slot, last-len(d.slots))...)
	for i := range d.slots {
		if d.slots[i].entry.ID == "" {
			d.slots[i] = d.readSlot(i+1, there[i+1], d.slots[i])
		}
		if e := d.slots[i].entry; e.ID != "" && d.folders[e.Snapshot] == 0 {
			d.folders[e.Snapshot] = i + 1
		}
		if e := d.slots[i].entry; e.Withdraws != "" {
			d.gone[e.Withdraws] = e
		}
	}
	return append([]slot(nil), d.slots...), nil
}

// numbered tells by number which folders are there, whole names before those
// that were set aside, and the last number.
func numbered(names []string) (there map[int]string, last int, err error) {
	there = map[int]string{}
	for _, name := range names { // in order, so that 00000001 comes before 00000001.lost
		part := entryFolder.FindStringSubmatch(name)
		if part == nil {
			continue
		}
		n, err := strconv.Atoi(part[1])
		if err != nil {
			return nil, 0, err
		}
		if there[n] == "" {
			there[n] = name
		}
		last = max(last, n)
	}
	return there, last, nil
}

// readSlot reads a folder, which was found under a name; before is what was
// known of it.
func (d *Directory) readSlot(n int, name string, before slot) slot {
	if strings.HasSuffix(name, lostSuffix) {
		return slot{damage: &Damage{File: name, Detail: "it was set aside"}, setAside: true}
	}
	if name == "" {
		return slot{damage: &Damage{File: folderName(n), Detail: "the entry is missing"}}
	}
	e, err := d.read(n)
	if err == nil {
		return slot{entry: e}
	}
	damage := &Damage{File: filepath.Join(name, entryFile), Detail: err.Error()}
	if before.damage != nil && before.damage.File == damage.File {
		damage.Dataset = before.damage.Dataset // looking for it may take long
	} else {
		damage.Dataset = d.datasetOf(name)
	}
	return slot{damage: damage}
}

// Heads implements Store.
func (d *Directory) Heads(ctx context.Context) (map[string]Entry, error) {
	all, err := d.all()
	if err != nil {
		return nil, err
	}
	out := map[string]Entry{}
	for _, s := range all {
		if s.damage == nil {
			out[s.entry.Dataset] = s.entry
		}
	}
	return out, ctx.Err()
}

// Damage lists the entries that cannot be read, of all datasets, but for those
// that were set aside.
func (d *Directory) Damage(ctx context.Context) ([]Damage, error) {
	all, err := d.all()
	if err != nil {
		return nil, err
	}
	out := []Damage{}
	for _, s := range all {
		if s.damage != nil && !s.setAside {
			out = append(out, *s.damage)
		}
	}
	return out, ctx.Err()
}

// Whole implements Store.
func (d *Directory) Whole(ctx context.Context, dataset string) ([]Entry, []Damage, error) {
	all, err := d.all()
	if err != nil {
		return nil, nil, err
	}
	out, damage := []Entry{}, []Damage{}
	var before Entry
	lost := []Damage{} // since the entry before, perhaps of the dataset
	for i, s := range all {
		if s.damage != nil && (s.damage.Dataset == "" || s.damage.Dataset == dataset) {
			lost = append(lost, *s.damage)
			if !s.setAside {
				damage = append(damage, *s.damage)
			}
		}
		e := s.entry
		if s.damage != nil || e.Dataset != dataset {
			continue
		}
		if gap := e.Number - 1 - before.Number; gap > 0 && gap <= len(lost) { // what it says of the entry before cannot be checked
			damage = append(damage, Damage{File: folderName(i + 1), Dataset: dataset, Detail: fmt.Sprintf("the entry before it is lost, %s", lost[len(lost)-1].File)})
			before = Entry{ID: e.Parent, Number: e.Number - 1, At: before.At}
		}
		if err := e.follows(before); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", d.path, err)
		}
		before, lost = e, lost[:0]
		out = append(out, e)
	}
	return out, damage, ctx.Err()
}

// History implements Store.
func (d *Directory) History(ctx context.Context, dataset string) ([]Entry, error) {
	chain, _, err := d.Whole(ctx, dataset)
	if err == nil {
		err = checkChain(chain)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", d.path, err)
	}
	return chain, nil
}

// read reads the entry in a folder and checks it by itself.
func (d *Directory) read(n int) (Entry, error) {
	name := filepath.Join(folderName(n), entryFile)
	text, err := d.folder.root.ReadFile(name)
	var e Entry
	if err == nil {
		e, err = readEntry(text)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("%s: %w: %w", name, data.ErrTampered, err)
	}
	return e, nil
}

func folderName(n int) string { return fmt.Sprintf("%08d", n) }

func snapshotFile(snapshot string) string { return strings.TrimPrefix(snapshot, "sha256:") + ".json" }

// Canonical implements Store.
func (d *Directory) Canonical(ctx context.Context, snapshot string) ([]byte, error) {
	if _, err := d.all(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	n, ok := d.folders[snapshot]
	by, gone := d.gone[snapshot]
	d.mu.Unlock()
	if gone {
		return nil, &Withdrawn{by}
	}
	if !ok {
		return nil, fmt.Errorf("snapshot %.80q: %w", snapshot, ErrUnknown)
	}
	return d.bytes(n, snapshot)
}

// bytes reads and hashes the bytes in a folder.
func (d *Directory) bytes(n int, snapshot string) ([]byte, error) {
	name := filepath.Join(folderName(n), snapshotFile(snapshot))
	text, err := d.folder.root.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("snapshot %s: %w: %w", snapshot, data.ErrTampered, err)
	}
	if got := data.NameOf(text); got != snapshot {
		return nil, fmt.Errorf("snapshot %s: %w: those in %s are %s", snapshot, data.ErrTampered, filepath.Join(d.path, name), got)
	}
	return text, nil
}
