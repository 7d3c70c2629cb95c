package server_test

import (
	"math"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// qgisLayer is what testdata/qgis/oapif.py says of a collection.
type qgisLayer struct {
	Valid          bool
	CRS            string
	Count          int
	IDs, Fields    []string
	Extent, Corner [4]float64
	InCorner       []string           `json:"in_corner"`
	Area           map[string]float64 // in square degrees: QGIS and demarc measure the ellipsoid by different rules
}

func TestQGISPagesThroughCollectionsAndCountsThemRight(t *testing.T) {
	t.Parallel() // it mostly waits for another program
	_, ocean := oceanHandler(t)
	web := httptest.NewServer(ocean)
	t.Cleanup(web.Close)
	for _, c := range []struct {
		url, dataset, page string
		snapshot           *data.Snapshot
	}{{served.Gaza(t, server.Options{}), "gaza", "2", served.Snapshot()}, {web.URL, "ocean", "10", theOcean().snapshot}} {
		var names []string
		for _, section := range []string{"territories", "zones", "control-lines", "places"} {
			if c.snapshot.Count(strings.ReplaceAll(section, "-", "_")) > 0 {
				names = append(names, c.dataset+"-"+section)
			}
		}
		answer := map[string]qgisLayer{}
		referee.QGIS(t, &answer, filepath.Join("testdata", "qgis", "oapif.py"), append([]string{c.url + "/ogc", c.page}, names...)...)
		for _, name := range names {
			section := strings.ReplaceAll(strings.TrimPrefix(name, c.dataset+"-"), "-", "_")
			got := answer[name]
			all, err := c.snapshot.Find(section, data.Wanted{})
			if err != nil {
				t.Fatal(err)
			}
			box := orb.Bound{Min: orb.Point{got.Corner[0], got.Corner[1]}, Max: orb.Point{got.Corner[2], got.Corner[3]}}
			corner, err := c.snapshot.Find(section, data.Wanted{Box: &box})
			if err != nil {
				t.Fatal(err)
			}
			b := all.Bound()
			if !got.Valid || got.Count != all.Len() || !slices.Equal(got.IDs, sortedIDs(all)) || got.Extent != [4]float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
				t.Errorf("%s: %+v", name, got)
			}
			if !slices.Equal(got.InCorner, sortedIDs(corner)) {
				t.Errorf("%s: %v in the corner %v, not %v", name, got.InCorner, got.Corner, sortedIDs(corner))
			}
			if len(got.Fields) < len(c.snapshot.Fields(section)) {
				t.Errorf("%s: fields %v", name, got.Fields)
			}
			for _, item := range all.Items(0, all.Len()) {
				if want := math.Abs(planar.Area(item.Shape)); math.Abs(got.Area[item.ID]-want) > 1e-9*want {
					t.Errorf("%s: QGIS has %v square degrees, not %v", item.ID, got.Area[item.ID], want)
				}
			}
		}
	}
}

func sortedIDs(found data.Found) []string {
	out := []string{}
	for _, item := range found.Items(0, found.Len()) {
		out = append(out, item.ID)
	}
	slices.Sort(out)
	return out
}
