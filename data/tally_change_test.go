package data_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawnPlace is a place in or beside a drawn territory.
func drawnPlace(t *rapid.T) orb.Point {
	return orb.Point{34 + float64(rapid.IntRange(80, 520).Draw(t, "x"))/1000, 31 + float64(rapid.IntRange(80, 520).Draw(t, "y"))/1000}
}

// toldOf is a tally with what it tells of each thing.
func toldOf(t testing.TB, s *data.Snapshot, q data.TallyQuery, things []data.Thing) (*data.Tally, []data.TallyThing) {
	t.Helper()
	var told []data.TallyThing
	got, err := s.Tally(context.Background(), q, listed(things), func(a *data.TallyThing) error {
		told = append(told, *a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, told
}

// Things change sides on the days on which tallies of the days have them on other sides.
func TestAThingChangesSidesOnTheDaysThatTalliesSay(t *testing.T) {
	changes := 0
	referee.CheckUntil(t, func(rt *rapid.T) {
		s, _, err := data.Read(context.Background(), drawn.Dataset(rt))
		if err != nil {
			t.Fatal(err)
		}
		var things []data.Thing
		for i := range rapid.IntRange(1, 12).Draw(rt, "things") {
			place := drawnPlace(rt)
			if rapid.Bool().Draw(rt, "in a zone") {
				zone := rapid.SampledFrom(s.Zones).Draw(rt, "zone").Shape.Bound()
				place = orb.Point{zone.Min[0] + (zone.Max[0]-zone.Min[0])/8, zone.Min[1] + (zone.Max[1]-zone.Min[1])/8}
			}
			things = append(things, data.Thing{Index: i, Geometry: place})
		}
		party := rapid.SampledFrom(s.Dataset.Parties).Draw(rt, "party").ID
		basis := rapid.SampledFrom(s.Dataset.Bases).Draw(rt, "basis").ID
		mapped := s.MappedEpochs(basis)
		if len(mapped) == 0 {
			return
		}
		want, before := make([][]data.SideChange, len(things)), []data.TallyThing(nil)
		for k, e := range mapped {
			_, now := toldOf(t, s, data.TallyQuery{Query: data.Query{Party: party, Basis: basis, AsOf: e.From}}, things)
			for i := range things {
				if k > 0 && now[i].Side != before[i].Side {
					want[i] = append(want[i], data.SideChange{Day: e.From, From: before[i].Side, To: now[i].Side,
						AfterGap: mapped[k-1].To != e.From, Certain: before[i].Certain && now[i].Certain})
				}
			}
			before = now
		}
		got, told := toldOf(t, s, data.TallyQuery{Query: data.Query{Party: party, Basis: basis, AsOf: mapped[0].From}, From: mapped[0].From}, things)
		changed, flown := 0, 0
		for i := range things {
			if !reflect.DeepEqual(told[i].Changes, want[i]) {
				rt.Fatalf("thing %d: %+v, not %+v", i, told[i].Changes, want[i])
			}
			flown -= len(want[i])
			if len(want[i]) > 0 {
				changed++
			}
		}
		for _, d := range got.Along.Days {
			for _, f := range d.Flows {
				if f.From == f.To || f.Certain > f.Things || f.Number != float64(f.Things) {
					rt.Fatalf("%s: %+v", d.Day, f)
				}
				flown += f.Things
				changes += f.Things
			}
		}
		if flown != 0 || changed != got.Along.Things {
			rt.Fatalf("%d changes too many are summed, %d of %d things change", flown, got.Along.Things, changed)
		}
	}, func() bool { return changes > 0 })
}

// 222 schools lie behind the yellow line and 356 behind the orange one.
func TestSchoolsThatLieBetweenTwoLinesFlow(t *testing.T) {
	schools := referenceThings(t, "gaza/osm-schools-2024-11-20.geojson", nil)
	day := date(t, "2026-10-01")
	got, told := toldOf(t, embedded(), data.TallyQuery{Query: data.Query{Basis: "traced", AsOf: day}, Against: "restricted"}, schools)
	differ := 0
	for _, a := range told {
		if a.Against != a.Side {
			differ++
		}
	}
	a := got.Against
	if a == nil || a.Things != differ || len(a.Flows) != 1 || a.Things != 356-222 {
		t.Fatalf("%+v, %d things differ", a, differ)
	}
	if f := a.Flows[0]; f.From != data.FreeSide || f.To != data.HeldSide || f.Number != 356-222 || f.Certain >= f.Things || f.Certain == 0 {
		t.Errorf("%+v", f)
	}
}

func TestAComparisonThatCannotBeIsRefused(t *testing.T) {
	day := date(t, "2026-10-01")
	things := []data.Thing{{Geometry: orb.Point{34.4, 31.4}}}
	for _, c := range []struct {
		q    data.TallyQuery
		want error
	}{
		{data.TallyQuery{Against: "nobody's"}, data.ErrUnknown},
		{data.TallyQuery{From: day, To: day}, data.ErrQuestion},
	} {
		c.q.AsOf = day
		if _, err := embedded().Tally(context.Background(), c.q, listed(things), nil); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.q, err)
		}
	}
	q := data.TallyQuery{Query: data.Query{AsOf: day, Basis: "traced"}, To: date(t, "2020-01-01")}
	if _, err := embedded().Tally(context.Background(), q, listed(things), nil); !errors.As(err, new(*data.NotMapped)) {
		t.Errorf("days that nothing maps: %v", err)
	}
}
