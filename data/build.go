package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/carry"

	"github.com/paulmach/orb"
)

// builder derives from what was read what questions need.
type builder struct {
	snapshot *Snapshot
	workers  int // goroutines that geometry may take
	report   *Report
}

// build fills in the snapshot. What is wrong with the geometry goes to the
// report; an error means that the work was cut short.
func (b *builder) build(ctx context.Context) error {
	b.snapshot.sort()
	contents := b.snapshot.Contents // what is derived from lines comes after the zones that the name sees
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(min(b.workers, 2)) // one after the other when there is one worker
	var name string
	group.Go(func() (err error) {
		name, err = contents.hash()
		return err
	})
	group.Go(func() error { return b.derive(ctx) })
	err := group.Wait()
	b.snapshot.name = name
	return err
}

// hash returns the name: "sha256:" and the hash of the canonical bytes.
func (c *Contents) hash() (string, error) {
	hash := sha256.New()
	err := c.writeCanonical(hash)
	return "sha256:" + hex.EncodeToString(hash.Sum(nil)), err
}

// derive measures, cuts time into epochs, indexes and inspects.
func (b *builder) derive(ctx context.Context) (err error) {
	s := b.snapshot
	for i := range s.Territories {
		t := &s.Territories[i]
		if t.AreaM2, err = geo.Area(t.Shape); err != nil {
			b.report.Refuse(Fault{File: territoriesFile, Feature: t.ID, Rule: "not-measurable", Detail: err.Error()})
		}
	}
	b.lieInside()
	if err := b.addLineZones(ctx); err != nil {
		return err
	}
	cutTime(s)
	if len(b.report.Faults) > 0 {
		return nil
	}
	headlines, err := computeHeadlines(ctx, s, b.workers)
	if err != nil {
		return err
	}
	s.headline = headlines.figures
	if s.Quality, err = inspect(ctx, s, headlines, b.workers); err != nil {
		return err
	}
	headlines.agree(b.report)
	return nil
}

// cutTime derives what takes no time.
func cutTime(s *Snapshot) {
	s.Epochs, s.sources = epochs(&s.Contents), datedSources(s.Dataset.Sources)
	s.readings = readings(s)
}

// lieInside faults a zone, line or thing that lies outside every territory but would
// not with its axes swapped, and a dataset in which all zones and lines lie outside,
// which is how a foreign grid shows. Other zones outside are noted (findOutside).
func (b *builder) lieInside() {
	s := b.snapshot
	all := s.Territories[0].Shape.Bound()
	for _, t := range s.Territories {
		all = all.Union(t.Shape.Bound())
	}
	var outside []Fault
	check := func(file, id string, g orb.Geometry) {
		box := g.Bound()
		if box.Intersects(all) {
			return
		}
		fault := Fault{File: file, Feature: id, Rule: "outside", Place: geojson.Near("", box.Center()), Detail: "everything lies outside the territories"}
		swapped := orb.Bound{Min: orb.Point{box.Min[1], box.Min[0]}, Max: orb.Point{box.Max[1], box.Max[0]}}
		if swapped.Intersects(all) {
			fault.Rule, fault.Detail = "swapped-axes", "latitude and longitude are swapped: the order is longitude, latitude"
			b.report.Refuse(fault)
		}
		outside = append(outside, fault)
	}
	for _, z := range s.Zones {
		check(zonesFile, z.ID, z.Shape)
	}
	for _, l := range s.Lines {
		check(linesFile, l.ID, l.Shape)
	}
	if len(outside) == len(s.Zones)+len(s.Lines) && outside[0].Rule == "outside" {
		b.report.Refuse(outside[0])
	}
	for _, t := range s.Things { // which may lie outside: a tally counts them there
		check(thingsFile, t.ID, t.Shape)
	}
}
