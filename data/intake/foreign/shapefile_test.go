package foreign

import (
	"math"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/shapefiles"
)

func TestShapefilesOfOtherProgramsHaveTheLandAndTheNamesThatTheyWereGiven(t *testing.T) {
	cyrillic, arabic, hebrew := []string{"Північ", "Південь", "Схід"}, []string{"شمال", "جنوب", "شرق"}, []string{"צפון", "דרום", "מזרח"}
	for name, want := range map[string]struct {
		holders []string
		note    string
	}{
		"utf8": {cyrillic, "UTF-8, as its .cpg says"}, "zm": {cyrillic, "UTF-8, as its .cpg says"}, "cp1251": {cyrillic, "CP1251, as its .cpg says"},
		"cp1256": {arabic, "CP1256, as its .cpg says"}, "cp1255": {hebrew, "CP1255, as its .cpg says"}, "qgis": {arabic, "1256, as its .cpg says"},
	} {
		all, report, notes := readAll(t, testFile("shapefile/"+name+".shp"), Options{})
		sameShapes(t, name, all, report)
		if len(notes) != 1 || !strings.HasSuffix(notes[0], want.note) {
			t.Errorf("%s: %v", name, notes)
		}
		for i, f := range all {
			v := values(t, f)
			if v["holder"] != want.holders[i] || v["day"] != []any{"2025-03-01", "2025-04-01", nil}[i] || v["n"] != []any{1.0, -2.0, nil}[i] || v["km"] != []any{12.5, nil, 0.25}[i] {
				t.Errorf("%s: %v", name, v)
			}
		}
	}
}

func TestAShapefileThatWasEditedWhereItLiesIsReadByItsIndex(t *testing.T) {
	all, report, notes := readAll(t, testFile("shapefile/edited.shp"), Options{})
	if report.Err() != nil || len(all) != 2 || values(t, all[1])["holder"] != "Схід" || len(rings(all[0].Geometry)) != 5 {
		t.Fatal(all, report)
	}
	if said := strings.Join(notes, "\n"); !strings.Contains(said, "deleted: 1") {
		t.Error(said)
	}
	alone := testFile("shapefile/edited.shp")
	alone.Beside = nil
	if bad := refusal(t, alone, Options{}); bad.Rule != "record-order" {
		t.Error(bad)
	}
}

func TestAShapefileSaysWhatIsMissingBesideIt(t *testing.T) {
	bare := testFile("shapefile/utf8.shp")
	bare.Beside = nil
	all, report, notes := readAll(t, bare, Options{})
	sameShapes(t, "bare", all, report)
	if said := strings.Join(notes, "\n"); !strings.Contains(said, "no .prj says") || !strings.Contains(said, "no .dbf is beside it") {
		t.Error(said)
	}
}

func TestAShapefileOfAnotherCoordinateSystemIsRefusedWithTheWayOut(t *testing.T) {
	bad := refusal(t, testFile("shapefile/utm.shp"), Options{})
	if bad.Rule != "foreign-crs" || !strings.Contains(bad.Detail, "UTM") || !strings.Contains(bad.Detail, "ogr2ogr") {
		t.Error(bad)
	}
	bare := testFile("shapefile/utm.shp")
	bare.Beside = nil
	bad = refusal(t, bare, Options{})
	if bad.Rule != "foreign-crs" || !strings.Contains(bad.Detail, "ogr2ogr -s_srs EPSG:CODE") {
		t.Error(bad)
	}
}

func TestAMultiPatchIsRefusedByItsName(t *testing.T) {
	bad := refusal(t, testFile("shapefile/multipatch.shp"), Options{})
	if !strings.Contains(bad.Detail, "MultiPatch") || !strings.Contains(bad.Detail, "ogr2ogr") {
		t.Error(bad)
	}
}

func TestOnlyWGS84IsLongitudeAndLatitudeThatIsMeant(t *testing.T) {
	for wkt, want := range map[string]bool{
		`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`:                                                                                                                                 true,
		`GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.01745329251994328]]`:                                                                   true,
		`GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0],CS[ellipsoidal,2],AXIS["lat",north],ANGLEUNIT["degree",0.0174532925199433]]`: true,
		`GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`:                                                                                                                               false,
		`GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`:                                                                                                                           false,
		`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Paris",2.337229],UNIT["Degree",0.0174532925199433]]`:                                                                                                                                false,
		`GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Grad",0.01570796326794897]]`:                                                                                                                                  false,
		`PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],UNIT["Meter",1.0]]`:                                                              false,
	} {
		if _, wgs84 := coordinateSystem(wkt); wgs84 != want {
			t.Errorf("%v is wrong of %s", !want, wkt)
		}
	}
}

func TestAPositionIsNoPlaceWhereItIsNoNumber(t *testing.T) {
	shp := shapefiles.Shapes([][]byte{shapefiles.Polygon([][][2]float64{{{0, 0}, {0, 1}, {math.NaN(), 1}, {0, 0}}})})
	all, report := features(t, inMemory("a.shp", shp), Options{})
	if len(all) != 0 || report.Err() == nil {
		t.Error(all, report)
	}
}
