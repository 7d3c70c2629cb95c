package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	orbgeojson "github.com/paulmach/orb/geojson"
)

// geoTIFF writes a raster as gdal_translate does by the given flags.
func geoTIFF(t *testing.T, width, height int, value func(column, row int) float64, flags ...string) string {
	t.Helper()
	translate := referee.Program(t, "gdal", "gdal_translate")
	folder := t.TempDir()
	raw, out := filepath.Join(folder, "raw"), filepath.Join(folder, "counts.tif")
	var values []byte
	for i := range width * height {
		values = binary.LittleEndian.AppendUint64(values, math.Float64bits(value(i%width, i/width)))
	}
	header := "ENVI\nsamples = " + strconv.Itoa(width) + "\nlines = " + strconv.Itoa(height) +
		"\nbands = 1\nheader offset = 0\ndata type = 5\ninterleave = bsq\nbyte order = 0\n"
	for name, content := range map[string][]byte{raw: values, raw + ".hdr": []byte(header)} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, err := exec.Command(translate, append(append([]string{"-q", "-of", "GTiff"}, flags...), raw, out)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return out
}

// rasterTally is what demarc tally says of a raster.
func rasterTally(t *testing.T, file string, flags ...string) *data.RasterSum {
	t.Helper()
	var said, logged bytes.Buffer
	arguments := append([]string{"tally", file, "--with-gdal", "--json", "--as-of", "2026-10-01", "--basis", "traced"}, flags...)
	if status := run(t.Context(), arguments, strings.NewReader(""), &said, &logged); status != exitOK {
		t.Fatal(logged.String())
	}
	var sum data.RasterSum
	if err := json.Unmarshal(said.Bytes(), &sum); err != nil {
		t.Fatal(err)
	}
	return &sum
}

// ofWorldPop and ofGHSL are how these publish: degrees, striped and compressed; UTM (here), tiled.
var (
	ofWorldPop = []string{"-ot", "Float32", "-a_nodata", "-99999", "-a_srs", "EPSG:4326", "-a_ullr", "34.19", "31.61", "34.61", "31.19",
		"-co", "COMPRESS=LZW", "-co", "PREDICTOR=3"}
	ofGHSL = []string{"-ot", "Float64", "-a_nodata", "-200", "-a_srs", "EPSG:32636", "-a_ullr", "610000", "3502000", "650000", "3450000",
		"-co", "COMPRESS=DEFLATE", "-co", "TILED=YES", "-co", "BLOCKXSIZE=64", "-co", "BLOCKYSIZE=64"}
)

func TestAGeoTIFFOfKm2SumsToTheAreaHeld(t *testing.T) {
	const width, height, step = 42, 42, 0.01
	file := geoTIFF(t, width, height, func(column, row int) float64 {
		west, north := 34.19+step*float64(column), 31.61-step*float64(row)
		m2, err := geo.Area(orb.Bound{Min: orb.Point{west, north - step}, Max: orb.Point{west + step, north}}.ToPolygon())
		if err != nil {
			t.Fatal(err)
		}
		return m2 / 1e6
	}, append([]string{"-ot", "Float64"}, ofWorldPop[2:]...)...)
	sum := rasterTally(t, file)
	s, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range sum.Readings {
		share, err := s.Share(t.Context(), data.Query{Basis: r.Basis, AsOf: sum.AsOf})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Total.Held.Value; math.Abs(got-share.HeldKm2) > 1e-6*share.HeldKm2 {
			t.Errorf("%s: %.9f of %.9f km²", r.Basis, got, share.HeldKm2)
		}
	}
}

// PostGIS reads the same file by its own GDAL, and cuts each pixel by GEOS.
func TestPostGISSumsARasterToTheSame(t *testing.T) {
	referee.Figures(t)
	conn, ctx := referee.PostGIS(t), t.Context()
	for _, command := range []string{"CREATE EXTENSION IF NOT EXISTS postgis_raster", "SET postgis.gdal_enabled_drivers = 'GTiff'"} {
		if _, err := conn.Exec(ctx, command); err != nil {
			t.Skip("PostGIS reads no rasters here: ", err)
		}
	}
	s, _, err := data.Read(ctx, gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	for name, flags := range map[string][]string{"degrees": ofWorldPop, "metres": ofGHSL} {
		random := rand.New(rand.NewPCG(19, 2))
		file := geoTIFF(t, 70, 91, func(int, int) float64 {
			if random.IntN(10) == 0 {
				return map[string]float64{"degrees": -99999, "metres": -200}[name]
			}
			return math.Floor(random.ExpFloat64() * 100)
		}, flags...)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := rasterTally(t, file)
		if sum.NodataCells < 500 || sum.NodataCells > 800 || sum.Cells != 70*91 {
			t.Errorf("%d of %d cells have no data", sum.NodataCells, sum.Cells)
		}
		for _, r := range sum.Readings {
			basis, _ := s.BasisByID(r.Basis)
			var held orb.Collection
			for _, z := range s.Zones {
				if z.Basis == r.Basis && z.Party == sum.Party && z.Valid.Contains(sum.AsOf) && basis.HoldsBy(z.Status) {
					held = append(held, z.Shape)
				}
			}
			for _, row := range append([]data.SumGroup{{ID: sum.Of, SumRow: r.Total}}, r.Districts...) {
				land, ok := s.TerritoryByID(row.ID)
				if !ok {
					continue // what lies in no district
				}
				var inside, behind float64
				err := conn.QueryRow(ctx, `
					WITH land AS MATERIALIZED (SELECT ST_GeomFromGeoJSON($1::text) AS g),
					held AS MATERIALIZED (SELECT ST_Intersection(g, ST_UnaryUnion(ST_GeomFromGeoJSON($2::text))) AS h, g FROM land),
					cells AS (SELECT (p).val, ST_Transform((p).geom, 4326) AS c
						FROM (SELECT ST_PixelAsPolygons(ST_FromGDALRaster($3::bytea)) AS p) AS x),
					met AS (SELECT val, ST_Intersection(c, g) AS in_land, ST_Intersection(c, h) AS in_held, ST_Area(c) AS whole
						FROM cells, held WHERE ST_Intersects(c, g))
					SELECT coalesce(sum(val * ST_Area(in_land) / whole), 0), coalesce(sum(val * ST_Area(in_held) / whole), 0) FROM met`,
					geoJSON(t, land.Shape), geoJSON(t, held), content).Scan(&inside, &behind)
				if err != nil {
					t.Fatal(err)
				}
				got := row.Held.Value + row.Free.Value
				// PostGIS measures in degrees, where the north of a cell is as wide as its south.
				if most := 1e-6 * inside; math.Abs(got-inside) > most || math.Abs(row.Held.Value-behind) > most {
					t.Errorf("%s %s %s: %.4f of %.4f, and PostGIS has %.4f of %.4f", name, r.Basis, row.ID, row.Held.Value, got, behind, inside)
				}
			}
		}
	}
}

func geoJSON(t *testing.T, g orb.Geometry) string {
	t.Helper()
	text, err := json.Marshal(orbgeojson.NewGeometry(g))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestARasterThatCannotBeSummedIsRefusedWithTheWayOut(t *testing.T) {
	one := func(int, int) float64 { return 1 }
	for words, file := range map[string]string{
		"gdal_translate -b 1":                geoTIFF(t, 4, 4, one, append([]string{"-b", "1", "-b", "1"}, ofGHSL...)...),
		"-a_srs and -a_ullr":                 geoTIFF(t, 4, 4, one),
		"gdal_translate -unscale":            geoTIFF(t, 4, 4, one, append([]string{"-a_scale", "10"}, ofGHSL...)...),
		"no counts":                          geoTIFF(t, 4, 4, one, append(ofGHSL[2:len(ofGHSL):len(ofGHSL)], "-ot", "CFloat32")...),
		"row 0, column 0: -7 is not a count": geoTIFF(t, 4, 4, func(int, int) float64 { return -7 }, ofGHSL...),
		"no data":                            geoTIFF(t, 4, 4, func(int, int) float64 { return math.Inf(1) }, ofGHSL...),
	} {
		status, out, log := toldBy(t, "tally", file, "--with-gdal", "--as-of", "2026-10-01")
		if status != exitRefused || out != "" || !strings.Contains(log, words) || !strings.Contains(log, file) {
			t.Errorf("%d %q, not %q", status, log, words)
		}
	}
	plain := geoTIFF(t, 4, 4, one, ofGHSL...)
	for words, flags := range map[string][]string{"is read by GDAL": nil, "are for features": {"--with-gdal", "--by", "kind"}} {
		status, out, log := toldBy(t, append([]string{"tally", plain}, flags...)...)
		if status != exitRefused || out != "" || !strings.Contains(log, words) || !strings.Contains(log, "--with-gdal") && flags == nil {
			t.Errorf("%d %q, not %q", status, log, words)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if status, _, log := toldBy(t, "tally", plain, "--with-gdal"); status != exitRefused || !strings.Contains(log, "gdalinfo of GDAL is not installed") {
		t.Errorf("%d %q", status, log)
	}
}

// In the projection of Mollweide the corners of a box around the globe are no place at all.
func TestCellsOffTheGlobeLieOutside(t *testing.T) {
	file := geoTIFF(t, 36, 18, func(int, int) float64 { return 1 }, "-ot", "Int16", "-a_srs", "ESRI:54009", "-a_ullr", "-18041000", "9021000", "18041000", "-9021000")
	sum := rasterTally(t, file)
	for _, r := range sum.Readings {
		if r.Total.All < 36*18-1e-9 || r.Total.All > 36*18+1e-9 || !(r.Total.Held.Value > 1e-5 && r.Total.Held.Value < 0.01) {
			t.Errorf("%s: %+v", r.Basis, r.Total)
		}
	}
}

func TestACornerThatGDALDoesNotFindIsNoPlace(t *testing.T) {
	if p := placeOf("34.5 31.25\n"); p != (orb.Point{34.5, 31.25}) {
		t.Error(p)
	}
	for _, line := range []string{"transformation failed.\n", "inf inf\n", "nan 1\n", ""} {
		if p := placeOf(line); !math.IsNaN(p[0]) {
			t.Error(line, p)
		}
	}
}

func TestTheKindOfATIFFIsInItsFirstBytes(t *testing.T) {
	for content, want := range map[string]bool{"II*\x00": true, "MM\x00*": true, "II+\x00": true, "MM\x00+": true, "II": false, "IIX\x00": false, "{}  ": false} {
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil || isTIFF(name) != want {
			t.Errorf("%q: %v %v", content, isTIFF(name), err)
		}
	}
}
