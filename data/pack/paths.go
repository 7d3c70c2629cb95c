package pack

import (
	"context"

	"github.com/demarc-map/demarc/internal/carry"

	"github.com/paulmach/orb"
)

// Path is a list of positions.
type Path = []orb.Point

// Paths numbers paths from 1 on; those that share their memory have one number. 0 is an empty one.
type Paths struct {
	numbers map[place]uint64
	all     []Path
}

// place is where a path lies in memory.
type place struct {
	first *orb.Point
	count int
}

// NewPaths has none.
func NewPaths() *Paths { return &Paths{numbers: map[place]uint64{}} }

// Number returns the number of a path.
func (p *Paths) Number(path Path) uint64 {
	if len(path) == 0 {
		return 0
	}
	at := place{&path[0], len(path)}
	n, known := p.numbers[at]
	if !known {
		p.all = append(p.all, path)
		n = uint64(len(p.all))
		p.numbers[at] = n
	}
	return n
}

// blockPositions is about how many positions lie in a block.
const blockPositions = 1 << 16

// Write adds the paths, in blocks that are read side by side.
func (p *Paths) Write(w *Writer) {
	var begins []int // of blocks, the first path of each
	positions, room := 0, 0
	for i, path := range p.all {
		if room <= 0 {
			begins, room = append(begins, i), blockPositions
		}
		positions, room = positions+len(path), room-len(path)
	}
	head := Row{}
	head.Uint(uint64(len(begins)))
	w.Block(head.Bytes)
	for k, from := range begins {
		to := len(p.all)
		if k+1 < len(begins) {
			to = begins[k+1]
		}
		row := Row{}
		row.Uint(uint64(to - from))
		count := 0
		for _, path := range p.all[from:to] {
			count += len(path)
		}
		row.Uint(uint64(count))
		for _, path := range p.all[from:to] {
			row.path(path)
		}
		w.Block(row.Bytes)
	}
}

// ReadPaths reads what Write wrote, by so many goroutines. A path of number n is the
// nth; the first is empty.
func ReadPaths(ctx context.Context, f *File, workers int) ([]Path, error) {
	head, err := f.Block()
	if err != nil {
		return nil, err
	}
	r := NewReader(head, nil)
	count := r.Uint()
	if err := r.End(); err != nil || count > uint64(len(f.rest)) {
		return nil, ErrDamaged
	}
	blocks, err := f.Blocks(int(count))
	if err != nil {
		return nil, err
	}
	parts := make([][]Path, len(blocks))
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(workers)
	for i, block := range blocks {
		group.Go(func() (err error) {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			parts[i], err = readPaths(block)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	total := 1
	for _, part := range parts {
		total += len(part)
	}
	out := make([]Path, 1, total)
	for _, part := range parts {
		out = append(out, part...)
	}
	return out, nil
}

// readPaths reads a block. Its paths lie side by side in memory.
func readPaths(block []byte) ([]Path, error) {
	r := NewReader(block, nil)
	paths := make([]Path, r.Count(2))
	positions := make(Path, 0, r.Count(2))
	for i := range paths {
		from := len(positions)
		positions = r.path(positions)
		paths[i] = positions[from:len(positions):len(positions)]
	}
	return paths, r.End()
}
