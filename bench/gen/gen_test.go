package gen

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

var small = []string{"strip", "days-40", "coast-100k", "overlap-1k", "blocks-10k"}

func written(t *testing.T, name string, seed uint64) string {
	t.Helper()
	set, err := Named(name, seed)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), name)
	if err := set.Write(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func sum(t *testing.T, dir string) (all [sha256.Size]byte) {
	t.Helper()
	hash := sha256.New()
	for _, name := range []string{"dataset.json", "territories.geojson", "zones.geojson"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		hash.Write(text)
	}
	return [sha256.Size]byte(hash.Sum(nil))
}

func TestTheSameSeedMakesTheSameFilesAndAnotherSeedOthers(t *testing.T) {
	for _, name := range small {
		first, again, other := sum(t, written(t, name, 1)), sum(t, written(t, name, 1)), sum(t, written(t, name, 2))
		if first != again {
			t.Errorf("%s: two runs with one seed differ", name)
		}
		if first == other {
			t.Errorf("%s: two seeds make the same files", name)
		}
	}
}

func TestTheReaderAcceptsASetWithoutARepair(t *testing.T) {
	for _, name := range []string{"strip"} {
		snapshot, report, err := data.Read(context.Background(), os.DirFS(written(t, name, 1)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(report.Repairs) > 0 {
			t.Errorf("%s: %d repairs, the first is %v", name, len(report.Repairs), report.Repairs[0])
		}
		set, err := Named(name, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(snapshot.Zones) != set.Count {
			t.Errorf("%s: %d zones were read, %d were made", name, len(snapshot.Zones), set.Count)
		}
		vertices := 0
		for _, z := range snapshot.Zones {
			for _, ring := range z.Shape[0] {
				vertices += len(ring) - 1
			}
		}
		t.Logf("%s: %d zones, %d vertices", name, len(snapshot.Zones), vertices)
	}
}

func TestTheZonesOfAGridShareTheirBorders(t *testing.T) {
	for _, name := range []string{"strip", "blocks-10k"} {
		set, err := Named(name, 1)
		if err != nil {
			t.Fatal(err)
		}
		type edge [2]orb.Point
		once := map[edge]bool{}
		var sum float64
		for z := range set.Zones() {
			area, err := geo.Area(z.Shape)
			if err != nil {
				t.Fatal(err)
			}
			sum += area
			ring := z.Shape[0]
			for k := 1; k < len(ring); k++ {
				if back := (edge{ring[k], ring[k-1]}); once[back] {
					delete(once, back)
				} else {
					once[edge{ring[k-1], ring[k]}] = true
				}
			}
		}
		g := map[string][3]int{"strip": {15, 4, 84}, "blocks-10k": {125, 80, 5}}[name]
		if want := 2 * (g[0] + g[1]) * g[2]; len(once) != want {
			t.Errorf("%s: %d edges have one zone, %d are on the outside", name, len(once), want)
		}
		areas, err := geo.Overlay(context.Background(), []orb.MultiPolygon{set.Shapes()}, geo.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if gap := areas.Total() - sum; gap > 1e-6*sum || gap < -1e-6*sum {
			t.Errorf("%s: the zones measure %g m², their union %g m²", name, sum, areas.Total())
		}
	}
}
