package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/demarc-map/demarc/data"
)

// Repaired is what Repair did, or would do.
type Repaired struct {
	SetAside []Damage `json:"set_aside"` // folders that are out of the way: what they published is lost, what is left of it is kept
	Left     []Damage `json:"left"`      // what only a backup can mend
}

// Repair sets aside every entry that cannot be read, and the newest ones of a
// dataset of which the bytes are damaged, so that the dataset goes on from its
// newest whole entry. Nothing is deleted. Unless it is confirmed, nothing is done
// but told.
func (d *Directory) Repair(ctx context.Context, confirm bool) (out Repaired, err error) {
	out = Repaired{SetAside: []Damage{}, Left: []Damage{}}
	lock, err := d.folder.lock("")
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	all, err := d.all()
	if err != nil {
		return out, err
	}
	away := map[int]Damage{}
	for i, s := range all {
		switch {
		case s.setAside:
		case s.damage != nil && s.damage.File == folderName(i+1): // it is missing
			out.Left = append(out.Left, *s.damage)
		case s.damage != nil:
			away[i+1] = *s.damage
		}
	}
	followed := map[string]bool{} // datasets with a newer entry that is whole
	for i := len(all) - 1; i >= 0; i-- {
		e := all[i].entry
		if e.ID == "" {
			continue
		}
		_, wrong := d.Canonical(ctx, e.Snapshot)
		if errors.Is(wrong, data.ErrTampered) {
			damage := Damage{File: folderName(i + 1), Dataset: e.Dataset, Detail: wrong.Error()}
			if followed[e.Dataset] {
				out.Left = append(out.Left, damage)
			} else {
				away[i+1] = damage
			}
		} else if gone := (*Withdrawn)(nil); wrong != nil && !errors.As(wrong, &gone) {
			return out, wrong
		} else {
			followed[e.Dataset] = true
		}
	}
	for n := 1; n <= len(all); n++ {
		damage, ok := away[n]
		if !ok {
			continue
		}
		if confirm {
			if err := d.folder.rename(folderName(n), folderName(n)+lostSuffix); err != nil {
				return out, fmt.Errorf("%s: %w", damage.File, err)
			}
		}
		out.SetAside = append(out.SetAside, damage)
	}
	if !confirm || len(away) == 0 {
		return out, nil
	}
	d.mu.Lock()
	d.slots, d.folders, d.gone = nil, map[string]int{}, map[string]Entry{}
	d.mu.Unlock()
	return out, d.folder.sync(".")
}
