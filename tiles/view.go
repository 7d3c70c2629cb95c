package tiles

// view is how a tile sees the grid: its zoom, and where its corner is.
type view struct {
	zoom   uint8
	shift  int   // the grid halves this often to become tile units
	x, y   int64 // upper left corner of the tile, in tile units of the zoom
	window window
}

func (o *Options) view(z, x, y uint32) view {
	extent, buffer := int64(o.Extent), int64(o.Buffer)
	return view{
		zoom: uint8(z), shift: o.shift(z), x: int64(x) * extent, y: int64(y) * extent,
		window: window{lo: -buffer, hi: extent + buffer},
	}
}

// snap returns the tile units nearest to a vertex; halves go right and down.
func (v *view) snap(p vertex) point {
	half := int64(1) << v.shift >> 1
	return point{X: (int64(p.x)+half)>>v.shift - v.x, Y: (int64(p.y)+half)>>v.shift - v.y}
}

// place returns where a point is, in tile units from the corner of the map.
func (v *view) place(p point) vertex { return vertex{int32(p.X + v.x), int32(p.Y + v.y)} }

// point is the opposite of place.
func (v *view) point(p vertex) point { return point{X: int64(p.x) - v.x, Y: int64(p.y) - v.y} }

// beside returns the sides of the window that everything in a box lies beyond.
func (v *view) beside(b box) side {
	return v.window.side(v.snap(vertex{b.MinX, b.MinY})) & v.window.side(v.snap(vertex{b.MaxX, b.MaxY}))
}

// within reports whether a box lies inside the window with all it contains.
func (v *view) within(b box) bool {
	return v.window.side(v.snap(vertex{b.MinX, b.MinY}))|v.window.side(v.snap(vertex{b.MaxX, b.MaxY})) == 0
}

// search returns the grid box that holds whatever can snap into the window.
func (v *view) search() box {
	lo, hi := v.window.lo-1, v.window.hi+1
	return box{MinX: toGrid(v.x+lo, v.shift), MinY: toGrid(v.y+lo, v.shift), MaxX: toGrid(v.x+hi, v.shift), MaxY: toGrid(v.y+hi, v.shift)}
}

func toGrid(units int64, shift int) int32 {
	return int32(min(max(units<<shift, -gridSize), 2*gridSize-1))
}
