package data

import (
	"context"
	"fmt"
	"slices"

	"github.com/demarc-map/demarc/data/pack"
	"github.com/demarc-map/demarc/internal/carry"
)

// unpacker reads the features of a packed snapshot.
type unpacker struct {
	file    *pack.File
	workers int
	paths   []pack.Path
	texts   []string
}

// contents reads all features, in the order in which pack writes them.
func (u *unpacker) contents(ctx context.Context, c *Contents) (err error) {
	if u.paths, err = pack.ReadPaths(ctx, u.file, u.workers); err != nil {
		return err
	}
	if u.texts, err = pack.ReadTexts(u.file); err != nil {
		return err
	}
	if c.Territories, err = unpackRows(ctx, u, (*rows).territory); err != nil {
		return err
	}
	if c.Zones, err = unpackRows(ctx, u, (*rows).zone); err != nil {
		return err
	}
	if c.Lines, err = unpackRows(ctx, u, (*rows).line); err != nil {
		return err
	}
	if c.Places, err = unpackRows(ctx, u, (*rows).place); err != nil {
		return err
	}
	if c.Things, err = unpackRows(ctx, u, (*rows).thing); err != nil {
		return err
	}
	return u.file.End()
}

// unpackRows reads what packRows wrote; nil for none.
func unpackRows[T any](ctx context.Context, u *unpacker, each func(*rows, string) T) ([]T, error) {
	head, err := u.file.Block()
	if err != nil {
		return nil, err
	}
	r := pack.NewReader(head, nil)
	count := r.Uint()
	if err := r.End(); err != nil {
		return nil, err
	}
	blocks, err := u.file.Blocks(int((count + blockRows - 1) / blockRows))
	if err != nil {
		return nil, err
	}
	size := 0
	for _, block := range blocks {
		size += len(block)
	}
	if count == 0 || count > uint64(size) {
		return nil, u.none(count)
	}
	out := make([]T, count)
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(u.workers)
	for i, block := range blocks {
		part := out[i*blockRows : min((i+1)*blockRows, len(out))]
		group.Go(func() error {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			r := &rows{pack.NewReader(block, u.texts), u.paths}
			ids := r.Lines()
			if len(ids) != len(part) {
				return pack.ErrDamaged
			}
			for k, id := range ids {
				part[k] = each(r, id)
			}
			return r.End()
		})
	}
	return out, group.Wait()
}

// none is the error where no rows are read.
func (u *unpacker) none(count uint64) error {
	if count > 0 {
		return pack.ErrDamaged
	}
	return nil
}

// whole returns an error where contents lack what every snapshot has.
func (c *Contents) whole() error {
	if len(c.Territories) == 0 {
		return fmt.Errorf("%w: no territory", pack.ErrDamaged)
	}
	bases := ids(c.Dataset.Bases, func(b Basis) string { return b.ID })
	for i := range c.Zones {
		if !slices.Contains(bases, c.Zones[i].Basis) {
			return fmt.Errorf("%w: no reading %q", pack.ErrDamaged, c.Zones[i].Basis)
		}
	}
	return nil
}
