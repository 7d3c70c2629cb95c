package data_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
)

// plain returns a small dataset with a published zone, a published line and the
// claims given; further members of dataset.json end with a comma.
func plain(t testing.TB, dataset, claims string) fstest.MapFS {
	t.Helper()
	return fstest.MapFS{
		"dataset.json": {Data: []byte(`{"schema":"demarc/1","id":"plain","title":{"en":"t"},"attribution":{"en":"a"},"disclaimer":{"en":"d"},"territory":"whole",
			"default_party":"p","default_basis":"a","parties":[{"id":"p","name":{"en":"P"}},{"id":"q","name":{"en":"Q"}}],` + dataset + `
			"bases":[{"id":"a","name":{"en":"A"},"meaning":{"en":"A"},"measures":"behind-line","counts":["published"]},{"id":"b","name":{"en":"B"},"meaning":{"en":"B"}}],
			"sources":[{"id":"s","title":"t","publisher":"p","licence":"l"}]}`)},
		"territories.geojson": {Data: []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","id":"whole","properties":{"source":"s"},
			"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}]}`)},
		"zones.geojson": {Data: []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","id":"half",
			"properties":{"source":"s","party":"p","basis":"a","status":"published","valid_from":"2025-10-10","mapped_on":"2025-10-19","accuracy_m":10},
			"geometry":{"type":"Polygon","coordinates":[[[0,0],[0.5,0],[0.5,1],[0,1],[0,0]]]}}]}`)},
		"control_lines.geojson": {Data: []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","id":"middle",
			"properties":{"source":"s","kind":"restriction","party":"q","basis":"b","status":"published","held_side":"left","valid_from":"2026-01-01","mapped_on":"2026-01-03","accuracy_m":10,"extend_m":50},
			"geometry":{"type":"LineString","coordinates":[[0.5,0],[0.5,1]]}}]}`)},
		"claims.json": {Data: []byte(claims)},
	}
}

func claim(members string) string {
	return `[{"id":"c","percent_low":50,"percent_high":50,"measures":"m","who":"w","wording":"w","publisher":"p","seen_in":"s",` + members + `}]`
}

func TestWhatADatasetSaysOfItsAgeIsKept(t *testing.T) {
	s, _, err := data.Read(context.Background(), plain(t, `"reviewed_on":"2026-10-08","review_after":"2027-01-08",`, `[]`))
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := data.ReadCanonical(context.Background(), s.Name(), text)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*data.Snapshot{s, again} {
		if s.Dataset.ReviewedOn != date(t, "2026-10-08") || s.Dataset.ReviewAfter != date(t, "2027-01-08") {
			t.Errorf("reviewed on %s, to be reviewed after %s", s.Dataset.ReviewedOn, s.Dataset.ReviewAfter)
		}
		if b := s.Dataset.Bases[0]; b.Measures != data.BehindLine || !slices.Equal(b.Counted(), []data.Status{data.Published}) {
			t.Errorf("the reading measures %q and counts %v", b.Measures, b.Counted())
		}
		for id, day := range map[string]string{"half": "2025-10-19", "middle": "2026-01-03"} { // the second is implied by a line
			i := slices.IndexFunc(s.Zones, func(z data.Zone) bool { return z.ID == id })
			if s.Zones[i].MappedOn != date(t, day) || s.Zones[i].Properties()["mapped_on"] != day {
				t.Errorf("%s was mapped on %s", id, s.Zones[i].MappedOn)
			}
		}
	}
}

func TestAClaimIsComparedOnTheDayAndUnderTheReadingItNames(t *testing.T) {
	for name, c := range map[string]struct{ members, until, refused string }{
		"a forecast":                      {`"url":"https://example.org/","stated_on":"2025-10-09","as_of":"2025-10-10","basis":"a"`, "2025-10-09", ""},
		"a day that no page shows":        {`"url":"https://example.org/","stated_on_unknown":true,"as_of":"2025-10-12","basis":"a"`, "2025-10-12", ""},
		"no day and none to compute for":  {`"url":"https://example.org/","stated_on_unknown":true`, "", "missing-property"},
		"neither a day nor that it lacks": {`"url":"https://example.org/"`, "", "missing-property"},
		"a day both given and unknown":    {`"url":"https://example.org/","stated_on":"2025-10-10","stated_on_unknown":true,"as_of":"2025-10-10"`, "", "date"},
		"an unknown reading":              {`"url":"https://example.org/","stated_on":"2025-10-10","basis":"z"`, "", "reference"},
		"an own page that is no link":     {`"url":"https://example.org/","publisher_url":"page","stated_on":"2025-10-10"`, "", "link"},
	} {
		t.Run(name, func(t *testing.T) {
			s, report, err := data.Read(context.Background(), plain(t, "", claim(c.members)))
			if c.refused != "" {
				if !errors.Is(err, data.ErrRefused) || len(report.Faults) != 1 || report.Faults[0].Rule != c.refused || report.Faults[0].Feature != "c" {
					t.Errorf("error %v, not %s", err, c.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			day := date(t, c.until)
			before, err := s.CheckedClaims(context.Background(), day-1)
			if err != nil || len(before) != 0 {
				t.Errorf("%d claims on the day before, %v", len(before), err)
			}
			checked, err := s.CheckedClaims(context.Background(), day)
			if err != nil || len(checked) != 1 || !checked[0].Checkable || len(checked[0].Computed) != 1 || checked[0].Computed[0].Basis != "a" {
				t.Errorf("checked %+v, %v", checked, err)
			}
		})
	}
}

func TestAMisspeltMeasureAndADayOfReviewBeforeTheLastAreRefused(t *testing.T) {
	for rule, change := range map[string][2]string{
		"unknown-measure": {`"behind-line"`, `"behind"`},
		"date":            {`"default_party"`, `"reviewed_on":"2026-10-08","review_after":"2026-10-07","default_party"`},
	} {
		files := plain(t, "", `[]`)
		edit(t, files, "dataset.json", change[0], change[1])
		if _, report, err := data.Read(context.Background(), files); err == nil || report.Faults[0].Rule != rule {
			t.Errorf("error %v, not %s", err, rule)
		}
	}
}

// A store may hold snapshots that were accepted before claims needed an address.
func TestAStoredSnapshotWithAClaimWithoutAnAddressIsStillRead(t *testing.T) {
	with := `"url":"https://example.org/","stated_on":"2025-10-10"`
	s, _, err := data.Read(context.Background(), plain(t, "", claim(with)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	old := bytes.Replace(text, []byte(`,"url":"https://example.org/"`), nil, 1)
	if len(old) == len(text) {
		t.Fatal("the canonical bytes hold no address")
	}
	if _, err := data.ReadCanonical(context.Background(), data.NameOf(old), old); err != nil {
		t.Error(err)
	}
}

func TestEveryZoneSaysWhetherItCountsAndHowItIsDrawn(t *testing.T) {
	s := embedded()
	for i := range s.Zones {
		z := &s.Zones[i]
		found, err := s.Find(data.ZonesSection, data.Wanted{ID: z.ID})
		if err != nil || found.Len() != 1 {
			t.Fatal(z.ID, err)
		}
		basis, _ := s.BasisByID(z.Basis)
		properties := found.Items(0, 1)[0].Properties
		mark := string(z.Status)
		if basis.HoldsBy(z.Status) {
			mark = data.HeldMark
		}
		if properties["counts"] != basis.HoldsBy(z.Status) || properties["mark"] != mark {
			t.Errorf("%s: counts %v, mark %v", z.ID, properties["counts"], properties["mark"])
		}
		if _, there := z.Properties()["counts"]; there {
			t.Error("what is concluded is in the dataset's own files")
		}
	}
}
