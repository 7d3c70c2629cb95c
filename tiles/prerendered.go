package tiles

// prerendered is what is prerendered of one feature.
type prerendered struct {
	parts span
	box   box
	first int32  // the first zoom, which may be one that the tileset has not
	valid uint32 // bit k: at zoom first + k the rings do not meet as they are
	at    [prerenderZooms]rendering
}

// rendering is a feature at one zoom; without commands it is not prerendered.
type rendering struct {
	from       vertex // its first point, in tile units from the corner of the map
	begin, end uint32 // range of prepared.commands: what follows the first point
}

// bytes is how many bytes of commands are prerendered.
func (a *prerendered) bytes() (n int) {
	for _, w := range a.at {
		n += int(w.end - w.begin)
	}
	return n
}

// zoom returns which of the zooms that a feature is prerendered for a zoom is.
func (a *prerendered) zoom(z uint8) (k int32, ok bool) {
	k = int32(z) - a.first
	return k, k >= 0 && k < prerenderZooms
}

// rendering returns what was prerendered of a feature for a view that shows all of it.
func (p *prepared) rendering(f *feature, v *view) (w rendering, ok bool) {
	if f.prerendered == 0 {
		return w, false
	}
	a := &p.prerendered[f.prerendered-1]
	k, ok := a.zoom(v.zoom)
	if !ok || a.at[k].begin == a.at[k].end || !v.within(a.box) {
		return w, false
	}
	return a.at[k], true
}

// knownValid reports whether the rings of a feature are known not to meet at a zoom.
func (p *prepared) knownValid(f *feature, zoom uint8) bool {
	if f.prerendered == 0 {
		return false
	}
	a := &p.prerendered[f.prerendered-1]
	k, ok := a.zoom(zoom)
	return ok && a.valid>>k&1 != 0
}
