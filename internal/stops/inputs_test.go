//go:build unix && !race

package stops

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/intake/foreign"

	"github.com/paulmach/orb"
)

// star is a polygon of so many corners round a place, at two distances in turn, so
// that no corner is spared.
func star(x, y, radius float64, corners int) orb.MultiPolygon {
	ring := make(orb.Ring, 0, corners+1)
	for k := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(corners))
		r := radius * (0.9 + 0.1*float64(k%2))
		ring = append(ring, orb.Point{math.Round((x+r*cos)*1e7) / 1e7, math.Round((y+r*sin)*1e7) / 1e7})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}

// many is so many small polygons side by side.
func many(n int) []orb.MultiPolygon {
	across := int(math.Ceil(math.Sqrt(float64(n))))
	d := 1 / float64(across)
	var all []orb.MultiPolygon
	for k := range n {
		all = append(all, star((float64(k%across)+0.5)*d, (float64(k/across)+0.5)*d, 0.4*d, 4))
	}
	return all
}

func joined(all []orb.MultiPolygon) orb.MultiPolygon {
	var one orb.MultiPolygon
	for _, mp := range all {
		one = append(one, mp...)
	}
	return one
}

// coordinates words shapes as GeoJSON does or, with other brackets and spaces between numbers, as WKT.
func coordinates(mp orb.MultiPolygon, open, shut, between string) string {
	var out strings.Builder
	out.WriteString(open)
	for i, polygon := range mp {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString(open)
		for j, ring := range polygon {
			if j > 0 {
				out.WriteString(",")
			}
			out.WriteString(open)
			for k, p := range ring {
				if k > 0 {
					out.WriteString(",")
				}
				if between == "," {
					fmt.Fprintf(&out, "[%v,%v]", p[0], p[1])
				} else {
					fmt.Fprintf(&out, "%v %v", p[0], p[1])
				}
			}
			out.WriteString(shut)
		}
		out.WriteString(shut)
	}
	out.WriteString(shut)
	return out.String()
}

func feature(id int, mp orb.MultiPolygon) string {
	return fmt.Sprintf(`{"type":"Feature","id":"z%d","properties":{"name_en":"N","party":"p","basis":"b","status":"observed","valid_from":"2026-01-01","source":"s","accuracy_m":10},"geometry":{"type":"MultiPolygon","coordinates":%s}}`,
		id, coordinates(mp, "[", "]", ","))
}

func collection(all []orb.MultiPolygon) string {
	var features []string
	for k, mp := range all {
		features = append(features, feature(k, mp))
	}
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

// folder is a dataset of these zones.
func folder(zones []orb.MultiPolygon) data.Files {
	return data.Files{
		"dataset.json": []byte(`{"schema":"demarc/1","id":"many","title":{"en":"T"},"attribution":{"en":"A"},"disclaimer":{"en":"D"},"territory":"whole",
			"default_party":"p","default_basis":"b","parties":[{"id":"p","name":{"en":"P"}}],"sources":[{"id":"s","title":"S","publisher":"S","licence":"L"}],
			"bases":[{"id":"b","name":{"en":"B"},"meaning":{"en":"B"},"mapped":[{"from":"2026-01-01","to":null}]}]}`),
		"territories.geojson": []byte(`{"type":"FeatureCollection","features":[{"type":"Feature","id":"whole","properties":{"name_en":"W","source":"s"},"geometry":{"type":"Polygon","coordinates":[[[-0.2,-0.2],[1.2,-0.2],[1.2,1.2],[-0.2,1.2],[-0.2,-0.2]]]}}]}`),
		"zones.geojson":       []byte(collection(zones)),
	}
}

func snapshot(t testing.TB, zones []orb.MultiPolygon) (*data.Snapshot, data.Edition) {
	t.Helper()
	s, _, err := data.Read(context.Background(), folder(zones))
	if err != nil {
		t.Fatal(err)
	}
	return s, data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: s.Dataset.Basis}
}

// files are zones as other programs write them, by the name of the file.
func files(t testing.TB, zones []orb.MultiPolygon) map[string][]byte {
	t.Helper()
	var sequence, table, esri strings.Builder
	table.WriteString("id,wkt\n")
	for k, mp := range zones {
		fmt.Fprintf(&sequence, "\x1e%s\n", feature(k, mp))
		fmt.Fprintf(&table, "z%d,\"MULTIPOLYGON %s\"\n", k, coordinates(mp, "(", ")", " "))
		rings := coordinates(clockwise(mp), "[", "]", ",")
		fmt.Fprintf(&esri, `,{"attributes":{"id":"z%d"},"geometry":{"rings":%s}}`, k, rings[1:len(rings)-1])
	}
	out := map[string][]byte{
		"a.geojson":  []byte(collection(zones)),
		"a.geojsons": []byte(sequence.String()),
		"a.csv":      []byte(table.String()),
		"a.json":     []byte(`{"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4326},"features":[` + esri.String()[1:] + `]}`),
		"a.topojson": topology(zones),
	}
	s, e := snapshot(t, zones)
	for _, suffix := range []string{"gpkg", "kml", "zones.fgb"} {
		f, _ := export.Find(suffix)
		var file bytes.Buffer
		if err := f.Write(context.Background(), &file, s, e); err != nil {
			t.Fatal(err)
		}
		out["a."+suffix] = file.Bytes()
	}
	return out
}

// clockwise is as Esri winds shells.
func clockwise(mp orb.MultiPolygon) orb.MultiPolygon {
	out := mp.Clone()
	for _, polygon := range out {
		for _, ring := range polygon {
			ring.Reverse()
		}
	}
	return out
}

// topology words zones as TopoJSON, an arc each.
func topology(zones []orb.MultiPolygon) []byte {
	var arcs, shapes []string
	for k, mp := range zones {
		for _, polygon := range mp {
			whole := coordinates(orb.MultiPolygon{polygon}, "[", "]", ",")
			arcs = append(arcs, whole[2:len(whole)-2])
			shapes = append(shapes, fmt.Sprintf(`{"type":"Polygon","id":"z%d","properties":{"n":1},"arcs":[[%d]]}`, k, len(arcs)-1))
		}
	}
	return []byte(`{"type":"Topology","objects":{"a":{"type":"GeometryCollection","geometries":[` + strings.Join(shapes, ",") + `]}},"arcs":[` + strings.Join(arcs, ",") + `]}`)
}

func asFile(name string, text []byte) foreign.File {
	return foreign.File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
}
