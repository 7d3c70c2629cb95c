package arrange

// bender decides which segments bend to which pixels.
//
// Hobby bends every segment to every hot pixel in its way, which moves edges
// that nothing crosses and makes a second run move them again. Here a segment
// bends only where that is needed:
//
//   - a pixel with a crossing is active;
//   - a segment bends to every active pixel that it passes off centre, and then
//     makes every other hot pixel that it passes off centre active;
//   - a segment that passes through a centre is cut there and stays in place.
//
// The proof of Hobby carries over. Let all bent segments move to their new
// places at constant speed. The first contact would be of a vertex, moving from x
// in its pixel to the centre p, with a segment point moving from y by the vector
// d; p−x and d are in (−½, ½]², hence p−y = (1−τ)(p−x)+τd as well, and the
// segment passes through that pixel. Either it moves, and bends there, or it
// stands still, and the contact is at the centre, where it is cut. So input
// without crossings stays as it is, and noding twice changes nothing.
type bender struct {
	active  []bool  // by hot pixel
	bent    []bool  // by segment
	byPixel []int32 // pixel h has passes byPixel[h] to byPixel[h+1]
	bySeg   []int32 // segment i has passes order[bySeg[i]:bySeg[i+1]]
	order   []int32
	moved   bool    // a segment was bent everywhere
	queue   []int32 // active pixels whose segments are not bent yet
}

// pass says that a segment passes through a hot pixel, and whether through its
// very centre. The ends of a segment are left out.
type pass struct {
	seg    int32
	hot    int32
	centre bool
}

// load finds the passes of every pixel and of every segment.
func (b *bender) load(segs, hot int, passes []pass) {
	b.byPixel = append(b.byPixel[:0], make([]int32, hot+1)...)
	b.bySeg = append(b.bySeg[:0], make([]int32, segs+1)...)
	for _, p := range passes {
		b.byPixel[p.hot+1]++
		b.bySeg[p.seg+1]++
	}
	for h := range hot {
		b.byPixel[h+1] += b.byPixel[h]
	}
	for i := range segs {
		b.bySeg[i+1] += b.bySeg[i]
	}
	b.order = append(b.order[:0], make([]int32, len(passes))...)
	for k := len(passes) - 1; k >= 0; k-- {
		i := passes[k].seg + 1
		b.bySeg[i]--
		b.order[b.bySeg[i]] = int32(k)
	}
	copy(b.bySeg, b.bySeg[1:])
	b.bySeg[segs] = int32(len(passes))
}

// spread activates pixels and bends segments until nothing changes. Everywhere
// asks for the rule of Hobby: all pixels are active.
func (b *bender) spread(hot, crossings []key, passes []pass, everywhere bool) {
	b.active = append(b.active[:0], make([]bool, len(hot))...)
	b.bent = append(b.bent[:0], make([]bool, len(b.bySeg)-1)...)
	b.queue = b.queue[:0]
	b.moved = false
	if everywhere {
		for i := range b.active {
			b.active[i] = true
		}
		for _, p := range passes {
			b.moved = b.moved || !p.centre
		}
		return
	}
	h := 0
	for _, k := range crossings {
		for hot[h] != k {
			h++
		}
		b.active[h] = true
		b.queue = append(b.queue, int32(h))
	}
	for len(b.queue) > 0 {
		h := b.queue[len(b.queue)-1]
		b.queue = b.queue[:len(b.queue)-1]
		for _, p := range passes[b.byPixel[h]:b.byPixel[h+1]] {
			if p.centre || b.bent[p.seg] {
				continue
			}
			b.bent[p.seg] = true
			for _, k := range b.passesOf(int(p.seg)) {
				if q := passes[k]; !q.centre && !b.active[q.hot] {
					b.active[q.hot] = true
					b.queue = append(b.queue, q.hot)
				}
			}
		}
	}
}

// passesOf returns the passes of a segment, in the order of the hot pixels.
func (b *bender) passesOf(seg int) []int32 { return b.order[b.bySeg[seg]:b.bySeg[seg+1]] }
