// Package gen makes the datasets that bench/ measures with: the same bytes for
// the same name and seed, in the schema of docs/dataset.md. Coordinates are
// longitude and latitude in WGS 84 degrees, rounded to 1e-7, so that what is in
// memory is exactly what is in the files.
package gen

import (
	"fmt"
	"iter"

	"github.com/paulmach/orb"

	"github.com/demarc-map/demarc/tiles"
)

// Zone is a polygon held by a party.
type Zone struct {
	ID     string
	Number int // from 0, in the order of the set; also the property x_number
	Status string
	From   string // first day, as YYYY-MM-DD
	To     string // the day after the last, "" when it still holds
	Shape  orb.Polygon
}

// Party holds every zone of every set, so that a share unites all of them.
const Party = "alpha"

// Statuses that zones take in turn; both count as held.
var statuses = [...]string{"agreed", "observed"}

// Set is a dataset: a territory and its zones, which are made as they are asked for.
type Set struct {
	Name      string
	Count     int // zones
	Territory orb.Polygon
	shape     func(number int) orb.Polygon
	days      func(number int) (from, to string) // nil: each zone from FirstDay on
}

// Names lists what Named knows, from the smallest.
func Names() []string {
	return []string{"strip", "days-40", "days-769", "coast-100k", "overlap-1k", "blocks-10k", "overlap-10k", "blocks-100k", "blocks-1m"}
}

// Named returns a set by its name:
//
//	strip        60 zones of about 340 vertices in a territory the size of the Gaza Strip
//	days-769     the strip on 769 days: each zone gets a new border every 16 days, and 3 or 4 of the 60 do on any day; days-40 is its beginning
//	blocks-10k   10,000 zones of 20 vertices that tile 8° × 5°, with shared jagged borders
//	blocks-100k  the same with 100,000 zones, and blocks-1m with 1,000,000
//	coast-100k   a single zone of 100,000 vertices, rough at every scale
//	overlap-1k   1,024 zones of 32 vertices thrown over one degree, each over several others
//	overlap-10k  the same with 10,000 zones
func Named(name string, seed uint64) (Set, error) {
	country := frame{origin: orb.Point{27.3, 46.1}, along: orb.Point{8, 0}, across: orb.Point{0, 5}}
	var s Set
	switch name {
	case "strip":
		s = blocks(grid{frame: strip, columns: 15, rows: 4, steps: 84, seed: seed})
	case "days-40":
		s = days(grid{frame: strip, columns: 15, rows: 4, steps: 84, seed: seed}, 40)
	case "days-769":
		s = days(grid{frame: strip, columns: 15, rows: 4, steps: 84, seed: seed}, 769)
	case "blocks-10k":
		s = blocks(grid{frame: country, columns: 125, rows: 80, steps: 5, seed: seed})
	case "blocks-100k":
		s = blocks(grid{frame: country, columns: 400, rows: 250, steps: 5, seed: seed})
	case "blocks-1m":
		s = blocks(grid{frame: country, columns: 1250, rows: 800, steps: 5, seed: seed})
	case "coast-100k":
		s = coast(100_000, orb.Point{31.3, 48.6}, 3, seed)
	case "overlap-1k":
		s = scatter(1_024, seed)
	case "overlap-10k":
		s = scatter(10_000, seed)
	default:
		return Set{}, fmt.Errorf("no set %q: it is one of %v", name, Names())
	}
	s.Name = name
	return s, nil
}

// Zones gives the zones in the order of their numbers.
func (s *Set) Zones() iter.Seq[Zone] {
	return func(yield func(Zone) bool) {
		for i := range s.Count {
			z := Zone{ID: fmt.Sprintf("zone-%d", i), Number: i, Status: statuses[i%len(statuses)], From: FirstDay, Shape: s.shape(i)}
			if s.days != nil {
				z.From, z.To = s.days(i)
			}
			if !yield(z) {
				return
			}
		}
	}
}

// Layer returns the zones as a layer of tiles, tagged with what every
// contestant of the tile rows writes.
func (s *Set) Layer() tiles.Layer {
	layer := tiles.Layer{Name: "zones", Features: make([]tiles.Feature, 0, s.Count)}
	for z := range s.Zones() {
		layer.Features = append(layer.Features, tiles.Feature{ID: z.ID, Geometry: z.Shape, Tags: []tiles.Tag{
			{Key: "id", Value: z.ID}, {Key: "party", Value: Party}, {Key: "status", Value: z.Status}, {Key: "x_number", Value: z.Number}}})
	}
	return layer
}

// Shapes returns the polygons of all zones as one multipolygon; they may overlap.
func (s *Set) Shapes() orb.MultiPolygon {
	all := make(orb.MultiPolygon, 0, s.Count)
	for z := range s.Zones() {
		all = append(all, z.Shape)
	}
	return all
}
