package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Every format that has zones, on every day and under every reading of any dataset, read
// back: the same share of everybody, the same days, the same names.
func TestAnyDatasetIsReadBackFromItsExports(t *testing.T) {
	referee.Figures(t)
	rapid.Check(t, func(t *rapid.T) {
		s := drawnDataset(t)
		format, _ := export.Find(rapid.SampledFrom([]string{"geojson", "gpkg", "kml", "zones.fgb", "zones.wkt.csv"}).Draw(t, "format"))
		for _, basis := range s.Dataset.Bases {
			for _, epoch := range s.MappedEpochs(basis.ID) {
				e, err := s.Edition(basis.ID, epoch.From)
				if err != nil {
					t.Fatal(err)
				}
				if len(s.Section(e, data.ZonesSection).Items) == 0 {
					continue // a file without zones says nothing
				}
				var file bytes.Buffer
				if err := format.Write(t.Context(), &file, s, e); err != nil {
					t.Fatal(err)
				}
				sameAgain(t, s, readBack(t, s, basis.ID, "a."+format.Suffix, file.Bytes()), e)
			}
		}
	})
}

// sameAgain compares what was read back of an edition with the dataset it is of.
func sameAgain(t *rapid.T, s, again *data.Snapshot, e data.Edition) {
	of := map[string]*data.Zone{}
	for i := range s.Zones {
		of[s.Zones[i].ID] = &s.Zones[i]
	}
	for _, z := range again.Zones {
		want := of[z.ID]
		if want == nil || z.Valid != want.Valid || z.MappedOn != want.MappedOn || z.AccuracyM != want.AccuracyM || !maps.Equal(z.Name, want.Name) || !orb.Equal(z.Shape, want.Shape) {
			t.Fatalf("zone %q is %+v, not %+v", z.ID, z, want)
		}
	}
	if n := len(s.Section(e, data.ZonesSection).Items); n != len(again.Zones) {
		t.Fatalf("%d zones, not %d", len(again.Zones), n)
	}
	if basis := again.Dataset.Bases[0]; !maps.Equal(basis.Name, writtenName(s.Dataset.Bases, e.Basis, func(b data.Basis) (string, data.Text) { return b.ID, b.Name })) {
		t.Fatalf("the reading is called %v", basis.Name)
	}
	days := []data.Date{e.Epoch.From, e.Epoch.From + 1000}
	if e.Epoch.To != 0 {
		days[1] = e.Epoch.To - 1
	}
	for _, party := range s.Dataset.Parties {
		known := slices.ContainsFunc(again.Dataset.Parties, func(p data.Party) bool { return p.ID == party.ID })
		if known && !maps.Equal(party.Name, writtenName(again.Dataset.Parties, party.ID, func(p data.Party) (string, data.Text) { return p.ID, p.Name })) {
			t.Fatalf("%s is called %v, not %v", party.ID, again.Dataset.Parties, party.Name)
		}
		for _, day := range days {
			q := data.Query{Party: party.ID, Basis: e.Basis, AsOf: day}
			want, err := s.Share(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			got, err := again.Share(t.Context(), q)
			if !known && errors.Is(err, data.ErrUnknown) && want.Percent == 0 {
				continue // who holds nothing is not in the file
			}
			if err != nil || math.Abs(got.Percent-want.Percent) > 1e-9 || math.Abs(got.HeldKm2-want.HeldKm2) > 1e-9*want.TerritoryKm2 {
				t.Fatalf("on %s %s has %v %%, not %v: %v", day, party.ID, got.Percent, want.Percent, err)
			}
		}
	}
}

func writtenName[T any](all []T, id string, named func(T) (string, data.Text)) data.Text {
	for _, one := range all {
		if its, name := named(one); its == id {
			return name
		}
	}
	return nil
}

// readBack is a dataset made of one file alone and the territory of another.
func readBack(t *rapid.T, s *data.Snapshot, basis, name string, content []byte) *data.Snapshot {
	names, err := NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	report := &geojson.Report{}
	file := File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
	got, err := Zones(t.Context(), []File{file}, Plan{Otherwise: map[string]string{"source": "s"}}, names, report, func() {})
	if err != nil || report.Err() != nil {
		t.Fatalf("%s: %v %v", name, err, report.Err())
	}
	contents := data.Contents{Dataset: s.Dataset, Territories: slices.Clone(s.Territories), Zones: got.Zones}
	contents.Dataset.Parties, contents.Dataset.Bases = nil, nil
	for _, one := range names.Parties.All() {
		contents.Dataset.Parties = append(contents.Dataset.Parties, data.Party{ID: one.ID, Name: one.Text("en", got.Parties[one.ID])})
	}
	for _, one := range names.Bases.All() {
		contents.Dataset.Bases = append(contents.Dataset.Bases, data.Basis{ID: one.ID, Name: one.Text("en", got.Bases[one.ID]), Meaning: data.Text{"en": "m"}, Counts: got.Counts[one.ID]})
	}
	contents.Dataset.Party, contents.Dataset.Basis = contents.Dataset.Parties[0].ID, basis
	return datasetOf(t, &contents)
}

func datasetOf(t *rapid.T, contents *data.Contents) *data.Snapshot {
	files, err := contents.Files()
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := data.Read(t.Context(), data.Files(files))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// drawnDataset has one to four parties, one to three readings and at most five epochs.
func drawnDataset(t *rapid.T) *data.Snapshot {
	d := data.Dataset{Schema: data.Schema, ID: "drawn", Title: data.Text{"en": "T"}, Attribution: data.Text{"en": "A"}, Disclaimer: data.Text{"en": "D"}, Territory: "whole",
		Sources: []data.Source{{ID: "s", Title: "T", Publisher: "P", Licence: "L"}}}
	for i := range rapid.IntRange(1, 4).Draw(t, "parties") {
		d.Parties = append(d.Parties, data.Party{ID: fmt.Sprintf("party-%d", i), Name: drawnName(t)})
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "readings") {
		counts := rapid.SampledFrom([][]data.Status{nil, {data.Observed}, {data.Agreed, data.Claimed}}).Draw(t, "counts")
		d.Bases = append(d.Bases, data.Basis{ID: fmt.Sprintf("basis-%d", i), Name: drawnName(t), Meaning: data.Text{"en": "m"}, Counts: counts})
	}
	d.Party, d.Basis = d.Parties[0].ID, d.Bases[0].ID
	c := data.Contents{Dataset: d, Territories: []data.Territory{{ID: "whole", Name: data.Text{"en": "W"}, Source: "s", Shape: drawnTerritory(t)}}}
	first, _ := data.ParseDate("2025-12-30")
	for i := range rapid.IntRange(1, 6).Draw(t, "zones") {
		day := func(name string, low, high int) data.Date { return data.Date(rapid.IntRange(low, high).Draw(t, name)) }
		z := data.Zone{ID: fmt.Sprintf("zone-%d", i), Party: rapid.SampledFrom(d.Parties).Draw(t, "party").ID, Basis: d.Bases[i%len(d.Bases)].ID, Source: "s",
			Status:    rapid.SampledFrom([]data.Status{data.Observed, data.Agreed, data.Claimed}).Draw(t, "status"),
			AccuracyM: rapid.Float64Range(0, 5000).Draw(t, "accuracy"), Shape: drawnShape(t)}
		if z.Valid.From = first + 10*day("from", 0, 1); rapid.Bool().Draw(t, "ends") {
			z.Valid.To = z.Valid.From + 10*day("days", 1, 2)
		}
		if rapid.Bool().Draw(t, "mapped") {
			z.MappedOn = z.Valid.From
		}
		if rapid.Bool().Draw(t, "named") {
			z.Name = drawnName(t)
		}
		c.Zones = append(c.Zones, z)
	}
	return datasetOf(t, &c)
}

// drawnName has words in one to three languages, some of which a spreadsheet would compute.
func drawnName(t *rapid.T) data.Text {
	words := map[string][]string{"en": {"North", "=North+1", `"North", or so`, "<b>North & South</b>", "007", "'North'"}, "ar": {"قسد", "الشمال (تحرير)"}, "ru": {"Север", "-Север; юг"}}
	name := data.Text{}
	for _, lang := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"en", "ar", "ru"}), 1, 3, rapid.ID).Draw(t, "languages") {
		name[lang] = rapid.SampledFrom(words[lang]).Draw(t, lang)
	}
	return name
}

// drawnShape is one or two boxes of any digits, the first with or without a hole.
func drawnShape(t *rapid.T) orb.MultiPolygon {
	at := func(name string, low, high float64) float64 { return rapid.Float64Range(low, high).Draw(t, name) }
	west, south := at("west", 10, 11), at("south", 20, 21)
	wide, high := at("wide", 0.1, 1), at("high", 0.1, 1)
	first := orb.Polygon{box(west, south, west+wide, south+high)}
	if rapid.Bool().Draw(t, "hole") {
		hole := box(west+wide/3, south+high/3, west+wide/2, south+high/2)
		hole.Reverse()
		first = append(first, hole)
	}
	out := orb.MultiPolygon{first}
	if rapid.Bool().Draw(t, "two") {
		out = append(out, orb.Polygon{box(west+wide+0.1, south, west+wide+at("further", 0.2, 1), south+high)})
	}
	return out
}

// drawnTerritory has a hole and, or not, an island. Of every drawn shape it has some land,
// and of some not all.
func drawnTerritory(t *rapid.T) orb.MultiPolygon {
	hole := box(10.5, 20.5, 10.54, 20.54)
	hole.Reverse()
	out := orb.MultiPolygon{{box(9, 19, rapid.Float64Range(11.2, 14).Draw(t, "east"), 23), hole}}
	if rapid.Bool().Draw(t, "island") {
		out = append(out, orb.Polygon{box(15, 20, 15.5, 20.5)})
	}
	return out
}

func box(west, south, east, north float64) orb.Ring {
	return orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}
