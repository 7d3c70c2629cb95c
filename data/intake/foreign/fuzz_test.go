package foreign

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/geojson"
)

// fuzzed reads whatever comes as a file of a family, which may end in a fault. What comes
// out is a GeoJSON text, no longer than a multiple of what went in.
func fuzzed(f *testing.F, folder string, seeds ...string) {
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*"))
	if err != nil || len(names) == 0 {
		f.Fatal(err, len(names))
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		const limit = 1 << 20
		source, err := Open(t.Context(), inMemory("f", content), Options{Limit: limit, Layer: "zones"})
		if err == nil {
			defer source.Close()
			counted := &counter{r: source.Text()}
			err = geojson.Read(t.Context(), counted, "f", geojson.Options{Vertices: 100_000, MaxSteps: 1_000_000, Workers: 1}, &geojson.Report{}, func(geojson.Feature) error { return nil })
			if counted.n > 64*limit {
				t.Errorf("%d bytes became %d", len(content), counted.n)
			}
		}
		var bad geojson.Fault
		if err != nil && !errors.As(err, &bad) && !errors.Is(err, geojson.ErrTooLarge) {
			t.Errorf("%v is no fault of the file", err)
		}
	})
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

func FuzzJSON(f *testing.F) {
	fuzzed(f, "json", oneFeature, "\x1e"+oneFeature+"\n\x1e"+oneFeature, `{"type":"FeatureCollection","exceededTransferLimit":true,"features":[`+oneFeature+"]}",
		`{"geometryType":"a","features":[{"attributes":{"a":1},"geometry":{"curveRings":[]}}]}`, `{"type":"Topology","objects":{"zones":{"type":"Polygon","arcs":[[~0]]}},"arcs":[[[0,0]]],"transform":{"scale":[1,1],"translate":[0,0]}}`,
		"\xff\xfe{\x00}\x00", "{\x00}\x00 \x00 \x00", `{"rings":[[[0,0],[1,1]]]}`)
}

func FuzzCSV(f *testing.F) {
	fuzzed(f, "csv", "x,y\n1,2\n", "a;wkt\n1;\"GEOMETRYCOLLECTION(POINT(1 2),POLYGON((0 0,1 0,1 1,0 0)))\"\n", "geom\n0101000020E6100000000000000000F03F0000000000000040\n", "wkt\n\"MULTIPOINT ZM ((1 2 3 4),EMPTY)\"\n", "lon\tlat\n1,5\t2\n")
}
