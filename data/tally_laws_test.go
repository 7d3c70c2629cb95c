package data_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawnThings are points, lines and polygons in and beside a drawn territory.
func drawnThings(t *rapid.T) []data.Thing {
	var out []data.Thing
	for i := range rapid.IntRange(1, 12).Draw(t, "things") {
		a := drawnPlace(t)
		thing := data.Thing{Index: i, Geometry: a, Properties: map[string]jsontext.Value{"beds": jsontext.Value("7")}}
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 1:
			thing.Geometry = orb.LineString{a, drawnPlace(t)}
		case 2:
			thing.Geometry = orb.Bound{Min: a, Max: orb.Point{a[0] + 0.03, a[1] + 0.02}}.ToPolygon()
		}
		out = append(out, thing)
	}
	return out
}

// without are the files of a dataset without one of its zones, and a query about what that zone holds.
func without(t *rapid.T, files fs.FS) (fs.FS, data.Query, bool) {
	var zones struct {
		Type     string            `json:"type"`
		Features []json.RawMessage `json:"features"`
	}
	text, err := fs.ReadFile(files, "zones.geojson")
	if err == nil {
		err = json.Unmarshal(text, &zones)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(zones.Features) < 2 {
		return nil, data.Query{}, false
	}
	n := rapid.IntRange(1, len(zones.Features)-1).Draw(t, "the zone left out")
	var left struct {
		Properties struct {
			Party, Basis string
			From         data.Date `json:"valid_from"`
		}
	}
	if err := json.Unmarshal(zones.Features[n], &left); err != nil {
		t.Fatal(err)
	}
	about := data.Query{Party: left.Properties.Party, Basis: left.Properties.Basis, AsOf: left.Properties.From}
	zones.Features = slices.Delete(zones.Features, n, n+1)
	if text, err = json.Marshal(zones); err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, name := range []string{"dataset.json", "territories.geojson", "control_lines.geojson"} {
		if content, err := fs.ReadFile(files, name); err == nil {
			out[name] = &fstest.MapFile{Data: content}
		}
	}
	out["zones.geojson"] = &fstest.MapFile{Data: text}
	return out, about, true
}

func TestAnotherZoneNeverLowersWhatIsHeld(t *testing.T) {
	grown := 0
	referee.CheckUntil(t, func(rt *rapid.T) {
		files := drawn.Dataset(rt)
		fewer, about, ok := without(rt, files)
		if !ok {
			return
		}
		things, byArea := drawnThings(rt), rapid.Bool().Draw(rt, "by area")
		var held [2]data.Amounts
		for i, files := range []fs.FS{fewer, files} {
			s, _, err := data.Read(context.Background(), files)
			if err != nil {
				rt.Fatal(err)
			}
			got, err := s.Tally(context.Background(), data.TallyQuery{Query: about, Weight: "beds", ByArea: byArea}, listed(things), nil)
			if errors.As(err, new(*data.NotMapped)) {
				return
			}
			if err != nil {
				rt.Fatal(err)
			}
			held[i] = got.Readings[0].Total.Held.Value
		}
		for _, amount := range [][2]float64{{held[0].Number, held[1].Number}, {held[0].Km, held[1].Km}, {held[0].Km2, held[1].Km2}, {held[0].Weight, held[1].Weight}} {
			if amount[1] < amount[0]-1e-7*(1+amount[0]) {
				rt.Fatalf("%+v with one zone fewer, %+v with it", held[0], held[1])
			}
		}
		if held[1].Number > held[0].Number || held[1].Km > held[0].Km+1e-3 || held[1].Km2 > held[0].Km2+1e-3 {
			grown++
		}
	}, func() bool { return grown > 0 })
}

func TestMovingAThingChangesOnlyItsOwnRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _, err := data.Read(context.Background(), drawn.Dataset(t))
		if err != nil {
			t.Fatal(err)
		}
		things := drawnThings(t)
		q := data.TallyQuery{Query: data.Query{AsOf: rapid.SampledFrom(s.Epochs).Draw(t, "epoch").From}, WithinM: 300}
		tell := func() []data.TallyThing {
			var told []data.TallyThing
			if _, err := s.Tally(context.Background(), q, listed(things), func(a *data.TallyThing) error { told = append(told, *a); return nil }); err != nil {
				t.Skip(err) // the day is not mapped
			}
			return told
		}
		before := tell()
		moved := rapid.IntRange(0, len(things)-1).Draw(t, "moved")
		things[moved].Geometry = drawnPlace(t)
		after := tell()
		for i := range things {
			if i != moved && !reflect.DeepEqual(before[i], after[i]) {
				t.Fatalf("thing %d: %+v, then %+v", i, before[i], after[i])
			}
		}
	})
}

// A tally with distances, one without, one thing by thing, and one under each
// reading in turn agree; and equal weights are counts.
func TestTheWayOfAskingChangesNoTally(t *testing.T) {
	things := randomThings(5_000)
	for i := range things {
		things[i].Properties = map[string]jsontext.Value{"one": jsontext.Value("1")}
	}
	q := data.TallyQuery{Query: data.Query{AsOf: date(t, "2026-10-01"), Basis: "traced"}, Weight: "one", WithinM: 400}
	got, told := toldOf(t, embedded(), q, things)
	totals, err := embedded().Tally(context.Background(), q, listed(things), nil)
	if err != nil || !reflect.DeepEqual(got, totals) {
		t.Errorf("with distances %+v, without %+v, %v", got, totals, err)
	}
	r := got.Readings[0].Total
	for _, a := range []data.Amounts{r.All, r.Held.Low, r.Held.Value, r.Held.High, r.Free.Low, r.Free.Value, r.Free.High, r.Outside, r.NearHeld, r.NearFree} {
		if a.Number != a.Weight {
			t.Errorf("%g things of weight 1 weigh %g", a.Number, a.Weight)
		}
	}
	q.Basis = "restricted"
	other, swapped := toldOf(t, embedded(), q, things)
	if !reflect.DeepEqual(other.Readings[0].Total, got.Readings[slices.IndexFunc(got.Readings, func(r data.TallyReading) bool { return r.Basis == "restricted" })].Total) {
		t.Error("a reading counts otherwise when it is asked for")
	}
	var low, near float64
	for i, a := range told {
		if a.Side == data.HeldSide && a.Certain {
			low++
		}
		if a.Side != data.Outside && *a.DistanceM <= 400 {
			near++
		}
		if a.Certain != (*a.DistanceM > got.Readings[0].AccuracyM) || math.IsNaN(*a.DistanceM) || swapped[i].Thing.Index != i {
			t.Fatalf("%+v", a)
		}
	}
	if low != r.Held.Low.Number || near != r.NearHeld.Number+r.NearFree.Number || near == 0 {
		t.Errorf("%g certainly held and %g near, not %+v", low, near, r)
	}
}
