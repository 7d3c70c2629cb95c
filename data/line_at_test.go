package data_test

import (
	"context"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// lineAt is where a place lies by the line of a party under a reading, nil where
// the party holds nothing.
func lineAt(t testing.TB, s *data.Snapshot, p orb.Point, party, basis string, day data.Date) *data.LineAt {
	t.Helper()
	at, err := s.At(context.Background(), p, day)
	if err != nil {
		t.Fatal(err)
	}
	for _, reading := range at.Readings {
		for _, line := range reading.Lines {
			if reading.Basis == basis && line.Party == party {
				return &line
			}
		}
	}
	return nil
}

// A place that is asked about is told what a tally tells of a thing there, of
// every party under every reading.
func TestAPlaceIsToldTheLineThatThingsAreCountedBy(t *testing.T) {
	var held, unsure int
	referee.CheckUntil(t, func(rt *rapid.T) {
		s, _, err := data.Read(context.Background(), drawn.Dataset(rt))
		if err != nil {
			t.Fatal(err)
		}
		p := drawnPlace(rt)
		if len(s.Zones) > 0 && rapid.Bool().Draw(rt, "at a corner") {
			ring := rapid.SampledFrom(s.Zones).Draw(rt, "zone").Shape[0][0]
			p = ring[rapid.IntRange(0, len(ring)-1).Draw(rt, "corner")]
		}
		party := rapid.SampledFrom(s.Dataset.Parties).Draw(rt, "party").ID
		basis := rapid.SampledFrom(s.Dataset.Bases).Draw(rt, "basis").ID
		mapped := s.MappedEpochs(basis)
		if len(mapped) == 0 {
			return
		}
		day := rapid.SampledFrom(mapped).Draw(rt, "epoch").From
		_, all := toldOf(t, s, data.TallyQuery{Query: data.Query{Party: party, Basis: basis, AsOf: day}}, []data.Thing{{Geometry: p}})
		told := all[0]
		line := lineAt(t, s, p, party, basis, day)
		if line == nil {
			if told.Side == data.HeldSide || told.DistanceM != nil {
				rt.Fatalf("nothing is said of the line at %v, which is counted: %+v", p, told)
			}
			return
		}
		if line.Side != told.Side || (line.Nearest == nil) != (told.DistanceM == nil) || line.Side != data.Outside && line.Certain != told.Certain {
			rt.Fatalf("%v: %+v; counted: %+v", p, line, told)
		}
		if line.Nearest != nil && (line.Nearest.DistanceM != *told.DistanceM || line.Nearest.BearingDeg != *told.BearingDeg) {
			rt.Fatalf("%v: %+v; counted: %v m, %v°", p, line.Nearest, *told.DistanceM, *told.BearingDeg)
		}
		if line.Side == data.HeldSide {
			held++
		}
		if !line.Certain {
			unsure++
		}
	}, func() bool { return held > 0 && unsure > 0 })
}

// PostGIS measures by GeographicLib, and looks for the nearest place on a sphere:
// from the place that is said to be nearest the distance is the same, and none is
// nearer on all of the control line. The line of the reading is that line where it
// is inside the territory.
func TestPostGISMeasuresTheSameDistanceToTheLine(t *testing.T) {
	conn, ctx, s, day := referee.PostGIS(t), context.Background(), embedded(), date(t, "2026-01-20")
	i := slices.IndexFunc(s.Lines, func(l data.ControlLine) bool { return l.ID == "yellow-line" })
	for _, p := range []orb.Point{{34.40, 31.40}, {34.36, 31.42}, {34.47, 31.47}, {34.42, 31.49}, {34.35, 31.36}} {
		got := lineAt(t, s, p, "israel", "line-cut", day)
		if got == nil || got.Nearest == nil {
			t.Fatalf("%v has no line", p)
		}
		var same, least float64
		err := conn.QueryRow(ctx, `
			SELECT ST_Distance(ST_GeomFromGeoJSON($3::text)::geography, ST_GeomFromGeoJSON($2::text)::geography),
			       ST_Distance(ST_Segmentize(ST_GeomFromGeoJSON($1::text), 0.0001)::geography, ST_GeomFromGeoJSON($2::text)::geography)`,
			written(t, s.Lines[i].Shape), written(t, p), written(t, orb.Point{got.Nearest.Lon, got.Nearest.Lat})).Scan(&same, &least)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "the distance", got.Nearest.DistanceM, same, 0.001)
		near(t, "the least distance", got.Nearest.DistanceM, least, 2e-5*least)
	}
}
