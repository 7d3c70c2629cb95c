package preview

import (
	"io"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"

	"pgregory.net/rapid"
)

func onDisk(name string) intake.File {
	return intake.File{Name: name, Path: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
}

// today is the day of these tests.
var today, _ = data.ParseDate("2024-06-01")

// snapshot builds what a preview is served from.
func snapshot(t *testing.T, file intake.File) *data.Snapshot {
	t.Helper()
	contents, err := Of(t.Context(), file, "", today)
	if err != nil {
		t.Fatal(err)
	}
	files, err := contents.Files()
	if err != nil {
		t.Fatal(err)
	}
	s, report, err := data.Read(t.Context(), data.Files(files))
	if err != nil {
		t.Fatal(err, report)
	}
	return s
}

func TestAPreviewSaysThatItIsOneWhereverItIsQuoted(t *testing.T) {
	s := snapshot(t, onDisk("../inspect/testdata/2024-03-01-held.geojson"))
	share, err := s.Share(t.Context(), data.Query{AsOf: today})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(share.Cite, "Preview of 2024-03-01-held.geojson: the frame around its shapes, no territory (percentages mean nothing)") || !strings.Contains(share.Cite, "reading “Preview, not checked”") {
		t.Error(share.Cite)
	}
	if text := s.Dataset.Disclaimer.In("en"); !strings.Contains(text, "percentages mean nothing") || strings.Contains(text, "not shown") {
		t.Error(text)
	}
	if len(s.Zones) != 4 || len(s.Dataset.Parties) != 2 || s.FirstDate().String() != "2024-03-01" || s.Dataset.ID != "preview-2024-03-01-held" {
		t.Errorf("%d zones, %v, %s", len(s.Zones), s.Dataset.Parties, s.FirstDate())
	}
}

func TestWhatAPreviewLeavesOutIsSaid(t *testing.T) {
	s := snapshot(t, onDisk("../inspect/testdata/mixed.geojson"))
	if text := s.Dataset.Disclaimer.In("en"); !strings.Contains(text, "3 of its 4 features are not shown") {
		t.Error(text)
	}
	if len(s.Zones) != 2 || s.FirstDate().String() != "2024-07-01" {
		t.Errorf("%+v", s.Zones)
	}
}

func TestAPreviewOfAFileWithoutADayIsOfToday(t *testing.T) {
	s := snapshot(t, onDisk("../inspect/testdata/plain.geojson"))
	if len(s.Zones) != 1 || s.Zones[0].Valid.From != today || s.Zones[0].Party != "nobody-named" {
		t.Errorf("%+v", s.Zones)
	}
}

func TestAFileWithoutPolygonsHasNoPreview(t *testing.T) {
	for _, text := range []string{`{"type": "Point", "coordinates": [1, 2]}`, `{"type": "FeatureCollection", "features": []}`, "hello", ""} {
		file := intake.File{Name: "f", Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
		if contents, err := Of(t.Context(), file, "", today); err == nil {
			t.Errorf("%q: %+v", text, contents)
		}
	}
}

func TestTheFrameIsAroundEverythingAndHasNoLongEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(-180, 180), rapid.Float64Range(-89.5, 89.5)
		west, east := x.Draw(t, "west"), x.Draw(t, "east")
		south, north := y.Draw(t, "south"), y.Draw(t, "north")
		west, east, south, north = min(west, east), max(west, east), min(south, north), max(south, north)
		ring := frame([]float64{west, south, east, north})[0][0]
		if b := ring.Bound(); b.Min[0] > west || b.Min[1] > south || b.Max[0] < east || b.Max[1] < north || !ring.Closed() || ring.Orientation() != 1 {
			t.Fatal(ring)
		}
		for i := range ring[1:] {
			if step := ring[i+1][0] - ring[i][0]; step > 60 || step < -60 {
				t.Fatal(ring)
			}
		}
	})
}

func TestAPreviewShowsTheLayerAndThePartiesThatTheLookFinds(t *testing.T) {
	for name, parties := range map[string]int{"../foreign/testdata/json/two-layers.topojson": 2, "../inspect/testdata/maps/mymaps.kml": 2, "../inspect/testdata/maps/numbers.geojson": 2} {
		s := snapshot(t, onDisk(name))
		if len(s.Zones) < 2 || len(s.Dataset.Parties) != parties {
			t.Errorf("%s: %d zones of %v", name, len(s.Zones), s.Dataset.Parties)
		}
	}
}
