package data

import (
	"fmt"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data/pack"

	"github.com/paulmach/orb"
)

// rows reads what packer wrote of a block.
type rows struct {
	*pack.Reader
	paths []pack.Path
}

func (p *packer) interval(i Interval) {
	p.row.Int(int64(i.From))
	p.row.Int(int64(i.To))
}

func (u *rows) interval() Interval { return Interval{From: Date(u.Int()), To: Date(u.Int())} }

func (p *packer) name(t Text) {
	p.row.Uint(uint64(len(t)))
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		p.row.Known(lang)
		p.row.Known(t[lang])
	}
}

func (u *rows) name() Text {
	count := u.Count(2)
	out := make(Text, count)
	for range count {
		lang := u.Known()
		out[lang] = u.Known()
	}
	return out
}

// What a property of one's own is.
const (
	textValue = iota
	numberValue
	trueValue
	falseValue
)

func (p *packer) extra(all map[string]any) {
	p.row.Uint(uint64(len(all)))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		p.row.Known(key)
		switch v := all[key].(type) {
		case string:
			p.row.Uint(textValue)
			p.row.Known(v)
		case float64:
			p.row.Uint(numberValue)
			p.row.Float(v)
		case bool:
			kind := falseValue
			if v {
				kind = trueValue
			}
			p.row.Uint(uint64(kind))
		default:
			p.err = fmt.Errorf("%s: a %T is not packed", key, v)
		}
	}
}

func (u *rows) extra() map[string]any {
	count := u.Count(2)
	if count == 0 {
		return nil
	}
	out := make(map[string]any, count)
	for range count {
		key := u.Known()
		switch u.Uint() {
		case textValue:
			out[key] = u.Known()
		case numberValue:
			out[key] = u.Float()
		case trueValue:
			out[key] = true
		case falseValue:
			out[key] = false
		default:
			u.Err = pack.ErrDamaged
		}
	}
	return out
}

func (p *packer) point(v orb.Point) {
	p.row.Float(v[0])
	p.row.Float(v[1])
}

func (u *rows) point() orb.Point { return orb.Point{u.Float(), u.Float()} }

func (u *rows) path() pack.Path {
	n := u.Uint()
	if n >= uint64(len(u.paths)) {
		u.Err = pack.ErrDamaged
		return nil
	}
	return u.paths[n]
}

func (p *packer) polygons(all orb.MultiPolygon) {
	p.row.Uint(uint64(len(all)))
	for _, polygon := range all {
		p.row.Uint(uint64(len(polygon)))
		for _, ring := range polygon {
			p.row.Uint(p.paths.Number(ring))
		}
	}
}

func (u *rows) polygons() orb.MultiPolygon {
	out := make(orb.MultiPolygon, u.Count(1))
	for i := range out {
		out[i] = make(orb.Polygon, u.Count(1))
		for j := range out[i] {
			out[i][j] = u.path()
		}
	}
	return out
}

// The shapes of things.
const (
	pointShape = iota
	lineShape
	linesShape
	polygonsShape
)

func (p *packer) shape(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		p.row.Uint(pointShape)
		p.point(g)
	case orb.LineString:
		p.row.Uint(lineShape)
		p.row.Uint(p.paths.Number(g))
	case orb.MultiLineString:
		p.row.Uint(linesShape)
		p.row.Uint(uint64(len(g)))
		for _, line := range g {
			p.row.Uint(p.paths.Number(line))
		}
	case orb.MultiPolygon:
		p.row.Uint(polygonsShape)
		p.polygons(g)
	default:
		p.err = fmt.Errorf("a %T is not packed", g)
	}
}

func (u *rows) shape() orb.Geometry {
	switch u.Uint() {
	case pointShape:
		return u.point()
	case lineShape:
		return orb.LineString(u.path())
	case linesShape:
		out := make(orb.MultiLineString, u.Count(1))
		for i := range out {
			out[i] = u.path()
		}
		return out
	case polygonsShape:
		return u.polygons()
	}
	u.Err = pack.ErrDamaged
	return orb.Point{}
}
