package data

import (
	"slices"

	"github.com/demarc-map/demarc/geojson"
)

// Size is how much sections of an edition show.
type Size struct {
	Features  int
	Positions int // of their shapes, those that close rings included
	Text      int // bytes of the texts of their properties
}

// Size says how much the named sections of an edition show, all of them where
// none is named. It holds no more than one feature at once.
func (s *Snapshot) Size(e Edition, sections ...string) Size {
	var size Size
	for _, kind := range s.kinds() {
		if len(sections) > 0 && !slices.Contains(sections, kind.section) {
			continue
		}
		for i := range kind.count {
			if !kind.shown(i, e) {
				continue
			}
			item := kind.whole(i)
			size.Features++
			size.Positions += geojson.Positions(item.Shape)
			size.Text += textOf(item.Properties)
		}
	}
	return size
}

// textOf is how many bytes the texts of a property have, names of members included.
func textOf(value any) int {
	n := 0
	switch v := value.(type) {
	case string:
		n = len(v)
	case []any:
		for _, each := range v {
			n += textOf(each)
		}
	case map[string]any:
		for name, each := range v {
			n += len(name) + textOf(each)
		}
	}
	return n
}
