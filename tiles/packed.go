package tiles

import (
	"io"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data/pack"
)

// pack writes prepared layers, all that a tileset is made from.
func (p *prepared) pack(w io.Writer, name string) error {
	out := pack.NewWriter(w, name)
	texts := pack.NewTexts()
	row := func() *pack.Row { return &pack.Row{Texts: texts} }
	head := row()
	head.Uint(uint64(len(p.layers)))
	for _, l := range p.layers {
		head.Known(l.name)
		head.Uint(uint64(l.begin))
	}
	tags := row()
	p.tags.pack(tags)
	features, parts, rings, vertices := row(), row(), row(), row()
	packEach(features, p.features, func(f *feature) {
		features.Uint(f.id)
		features.Uint(uint64(f.kind)<<2 | bit(f.hasID)<<1 | bit(f.detail))
		features.Uint(uint64(f.first))
		features.Int(int64(f.layer))
		features.Uint(uint64(f.tags))
		features.Uint(uint64(f.end))
		features.Uint(uint64(f.prerendered))
		features.Float(f.size)
	})
	packEach(parts, p.parts, func(a *part) {
		packBox(parts, a.box)
		parts.Uint(uint64(a.feature))
		parts.Uint(uint64(a.ring))
		parts.Uint(uint64(a.end))
		parts.Uint(uint64(a.thin))
	})
	packEach(rings, p.rings, func(r *ring) {
		packBox(rings, r.box)
		rings.Uint(uint64(r.begin))
		rings.Uint(uint64(r.end))
		rings.Uint(uint64(r.spans))
		rings.Float(r.area)
	})
	var last vertex
	packEach(vertices, p.vertices, func(v *vertex) {
		vertices.Int(int64(v.x) - int64(last.x))
		vertices.Int(int64(v.y) - int64(last.y))
		last = *v
	})
	rest := row()
	packEach(rest, p.moves, func(all *[]move) {
		packEach(rest, *all, func(m *move) {
			rest.Uint(uint64(m.vertex))
			rest.Int(int64(m.dx))
			rest.Int(int64(m.dy))
		})
	})
	packEach(rest, p.boxes, func(b *box) { packBox(rest, *b) })
	packEach(rest, p.prerendered, func(a *prerendered) {
		rest.Uint(uint64(a.parts.begin))
		rest.Uint(uint64(a.parts.end))
		packBox(rest, a.box)
		rest.Int(int64(a.first))
		rest.Uint(uint64(a.valid))
		for _, at := range a.at {
			rest.Int(int64(at.from.x))
			rest.Int(int64(at.from.y))
			rest.Uint(uint64(at.begin))
			rest.Uint(uint64(at.end))
		}
	})
	rest.Uint(bit(p.first != nil))
	texts.Write(out)
	for _, r := range []*pack.Row{head, tags, features, parts, rings, vertices, rest} {
		out.Block(r.Bytes)
	}
	for _, bytes := range [][]byte{p.keep, p.first, p.commands} {
		out.Block(bytes)
	}
	return out.End()
}

// unpackPrepared reads what pack wrote.
func unpackPrepared(text []byte, name string) (*prepared, error) {
	file, err := pack.Open(text, name)
	if err != nil {
		return nil, err
	}
	texts, err := pack.ReadTexts(file)
	if err != nil {
		return nil, err
	}
	blocks, err := file.Blocks(10)
	if err != nil {
		return nil, err
	}
	if err := file.End(); err != nil {
		return nil, err
	}
	p := &prepared{keep: slices.Clone(blocks[7]), commands: slices.Clone(blocks[9])}
	var failed error
	read := func(block []byte, how func(*pack.Reader)) {
		r := pack.NewReader(block, texts)
		how(r)
		if err := r.End(); err != nil {
			failed = err
		}
	}
	read(blocks[0], func(r *pack.Reader) {
		p.layers = unpackEach(r, 2, func() preparedLayer { return preparedLayer{r.Known(), int(r.Uint())} })
	})
	read(blocks[1], p.tags.unpack)
	read(blocks[2], func(r *pack.Reader) {
		p.features = unpackEach(r, 15, func() feature {
			f := feature{id: r.Uint()}
			flags := r.Uint()
			f.kind, f.hasID, f.detail = kind(flags>>2), flags&2 != 0, flags&1 != 0
			f.first, f.layer, f.tags, f.end = uint8(r.Uint()), int32(r.Int()), uint32(r.Uint()), uint32(r.Uint())
			f.prerendered, f.size = uint32(r.Uint()), r.Float()
			return f
		})
	})
	read(blocks[3], func(r *pack.Reader) {
		p.parts = unpackEach(r, 8, func() part {
			return part{box: unpackBox(r), feature: uint32(r.Uint()), ring: uint32(r.Uint()), end: uint32(r.Uint()), thin: uint32(r.Uint())}
		})
	})
	read(blocks[4], func(r *pack.Reader) {
		p.rings = unpackEach(r, 15, func() ring {
			return ring{box: unpackBox(r), begin: uint32(r.Uint()), end: uint32(r.Uint()), spans: uint32(r.Uint()), area: r.Float()}
		})
	})
	read(blocks[5], func(r *pack.Reader) {
		var last vertex
		p.vertices = unpackEach(r, 2, func() vertex {
			last = vertex{last.x + int32(r.Int()), last.y + int32(r.Int())}
			return last
		})
	})
	read(blocks[6], func(r *pack.Reader) {
		p.moves = unpackEach(r, 1, func() []move {
			return unpackEach(r, 3, func() move { return move{uint32(r.Uint()), int8(r.Int()), int8(r.Int())} })
		})
		p.boxes = unpackEach(r, 4, func() box { return unpackBox(r) })
		p.prerendered = unpackEach(r, 8, func() prerendered {
			a := prerendered{parts: span{int(r.Uint()), int(r.Uint())}, box: unpackBox(r), first: int32(r.Int()), valid: uint32(r.Uint())}
			for k := range a.at {
				a.at[k] = rendering{vertex{int32(r.Int()), int32(r.Int())}, uint32(r.Uint()), uint32(r.Uint())}
			}
			return a
		})
		if r.Uint() != 0 {
			p.first = append([]uint8{}, blocks[8]...)
		}
	})
	return p, failed
}

func (t *tagTable) pack(row *pack.Row) {
	packEach(row, t.refs, func(r *tagRef) {
		row.Uint(uint64(r.key))
		row.Uint(uint64(r.value))
	})
	packEach(row, t.keys, func(all *[]string) { row.Lines(*all) })
	packEach(row, t.values, func(all *[]string) { row.Lines(*all) })
	packEach(row, t.fields, func(all *map[string]string) {
		row.Uint(uint64(len(*all)))
		for _, key := range slices.Sorted(maps.Keys(*all)) {
			row.Known(key)
			row.Known((*all)[key])
		}
	})
}

func (t *tagTable) unpack(r *pack.Reader) {
	t.refs = unpackEach(r, 2, func() tagRef { return tagRef{uint32(r.Uint()), uint32(r.Uint())} })
	t.keys = unpackEach(r, 2, r.Lines)
	t.values = unpackEach(r, 2, r.Lines)
	t.fields = unpackEach(r, 1, func() map[string]string {
		all := map[string]string{}
		for range r.Count(2) {
			key := r.Known()
			all[key] = r.Known()
		}
		return all
	})
}

func packEach[T any](row *pack.Row, all []T, each func(*T)) {
	row.Uint(uint64(len(all)))
	for i := range all {
		each(&all[i])
	}
}

// unpackEach reads what packEach wrote, of which each takes so many bytes at least; nil for none.
func unpackEach[T any](r *pack.Reader, least int, each func() T) []T {
	count := r.Count(least)
	if count == 0 {
		return nil
	}
	all := make([]T, count)
	for i := range all {
		all[i] = each()
	}
	return all
}

func packBox(row *pack.Row, b box) {
	row.Int(int64(b.MinX))
	row.Int(int64(b.MinY))
	row.Int(int64(b.MaxX) - int64(b.MinX))
	row.Int(int64(b.MaxY) - int64(b.MinY))
}

func unpackBox(r *pack.Reader) box {
	b := box{MinX: int32(r.Int()), MinY: int32(r.Int())}
	b.MaxX, b.MaxY = b.MinX+int32(r.Int()), b.MinY+int32(r.Int())
	return b
}

func bit(v bool) uint64 {
	if v {
		return 1
	}
	return 0
}
