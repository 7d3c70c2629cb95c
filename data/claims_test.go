package data_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"

	"pgregory.net/rapid"
)

// claimed is a drawn dataset with the claims of a text.
func claimed(t *rapid.T, zones []drawnZone, claims string) []data.CheckedClaim {
	s := place(t, zones, func(files fstest.MapFS) { files["claims.json"] = &fstest.MapFile{Data: []byte(claims)} })
	out, err := s.CheckedClaims(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// claimOf is a claim of the drawn dataset with further members.
func claimOf(id, members string) string {
	return `{"id":"` + id + `","stated_on":"2025-02-01","measures":"m","who":"w","wording":"w","publisher":"p","seen_in":"s","url":"https://example.org","of":"whole","party":"p",` + members + `}`
}

// A figure that is computed from the data agrees with them in whatever kind and unit
// it is told, and one that lies well beside it does not.
func TestEachKindOfClaimAgreesWithItsOwnFigureAndNotWithAnother(t *testing.T) {
	was, is := rectangle{12, 12, 20, 30}, rectangle{12, 12, 24, 30}
	zones := []drawnZone{{rectangle: was, basis: "a", to: 31}, {rectangle: is, basis: "a", from: 31}, {rectangle: was, basis: "b"}}
	kinds := map[string]string{
		"share":         `"kind":"share","unit":"percent","basis":"a"`,
		"area":          `"kind":"area","unit":"km2","basis":"a"`,
		"change":        `"kind":"change","unit":"km2","basis":"a","from":"2025-01-01","to":"2025-02-01"`,
		"points":        `"kind":"change","unit":"points","basis":"a","from":"2025-01-01","to":"2025-02-01"`,
		"between":       `"kind":"change","unit":"km2","basis":"a","against":"b"`,
		"a-day":         `"kind":"rate","unit":"km2-a-day","basis":"a","from":"2025-01-01","to":"2025-02-01"`,
		"a-month":       `"kind":"rate","unit":"km2-a-month","basis":"a","from":"2025-01-01","to":"2025-02-01"`,
		"moved":         `"kind":"distance","unit":"m","basis":"a","from":"2025-01-01","to":"2025-02-01"`,
		"apart":         `"kind":"distance","unit":"m","basis":"a","against":"b"`,
		"an-old-a-day":  `"kind":"rate","unit":"km2-a-day","basis":"b","from":"2025-01-01","to":"2025-02-01"`,
		"one-line-only": `"kind":"distance","unit":"m","basis":"b"`,
	}
	checked := func(t *rapid.T, low func(id string) float64) map[string]data.CheckedClaim {
		var texts []string
		for id, members := range kinds {
			texts = append(texts, claimOf(id, members+`,"low":`+number(low(id))+`,"high":`+number(low(id))))
		}
		out := map[string]data.CheckedClaim{}
		for _, c := range claimed(t, zones, "["+strings.Join(texts, ",")+"]") {
			if len(c.Computed) != 1 || !c.Checkable || c.Verdict != c.Computed[0].Verdict {
				t.Fatalf("%+v", c)
			}
			out[c.ID] = c
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		first := checked(t, func(string) float64 { return 0 })
		net := *first["change"].Computed[0].Figure
		closeTo(t, "points", *first["points"].Computed[0].Figure, 100*net/territoryKm2(t, zones), 1e-9)
		closeTo(t, "between readings", *first["between"].Computed[0].Figure, net, 1e-9)
		closeTo(t, "km² a day", *first["a-day"].Computed[0].Figure, net/31, 1e-9)
		closeTo(t, "km² a month", *first["a-month"].Computed[0].Figure, net, 1e-9)
		closeTo(t, "a line that moved stands apart", *first["moved"].Computed[0].Figure, *first["apart"].Computed[0].Figure, 0.1)
		if *first["an-old-a-day"].Computed[0].Figure != 0 || first["an-old-a-day"].Verdict != data.Agrees {
			t.Fatalf("%+v", first["an-old-a-day"])
		}
		if c := first["one-line-only"]; c.Verdict != data.AnotherKind || c.Computed[0].Figure != nil || math.Abs(*c.Computed[0].PercentIfMovedLow-c.Computed[0].Percent) > 1e-9 {
			t.Fatalf("%+v", c)
		}
		off := rapid.Float64Range(1.2, 3).Draw(t, "off")
		for id, c := range checked(t, func(id string) float64 {
			if f := first[id].Computed[0].Figure; f != nil {
				return math.Abs(*f)
			}
			return 100
		}) {
			if id != "one-line-only" && (c.Verdict != data.Agrees || math.Abs(*c.Computed[0].Difference) > 1e-9 || !c.Computed[0].InsideBand) {
				t.Fatalf("%s: %+v", id, c)
			}
		}
		for id, c := range checked(t, func(id string) float64 {
			if id == "share" || id == "area" {
				return *first[id].Computed[0].Figure * 0.5
			}
			if f := first[id].Computed[0].Figure; f != nil {
				return math.Abs(*f) * off
			}
			return 100
		}) {
			x := c.Computed[0]
			switch id {
			case "one-line-only", "an-old-a-day":
			case "share", "area":
				if c.Verdict != data.NeedsLineMoved || *x.DisplacementM >= 0 || !strings.HasPrefix(c.Words, "needs the line ") {
					t.Fatalf("%s: %+v", id, c)
				}
			default:
				if c.Verdict != data.Differs || !(*x.Difference < 0) {
					t.Fatalf("%s: %+v", id, c)
				}
			}
		}
	})
}

func TestAChangeAgreesWithWhatItRoundsTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zones := []drawnZone{{rectangle: rectangle{12, 12, 20, 30}, basis: "a", to: 31}, {rectangle: rectangle{12, 12, 20 + rapid.IntRange(1, 9).Draw(t, "width"), 30}, basis: "a", from: 31}}
		change := `"kind":"change","unit":"km2","basis":"a","from":"2025-01-01","to":"2025-02-01","low":%[1]v,"high":%[1]v`
		km2 := *claimed(t, zones, "["+claimOf("c", fmt.Sprintf(change, 0))+"]")[0].Computed[0].Figure
		for decimals := range 3 {
			step := math.Pow10(-decimals)
			to := math.Round(km2/step) * step
			for published, want := range map[float64]data.Verdict{to: data.Agrees, to + 2*step: data.Differs} {
				text := strconv.FormatFloat(published, 'f', decimals, 64)
				if strings.HasSuffix(text, "0") {
					continue // a number in JSON does not say how many of its zeros are meant
				}
				if c := claimed(t, zones, "["+claimOf("c", fmt.Sprintf(change, text))+"]")[0]; c.Verdict != want {
					t.Fatalf("%v km² beside %s: %s", km2, text, c.Words)
				}
			}
		}
	})
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func territoryKm2(t *rapid.T, zones []drawnZone) float64 {
	s := place(t, zones)
	return s.Territories[2].AreaM2 / 1e6
}

func TestMoreThanIsOpenAboveAndARecordIsHeldAgainstThePeriodsSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zones := []drawnZone{{rectangle: rectangle{12, 12, 14, 30}, basis: "a", to: 31}, {rectangle: rectangle{12, 12, 20, 30}, basis: "a", from: 31, to: 59},
			{rectangle: rectangle{12, 12, 21, 30}, basis: "a", from: 59, to: 90}, {rectangle: rectangle{12, 12, 24, 30}, basis: "a", from: 90}}
		april := `"kind":"change","unit":"km2","basis":"a","from":"2025-03-01","to":"2025-04-01","low":1`
		checked := claimed(t, zones, "["+strings.Join([]string{
			claimOf("more-than", `"kind":"share","unit":"percent","basis":"a","low":1`),
			claimOf("since-february", april+`,"record_since":"2025-02-15"`),
			claimOf("since-january", april+`,"record_since":"2025-01-31"`),
			claimOf("since-before", april+`,"record_since":"2024-12-31"`),
			claimOf("things", `"kind":"tally","unit":"wells","low":195,"high":195`),
		}, ",")+"]")
		if c := checked[0]; c.Verdict != data.Agrees || *c.Computed[0].Difference != 0 || *c.Computed[0].DisplacementM != 0 {
			t.Fatalf("%+v", c)
		}
		for i, want := range map[int]bool{1: true, 2: true, 3: false} {
			x := checked[i].Computed[0]
			if x.Record == nil || *x.Record != want || (x.Verdict == data.Agrees) != want {
				t.Fatalf("%s: %+v", checked[i].ID, x)
			}
		}
		if c := checked[4]; c.Checkable || c.Verdict != data.NotCheckable || !strings.Contains(c.Reason, "layer") || len(c.Computed) != 0 {
			t.Fatalf("%+v", c)
		}
	})
}

func TestAClaimOfAKindThatCannotBeIsRefused(t *testing.T) {
	for rule, members := range map[string][]string{
		"unknown-kind":     {`"kind":"guess","low":1,"unit":"km2"`},
		"unknown-unit":     {`"kind":"area","low":1,"unit":"m"`, `"kind":"rate","low":1,"unit":"km2","from":"2025-01-01","to":"2025-01-02"`, `"kind":"distance","low":1`},
		"range":            {`"kind":"share","low":60,"high":50,"unit":"percent"`, `"kind":"share","low":101,"unit":"percent"`, `"kind":"area","high":5,"unit":"km2"`, `"kind":"area","low":-1,"unit":"km2"`, `"kind":"area","low":1,"percent_low":1,"unit":"km2"`, `"percent_low":1`, ``},
		"missing-property": {`"low":1`, `"percent_low":1,"percent_high":1,"unit":"percent"`, `"kind":"change","low":1,"unit":"km2"`, `"kind":"tally","low":1`},
		"date":             {`"kind":"area","low":1,"unit":"km2","from":"2025-01-01","to":"2025-02-01"`, `"kind":"change","low":1,"unit":"km2","from":"2025-02-01","to":"2025-02-01"`, `"kind":"change","low":1,"unit":"km2","from":"2025-02-01","to":"2025-03-01","record_since":"2025-02-01"`},
		"reference":        {`"kind":"change","low":1,"unit":"km2","against":"guess"`, `"kind":"area","low":1,"unit":"km2","against":"b"`},
	} {
		for _, one := range members {
			rapid.Check(t, func(t *rapid.T) {
				files := fstest.MapFS{}
				place(t, []drawnZone{anchor}, func(f fstest.MapFS) { files = f })
				files["claims.json"] = &fstest.MapFile{Data: []byte("[" + strings.Replace(claimOf("c", one), ",}", "}", 1) + "]")}
				_, report, err := data.Read(t.Context(), files)
				if err == nil || len(report.Faults) == 0 || report.Faults[0].Rule != rule {
					t.Fatalf("%s: %v", one, report.Faults)
				}
			})
		}
	}
}

// The names are those that the program gave before claims had kinds.
func TestClaimsWithoutAKindKeepTheirBytesAndTheirSnapshot(t *testing.T) {
	s, _, err := data.Read(t.Context(), demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	if s.Name() != "sha256:8b7d970ef1e58831a8590e97fb1f155c266656ccf97c3d8fa06b61086270b32d" {
		t.Errorf("the invented place is %s", s.Name())
	}
	canonical, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := data.ReadCanonical(t.Context(), s.Name(), canonical)
	if err != nil || !strings.Contains(string(canonical), `"percent_high":37,"percent_low":37`) || strings.Contains(string(canonical), `"kind":"share"`) {
		t.Fatal(err)
	}
	if before, after := *s.Claims[0].PercentLow, *again.Claims[0].PercentLow; before != after {
		t.Errorf("%v is read back as %v", before, after)
	}
}

func TestASnapshotWithClaimsOfEveryKindIsReadBack(t *testing.T) {
	s := embedded()
	canonical, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := data.ReadCanonical(t.Context(), s.Name(), canonical); err != nil || again.Name() != s.Name() {
		t.Fatal(err)
	}
	if strings.Contains(string(canonical), `"percent_low":null`) {
		t.Error("a member that is left out is written")
	}
}
