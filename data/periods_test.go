package data_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"

	"pgregory.net/rapid"
)

// periods asks for the periods of reading a of a drawn dataset.
func periods(t *rapid.T, s *data.Snapshot, every data.Every, from, to data.Date) *data.Periods {
	out, err := s.Periods(context.Background(), data.PeriodsQuery{Query: data.Query{Basis: "a"}, Every: every, From: from, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestNetsOfPeriodsSumToThatOfTheWholeToTheLastBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, drawZones(t))
		first := data.DateOf(epochStart)
		from, to := first+data.Date(rapid.IntRange(0, 20).Draw(t, "from")), first+data.Date(rapid.IntRange(21, 60).Draw(t, "to"))
		whole := periods(t, s, data.EveryYear, from, to)
		for _, every := range []data.Every{data.EveryDay, data.EveryWeek, data.EveryMonth} {
			parts := periods(t, s, every, from, to)
			sum, known, day := 0.0, true, from
			for _, p := range parts.Periods {
				if p.From != day || p.To <= p.From || p.Days != int(p.To-p.From) {
					t.Fatalf("%+v comes after %s", p, day)
				}
				day = p.To
				if known = known && p.NetKm2 != nil; known {
					sum += *p.NetKm2
					closeTo(t, "gained less lost", *p.GainedKm2-*p.LostKm2, *p.NetKm2, 1e-9**p.TerritoryKm2)
				}
			}
			if day != to {
				t.Fatalf("periods end on %s, not %s", day, to)
			}
			if known && (sum != *whole.Periods[0].NetKm2 || sum != *parts.NetKm2 || sum != *whole.NetKm2) {
				t.Fatalf("by %s the nets sum to %v, the whole is %v", every, sum, *whole.Periods[0].NetKm2)
			}
		}
	})
}

func TestThePeriodsOfADayAreWhatChangesSaysOfTwoDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, drawKnown(t), mappedDays(t, drawMapped(t)))
		first := data.DateOf(epochStart) - 2
		for _, p := range periods(t, s, data.EveryDay, first, first+45).Periods {
			changes, err := s.Changes(context.Background(), data.ChangesQuery{From: p.From, To: p.To, Basis: "a"})
			if _, gap := errors.AsType[*data.NotMapped](err); gap {
				if p.BeginMapped && p.EndMapped || p.GainedKm2 != nil || p.LostKm2 != nil || p.NetKm2 != nil || p.Km2ADay != nil || p.GainedRecord || p.NetRecord {
					t.Fatalf("%v, yet %+v", err, p)
				}
				if !p.EndMapped && (p.HeldKm2 != nil || p.Percent != nil || p.Evidence != nil) {
					t.Fatalf("the end is not mapped, yet %+v", p)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if *p.GainedKm2 != changes.GainedKm2 || *p.LostKm2 != changes.LostKm2 || *p.GainedSliverKm2 != changes.GainedSliverKm2 || *p.LostSliverKm2 != changes.LostSliverKm2 {
				t.Fatalf("%+v is not %+v", p, changes)
			}
			closeTo(t, "net", *p.NetKm2, (changes.To.Percent-changes.From.Percent)*s.Territories[2].AreaM2/1e8, 1e-6)
			share, err := s.Share(context.Background(), data.Query{Basis: "a", AsOf: p.To})
			if err != nil || share.Percent != *p.Percent || share.HeldKm2 != *p.HeldKm2 || share.Evidence.Newest != p.Evidence.Newest {
				t.Fatalf("on %s %v %v, in the period %v", p.To, share.Percent, err, *p.Percent)
			}
		}
	})
}

func TestDaysThatAreNotMappedAreCountedAndNothingIsCarriedOverThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, drawKnown(t), mappedDays(t, drawMapped(t)))
		first := data.DateOf(epochStart) - 12
		for _, p := range periods(t, s, data.EveryWeek, first, first+70).Periods {
			gaps := 0
			for day := p.From; day <= p.To; day++ {
				_, err := s.Share(context.Background(), data.Query{Basis: "a", AsOf: day})
				_, gap := errors.AsType[*data.NotMapped](err)
				if day == p.From && p.BeginMapped == gap || day == p.To && p.EndMapped == gap {
					t.Fatalf("%s is mapped %v: %+v", day, !gap, p)
				}
				if gap && day < p.To {
					gaps++
				}
			}
			if gaps != p.GapDays {
				t.Fatalf("%d days are not mapped: %+v", gaps, p)
			}
			if (p.NetKm2 != nil) != (p.BeginMapped && p.EndMapped) {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func TestPeriodsAreThoseOfTheCalendarAndNamedSo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, []drawnZone{anchor})
		from := data.DateOf(time.Date(rapid.IntRange(2025, 2060).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 0, 0, 0, 0, time.UTC))
		to := from + data.Date(rapid.IntRange(1, 399).Draw(t, "days"))
		for every, layout := range map[data.Every]string{data.EveryDay: time.DateOnly, data.EveryMonth: "2006-01", data.EveryYear: "2006", data.EveryWeek: ""} {
			all := periods(t, s, every, from, to).Periods
			for i, p := range all {
				for _, day := range []data.Date{p.From, p.To - 1} {
					if layout != "" && day.Time().Format(layout) != p.Name {
						t.Fatalf("%s is in %s", day, p.Name)
					}
				}
				whole := i > 0 && i < len(all)-1
				if whole && (p.Partial || every == data.EveryWeek && (p.From.Time().Weekday() != time.Monday || p.Days != 7)) {
					t.Fatalf("%+v", p)
				}
				if i > 0 && all[i-1].Name == p.Name {
					t.Fatalf("%s comes twice", p.Name)
				}
			}
		}
	})
}

func TestWeeksAreOfISOAndPartsOfPeriodsAreMarked(t *testing.T) {
	got, err := embedded().Periods(t.Context(), data.PeriodsQuery{Every: data.EveryWeek, From: date(t, "2025-12-27"), To: date(t, "2026-01-08")})
	if err != nil {
		t.Fatal(err)
	}
	weeks := got.Periods
	if len(weeks) != 3 || weeks[0].Name != "2025-W52" || weeks[1].Name != "2026-W01" || weeks[1].From != date(t, "2025-12-29") || !weeks[0].Partial || weeks[1].Partial || !weeks[2].Partial || weeks[0].Days != 2 {
		t.Fatalf("%+v", weeks)
	}
}

func TestMoreThanFourHundredPeriodsAreRefused(t *testing.T) {
	first := date(t, "2025-10-10")
	got, err := embedded().Periods(t.Context(), data.PeriodsQuery{Every: data.EveryDay, From: first, To: first + 400})
	if err != nil || len(got.Periods) != 400 {
		t.Fatal(err)
	}
	if _, err = embedded().Periods(t.Context(), data.PeriodsQuery{Every: data.EveryDay, From: first, To: first + 401}); !errors.Is(err, data.ErrQuestion) {
		t.Fatal(err)
	}
}

func TestARecordIsTheMostSinceAPeriodThatHadAsMuch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := periods(t, place(t, drawZones(t)), data.EveryDay, data.DateOf(epochStart), data.DateOf(epochStart)+40).Periods
		for i, p := range all {
			want, ever := "", i > 0 && p.GainedKm2 != nil && *p.GainedKm2 > 0
			for j := i - 1; j >= 0 && ever; j-- {
				switch {
				case all[j].GainedKm2 == nil:
					ever = false
				case *all[j].GainedKm2 >= *p.GainedKm2:
					if ever = false; j < i-1 {
						want = all[j].Name
					}
				}
			}
			if p.GainedRecordSince != want || p.GainedRecord != ever {
				t.Fatalf("%+v is a record since %q, of all %v", p, want, ever)
			}
		}
	})
}

func TestAsMuchAsBeforeIsTheMostSinceThenAndNoRecordOfAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		land := rectangle{13, 13, rapid.IntRange(14, 38).Draw(t, "east"), 20} // beside the anchor
		zones := []drawnZone{anchor}
		for _, from := range []int{1, 3, 4} {
			zones = append(zones, drawnZone{rectangle: land, basis: "a", from: from, to: from + 1})
		}
		all := periods(t, place(t, zones), data.EveryDay, data.DateOf(epochStart), data.DateOf(epochStart)+4).Periods
		if *all[0].GainedKm2 == 0 || *all[2].GainedKm2 != *all[0].GainedKm2 {
			t.Fatalf("%+v", all)
		}
		if p := all[2]; p.GainedRecordSince != all[0].Name || p.GainedRecord || p.NetRecordSince != all[0].Name || p.NetRecord {
			t.Fatalf("%+v", p)
		}
	})
}

func TestAPeriodWithinWhichTheSourcesChangeIsMarked(t *testing.T) {
	s, _, err := data.Read(t.Context(), demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	years, err := s.Periods(t.Context(), data.PeriodsQuery{Every: data.EveryYear})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]bool{0: false, 1: true, 2: false} { // other evidence begins on 5 May 2025
		if p := years.Periods[i]; p.MethodBreak != want || (len(p.Sources) > 2) != want {
			t.Errorf("%s: break %v, sources %v", p.Name, p.MethodBreak, p.Sources)
		}
	}
}
