package data_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"

	"pgregory.net/rapid"
)

// mappedDays says for which days reading a of a drawn dataset is complete.
func mappedDays(t *rapid.T, runs []data.Interval) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		text, err := json.Marshal(runs)
		if err != nil {
			t.Fatal(err)
		}
		whole := string(files["dataset.json"].Data)
		with := strings.Replace(whole, `"meaning":{"en":"A"}`, `"meaning":{"en":"A"},"mapped":`+string(text), 1)
		if with == whole {
			t.Fatal("the reading was not found")
		}
		files["dataset.json"] = &fstest.MapFile{Data: []byte(with)}
	}
}

// drawMapped draws runs of days from before the first zone to after the last; none at times.
func drawMapped(t *rapid.T) []data.Interval {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) data.Interval {
		run := data.Interval{From: data.DateOf(epochStart) + data.Date(rapid.IntRange(-10, 40).Draw(t, "mapped from"))}
		if rapid.Bool().Draw(t, "mapped to an end") {
			run.To = run.From + data.Date(rapid.IntRange(1, 20).Draw(t, "mapped days"))
		}
		return run
	}), 0, 3).Draw(t, "mapped")
}

func drawKnown(t *rapid.T) []drawnZone {
	zones := drawZones(t)
	for i := range zones {
		zones[i].status = rapid.SampledFrom([]string{"observed", "claimed"}).Draw(t, "status")
		zones[i].party = rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "party")
	}
	return zones
}

func TestASeriesAndSingleSharesSayTheSameWhateverIsMapped(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		runs := drawMapped(t)
		s := place(t, drawKnown(t), mappedDays(t, runs))
		series, err := s.Series(ctx, data.Query{Basis: "a"}, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		for asOf := data.DateOf(epochStart) - 12; asOf < data.DateOf(epochStart)+70; asOf += data.Date(rapid.IntRange(1, 5).Draw(t, "step")) {
			k := slices.IndexFunc(series.Rows, func(r data.Row) bool { return data.Interval{From: r.From, To: r.To}.Contains(asOf) })
			mapped := k >= 0 && !series.Rows[k].Gap
			if len(runs) > 0 && mapped != slices.ContainsFunc(runs, func(r data.Interval) bool { return r.Contains(asOf) }) {
				t.Fatalf("%s is mapped: %v, of the runs %v", asOf, mapped, runs)
			}
			share, err := s.Share(ctx, data.Query{Basis: "a", AsOf: asOf})
			edition, noEdition := s.Edition("a", asOf)
			if !mapped {
				var gap *data.NotMapped
				if !errors.As(err, &gap) || !errors.As(noEdition, &gap) {
					t.Fatalf("the series has nothing on %s, a share says %v, an edition %v", asOf, err, noEdition)
				}
				continue
			}
			row := series.Rows[k]
			if err != nil || noEdition != nil || !edition.Epoch.Contains(asOf) {
				t.Fatalf("%s is mapped in the series, yet: %v, %v, %v", asOf, err, noEdition, edition)
			}
			if share.Percent != *row.Percent || share.Epoch != (data.Epoch{From: row.From, To: row.To}) || share.Evidence.Newest != row.Evidence.Newest || !slices.Equal(share.Features, row.Features) {
				t.Fatalf("on %s the share is %+v, in the series %+v", asOf, share, row)
			}
		}
	})
}

func TestWhatChangesUnderAnotherReadingCutsNothing(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		zones, runs := drawKnown(t), drawMapped(t)
		ask := func(zones []drawnZone) data.Series {
			series, err := place(t, zones, mappedDays(t, runs)).Series(ctx, data.Query{Basis: "a"}, 0, 0)
			if err != nil {
				t.Fatal(err)
			}
			series.Snapshot = ""
			return series
		}
		more := zones[:len(zones):len(zones)]
		for range rapid.IntRange(1, 4).Draw(t, "more") {
			more = append(more, drawnZone{rectangle: drawRectangle(t, "of b"), basis: "b", from: rapid.IntRange(-5, 40).Draw(t, "from")})
		}
		before, after := ask(zones), ask(more)
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("zones under b change the series under a:\n%+v\n%+v", before, after)
		}
		cuts := map[data.Date]bool{} // where something of a changes
		for _, z := range zones {
			if z.basis == "a" {
				cuts[data.DateOf(epochStart)+data.Date(z.from)] = true
				if z.to != 0 {
					cuts[data.DateOf(epochStart)+data.Date(z.to)] = true
				}
			}
		}
		for _, r := range runs {
			cuts[r.From], cuts[r.To] = true, true
		}
		for _, row := range before.Rows {
			if !cuts[row.From] {
				t.Fatalf("a row begins on %s, on which nothing of the reading changes", row.From)
			}
		}
	})
}

func TestAMappedDayWithoutAnyZoneIsNobodys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := data.DateOf(epochStart) - 30
		s := place(t, []drawnZone{anchor}, mappedDays(t, []data.Interval{{From: first}}))
		share, err := s.Share(context.Background(), data.Query{AsOf: first + 3})
		if err != nil || share.Percent != 0 || share.Evidence.Newest != first || share.Epoch.From != first || share.Epoch.To != data.DateOf(epochStart) {
			t.Fatalf("%+v, %v", share, err)
		}
		if s.FirstDate() != first {
			t.Fatalf("the first day is %s", s.FirstDate())
		}
		if edition, err := s.Edition("", first+3); err != nil || !edition.Epoch.Contains(first+3) {
			t.Fatalf("%v, %v", edition, err)
		}
	})
}

func TestTheTracedReadingIsUnchangedByTheOrangeLine(t *testing.T) {
	share, err := embedded().Share(context.Background(), data.Query{AsOf: date(t, "2026-11-27")})
	if err != nil {
		t.Fatal(err)
	}
	if share.Epoch != (data.Epoch{From: date(t, "2025-10-10")}) {
		t.Errorf("the epoch is %s", share.Epoch)
	}
	if share.Evidence.Newest != date(t, "2025-10-19") || share.Evidence.AgeDays != 404 {
		t.Errorf("the evidence is %+v", share.Evidence)
	}
	if len(share.Newer) != 1 || share.Newer[0].Basis != "restricted" || share.Newer[0].Newest != date(t, "2026-09-24") {
		t.Errorf("newer evidence is %+v", share.Newer)
	}
	if want := "behind the line published by Israel, as mapped on 19 October 2025 (404 days before 27 November 2026), reading"; !strings.Contains(share.Cite, want) {
		t.Errorf("cited as %q", share.Cite)
	}
}
