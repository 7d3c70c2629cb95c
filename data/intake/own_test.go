package intake

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"math"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
)

// importedExport is a snapshot made of one export of another.
func importedExport(t *testing.T, s *data.Snapshot, name string, content []byte) *data.Snapshot {
	t.Helper()
	names, err := NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	report := &geojson.Report{}
	file := File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
	got, err := Zones(t.Context(), []File{file}, Plan{Otherwise: map[string]string{"source": "import"}}, names, report, func() {})
	if err != nil || report.Err() != nil {
		t.Fatalf("%s: %v %v", name, err, report.Err())
	}
	contents := data.Contents{Dataset: s.Dataset, Territories: slices.Clone(s.Territories), Zones: got.Zones}
	contents.Dataset.Sources = append(slices.Clone(s.Dataset.Sources), data.Source{ID: "import", Title: "S", Publisher: "P", Licence: "L"})
	contents.Dataset.Bases, contents.Dataset.Things = nil, nil
	for _, b := range s.Dataset.Bases {
		contents.Dataset.Bases = append(contents.Dataset.Bases, data.Basis{ID: b.ID, Name: b.Name, Meaning: b.Meaning, Counts: got.Counts[b.ID]})
	}
	files, err := contents.Files()
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := data.Read(context.Background(), data.Files(files))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return again
}

// Whatever export of demarc has shapes gives the same shares when it is imported.
func TestExportsOfOursReadBackWithTheSameShares(t *testing.T) {
	referee.Figures(t)
	for place, folder := range map[string]fs.FS{"gaza": gaza.Files, "demo": demo.Files()} {
		s, _, err := data.Read(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, basis := range s.Dataset.Bases {
			epochs := s.MappedEpochs(basis.ID)
			day := epochs[len(epochs)-1].From
			e, err := s.Edition(basis.ID, day)
			if err != nil {
				t.Fatal(err)
			}
			for _, suffix := range []string{"geojson", "gpkg", "kml", "zones.fgb", "zones.wkt.csv"} {
				format, _ := export.Find(suffix)
				var file bytes.Buffer
				if err := format.Write(t.Context(), &file, s, e); err != nil {
					t.Fatal(err)
				}
				again := importedExport(t, s, place+"."+suffix, file.Bytes())
				for _, party := range s.Dataset.Parties {
					q := data.Query{Party: party.ID, Basis: basis.ID, AsOf: day}
					want, err := s.Share(t.Context(), q)
					if err != nil {
						t.Fatal(err)
					}
					got, err := again.Share(t.Context(), q)
					if err == nil && got.Evidence.Newest != want.Evidence.Newest {
						t.Errorf("%s under %s, %s: the evidence of %s is of %v, not %v", place, basis.ID, suffix, party.ID, got.Evidence.Newest, want.Evidence.Newest)
					}
					if err != nil || math.Abs(got.Percent-want.Percent) > 1e-9 {
						t.Errorf("%s under %s, %s: %s has %v, not %v: %v", place, basis.ID, suffix, party.ID, got.Percent, want.Percent, err)
					}
				}
			}
		}
	}
}

func TestTheTableOfOursHasNoShapes(t *testing.T) {
	s, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Edition("", s.FirstDate())
	if err != nil {
		t.Fatal(err)
	}
	format, _ := export.Find("csv")
	var table bytes.Buffer
	if err := format.Write(t.Context(), &table, s, e); err != nil {
		t.Fatal(err)
	}
	names, _ := NewCalled(nil)
	report := &geojson.Report{}
	file := File{Name: "a.csv", Open: func() (io.ReadCloser, error) { return io.NopCloser(&table), nil }}
	if _, err := Zones(t.Context(), []File{file}, Plan{}, names, report, func() {}); err != nil || len(report.Faults) != 1 || report.Faults[0].Rule != "no-shapes" {
		t.Error(report, err)
	}
}
