package intake

import (
	"bytes"
	"io"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"
)

// exported is a file of an export of the embedded dataset on its first day.
func exported(t *testing.T, suffix string) (*data.Snapshot, File) {
	t.Helper()
	s, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.Edition("", s.FirstDate())
	if err != nil {
		t.Fatal(err)
	}
	format, _ := export.Find(suffix)
	var b bytes.Buffer
	if err := format.Write(t.Context(), &b, s, e); err != nil {
		t.Fatal(err)
	}
	return s, File{Name: "gaza." + suffix, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil }}
}

// Else the share would be of what is held, and 100 %.
func TestTheTerritoryOfAnExportOfOursIsItsTerritory(t *testing.T) {
	for _, suffix := range []string{"geojson", "gpkg", "kml", "territories.fgb"} {
		s, file := exported(t, suffix)
		report := &geojson.Report{}
		outline, _, err := Polygons(t.Context(), file, OutlinePlan{}, report)
		if err != nil || report.Err() != nil {
			t.Fatal(suffix, err, report.Err())
		}
		root := s.Territories[0]
		for _, other := range s.Territories {
			if other.Parent == "" {
				root = other
			}
		}
		want, _ := geo.Area(root.Shape)
		if got, err := geo.Area(outline); err != nil || got != want {
			t.Errorf("%s: %v m², not %v: %v", suffix, got, want, err)
		}
		districts, _, err := Districts(t.Context(), file, OutlinePlan{NameFrom: "name_en", IDFrom: "id"}, root.ID, "en", report)
		if err != nil || report.Err() != nil || len(districts) != len(s.Territories)-1 {
			t.Errorf("%s: %d districts, not %d: %v %v", suffix, len(districts), len(s.Territories)-1, err, report.Err())
		}
	}
}

func TestALayerOfOursThatHoldsNoZonesIsRefused(t *testing.T) {
	for _, suffix := range []string{"territories.fgb", "held.fgb"} {
		_, file := exported(t, suffix)
		report := &geojson.Report{}
		names, err := NewCalled(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Zones(t.Context(), []File{file}, Plan{Set: constant}, names, report, func() {}); err != nil || len(report.Faults) != 1 || report.Faults[0].Rule != "own-export" {
			t.Errorf("%s: %v %v", suffix, report.Faults, err)
		}
	}
	_, zones := exported(t, "zones.fgb")
	report := &geojson.Report{}
	if _, _, err := Polygons(t.Context(), zones, OutlinePlan{}, report); err != nil || len(report.Faults) == 0 || report.Faults[0].Rule != "own-export" {
		t.Errorf("zones are taken for a territory: %v %v", report.Faults, err)
	}
}
