//go:build unix && !race

package stops

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// someDays is how many states the zones of overDays have.
const someDays = 8

// overDays is a dataset whose zones begin one after the other, on so many days in
// turn, with a part of its territory for which nothing is measured when it is read.
func overDays(t testing.TB, zones []orb.MultiPolygon) *data.Snapshot {
	t.Helper()
	all := folder(zones)
	var features []string
	for k, mp := range zones {
		from := fmt.Sprintf(`"valid_from":"2026-01-%02d"`, 1+k%someDays)
		features = append(features, strings.Replace(feature(k, mp), `"valid_from":"2026-01-01"`, from, 1))
	}
	all["zones.geojson"] = []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)
	const part = `,{"type":"Feature","id":"part","properties":{"name_en":"P","source":"s","parent":"whole"},"geometry":{"type":"Polygon","coordinates":[[[-0.1,-0.1],[0.9,-0.1],[0.9,0.9],[-0.1,0.9],[-0.1,-0.1]]]}}`
	all["territories.geojson"] = []byte(strings.TrimSuffix(string(all["territories.geojson"]), "]}") + part + "]}")
	s, _, err := data.Read(context.Background(), all)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// snapshotWorks ask a snapshot of many zones on several days all that takes a context;
// what lies near a line is computed zone by zone, and is asked of few.
func snapshotWorks(t *testing.T) []work {
	s, few := overDays(t, many(4_000)), overDays(t, many(100))
	first, last := s.Epochs[0].From, s.Epochs[len(s.Epochs)-1].From
	part, half := data.Query{Of: "part", AsOf: last}, 50.0
	line := zigzag(40_000)
	other := overDays(t, many(3_900))
	things := func(yield func(data.Thing, error) bool) {
		for k := range 20_000 {
			if !yield(data.Thing{Index: k, Geometry: orb.Point{float64(k%141) / 141, float64(k/141) / 141}}, nil) {
				return
			}
		}
	}
	var all []work
	for name, do := range map[string]func(context.Context) error{
		"data.Split":  func(ctx context.Context) error { _, err := s.Split(ctx, "", line, 1000); return err },
		"data.Series": func(ctx context.Context) error { _, err := s.Series(ctx, part, 0, 0); return err },
		"data.Periods": func(ctx context.Context) error {
			_, err := s.Periods(ctx, data.PeriodsQuery{Query: part, Every: data.EveryDay})
			return err
		},
		"data.Changes": func(ctx context.Context) error {
			_, err := s.Changes(ctx, data.ChangesQuery{Of: "part", From: first, To: last})
			return err
		},
		"data.Parties": func(ctx context.Context) error { _, err := s.Parties(ctx, part); return err },
		"data.ShareInside": func(ctx context.Context) error {
			_, err := s.ShareInside(ctx, part, star(0.5, 0.5, 0.4, 10_000))
			return err
		},
		"data.Displacement": func(ctx context.Context) error {
			_, err := few.Displacement(ctx, data.DisplacementQuery{Query: part, Percent: &half})
			return err
		},
		"data.Near": func(ctx context.Context) error {
			_, err := few.Near(ctx, data.NearQuery{Query: part, WithinM: 200})
			return err
		},
		"data.HeldLand": func(ctx context.Context) error {
			_, err := s.HeldLand(ctx, data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: s.Dataset.Basis})
			return err
		},
		"data.Tally": func(ctx context.Context) error {
			_, err := few.Tally(ctx, data.TallyQuery{Query: part}, things, nil)
			return err
		},
		"data.Compare": func(ctx context.Context) error { _, err := data.Compare(ctx, other, s); return err },
	} {
		all = append(all, work{name, do, 0})
	}
	return all
}

// zigzag is a line through the whole territory that turns so often.
func zigzag(turns int) orb.LineString {
	line := orb.LineString{{-0.3, 0.5}}
	for k := range turns {
		line = append(line, orb.Point{-0.25 + 1.5*float64(k)/float64(turns), 0.5 + 0.01*float64(k%2)})
	}
	return append(line, orb.Point{1.3, 0.5})
}
