package tiles

import (
	"cmp"
	"slices"
)

// OmittedLayer is the name of the layer that a tile ends with when the size
// budget (Options.MaxBytes and MaxFeatures) left features out, or when zones that
// count are too many and too small to be there one by one. It holds one point, in
// the middle of the tile, with these tags: "dropped", how many features the
// budget left out, the smallest first; "merged", how many polygons are too small
// to be drawn on their own; and where there are any "small", how many polygons
// of zones come at a later zoom, and are here in the layer of held land alone.
// MVT has no tags of a whole tile, and every decoder reads a layer more.
const OmittedLayer = "omitted"

const (
	omittedBytes = 128 // no less than the layer takes
	leastFeature = 12  // bytes that a feature takes at the least
)

// budget is the memory for choosing what to keep.
type budget struct {
	order []int32
	sizes []float64
	kept  []drawn
}

// choose returns the largest of the features drawn that fit in the budget, in their order.
func (c *canvas) choose() []drawn {
	p, o, b := c.prepared, c.options, &c.budget
	b.order = b.order[:0]
	for i := range c.drawn {
		b.order = append(b.order, int32(i))
	}
	slices.SortFunc(b.order, func(i, j int32) int {
		return cmp.Or(cmp.Compare(p.features[c.drawn[j].feature].size, p.features[c.drawn[i].feature].size), cmp.Compare(i, j))
	})
	count, bytes := 0, omittedBytes
	type use struct {
		layer  int32
		number uint32
	}
	layers, keys, values := map[int32]bool{}, map[use]bool{}, map[use]bool{} // what is paid for
	for _, i := range b.order {
		f := &p.features[c.drawn[i].feature]
		if !layers[f.layer] {
			layers[f.layer] = true
			bytes += layerBytes(p.layers[f.layer].name)
		}
		tags := p.tags.refs[f.tags:f.end]
		bytes += c.drawn[i].bytes
		for _, t := range tags {
			if k := (use{f.layer, t.key}); !keys[k] {
				keys[k] = true
				bytes += fieldBytes(len(p.tags.keys[f.layer][t.key]))
			}
			if v := (use{f.layer, t.value}); !values[v] {
				values[v] = true
				bytes += fieldBytes(len(p.tags.values[f.layer][t.value]))
			}
		}
		if bytes > o.MaxBytes || count == o.MaxFeatures {
			break
		}
		count++
	}
	kept := b.order[:count]
	slices.Sort(kept)
	b.kept = b.kept[:0]
	for _, i := range kept {
		b.kept = append(b.kept, c.drawn[i])
	}
	return b.kept
}

// fieldBytes and layerBytes are the most that a field of n bytes and an empty
// layer take in a tile of less than 256 MB.
func fieldBytes(n int) int { return 5 + n }

func layerBytes(name string) int {
	const version, extent = 2, 6
	return fieldBytes(version + extent + fieldBytes(len(name)))
}

// preselect returns the parts of no more features than could possibly fit, so
// that a tile of a very large set costs no more than a full one: the smallest
// are left out before anything is drawn. Features smaller than a tile unit pass:
// they cost little, and what they add up to decides what is drawn of them.
func (c *canvas) preselect(parts []uint32) (kept []uint32, dropped int) {
	p, o, b := c.prepared, c.options, &c.budget
	limit := min(o.MaxFeatures, o.MaxBytes/leastFeature)
	if len(parts) <= limit {
		return parts, 0
	}
	unit := float64(int64(1) << c.view.shift)
	b.sizes = b.sizes[:0]
	last := int64(-1)
	for _, i := range parts {
		f := p.parts[i].feature
		if size := p.features[f].size; int64(f) != last && size >= unit*unit {
			b.sizes = append(b.sizes, size)
		}
		last = int64(f)
	}
	if len(b.sizes) <= limit {
		return parts, 0
	}
	slices.Sort(b.sizes)
	least := b.sizes[len(b.sizes)-limit] // the size of the smallest that is kept
	last = -1
	kept = parts[:0]
	for _, i := range parts {
		f := p.parts[i].feature
		size := p.features[f].size
		if size >= unit*unit && size < least {
			if int64(f) != last {
				dropped++
			}
		} else {
			kept = append(kept, i)
		}
		last = int64(f)
	}
	return kept, dropped
}

// appendOmitted appends the layer that says what a tile leaves out.
func appendOmitted(tile []byte, notes Notes, extent uint32) []byte {
	var g geometry
	g.points([]point{{X: int64(extent / 2), Y: int64(extent / 2)}})
	keys, counts, refs := []string{"dropped", "merged"}, []int{notes.Dropped, notes.Merged}, []tagRef{{0, 0}, {1, 1}}
	if notes.Small > 0 {
		keys, counts, refs = append(keys, "small"), append(counts, notes.Small), append(refs, tagRef{2, 2})
	}
	var values []string
	for _, n := range counts {
		values = append(values, string(appendInteger(nil, int64(n))))
	}
	var w layerWriter
	w.reset(len(keys), len(values))
	w.feature(&feature{kind: points}, refs, g.bytes)
	return w.appendLayer(tile, OmittedLayer, keys, values, extent)
}
