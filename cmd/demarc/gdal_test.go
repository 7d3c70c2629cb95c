package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
)

// gdalFile is a file that GDAL may read.
func gdalFile(t *testing.T, name, content string) foreign.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if content != "" {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := foreignFile(path)
	file.Run = runGDAL
	return file
}

// square is a GeoJSON text in metres of UTM 32N, whose south-west corner is 9° E on the equator.
const square = `{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}}, "features": [
	{"type": "Feature", "properties": {"name": "ميدان"}, "geometry": {"type": "Polygon", "coordinates": [[[500000, 0], [501000, 0], [501000, 1000], [500000, 1000], [500000, 0]]]}}]}`

func TestGDALTransformsWhatItIsAskedFor(t *testing.T) {
	referee.Program(t, "gdal", "ogr2ogr")
	for _, name := range []string{"utm.geojson", "-f a b.geojson", "utm'; touch x.geojson"} {
		source, err := foreign.Open(t.Context(), gdalFile(t, name, square), foreign.Options{})
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(source.Text())
		if err != nil || source.Close() != nil || !strings.Contains(string(text), "ميدان") || !strings.Contains(string(text), "[ 9.0, 0.0 ]") {
			t.Errorf("%s: %s %v", name, text, err)
		}
		if len(source.Notes) != 1 || !strings.HasPrefix(source.Notes[0], "transformed from EPSG:32632, WGS 84 / UTM zone 32N by ogr2ogr ") {
			t.Errorf("%s: %q", name, source.Notes)
		}
	}
}

func TestGDALReachesNoNetworkAndNoOtherFile(t *testing.T) {
	referee.Program(t, "gdal", "ogr2ogr")
	secret := gdalFile(t, "secret.geojson", strings.ReplaceAll(square, "32632", "4326"))
	for _, where := range []string{secret.Path, "/vsicurl/http://127.0.0.1:1/z.geojson", "http://127.0.0.1:1/z.geojson", "PG:dbname=x"} {
		vrt := `<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>` + where + `</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>`
		source, err := foreign.Open(t.Context(), gdalFile(t, "a.vrt", vrt), foreign.Options{})
		var bad geojson.Fault
		if !errors.As(err, &bad) || bad.Rule != "unknown-format" {
			t.Errorf("%s: %v %v", where, source, err)
		}
	}
}

func TestWhatGDALComplainsOfIsTold(t *testing.T) {
	referee.Program(t, "gdal", "ogr2ogr")
	_, err := foreign.Open(t.Context(), gdalFile(t, "a.txt", "Dear Sir or Madam"), foreign.Options{})
	var bad geojson.Fault
	if !errors.As(err, &bad) || bad.Rule != "unknown-format" || !strings.Contains(bad.Detail, "ogrinfo: exit status 1") || strings.Contains(bad.Detail, "GDAL_SKIP") {
		t.Error(err)
	}
}

func TestWithoutGDALTheCommandIsTold(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := foreign.Open(t.Context(), gdalFile(t, "a.geojson", square), foreign.Options{})
	var bad geojson.Fault
	if !errors.As(err, &bad) {
		t.Fatal(err)
	}
	for _, words := range []string{"EPSG:32632", "not installed", "ogr2ogr -t_srs OGC:CRS84 "} {
		if !strings.Contains(bad.Detail, words) {
			t.Errorf("%v has no %s", bad, words)
		}
	}
}

func TestAProgramOfGDALEndsWithItsReader(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "ogr2ogr"), []byte("#!/bin/sh\nwhile :; do echo endless; done\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	out, err := runGDAL(ctx, "ogr2ogr")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, out); err == nil {
		t.Error("it ended by itself")
	}
	if out, err = runGDAL(t.Context(), "ogr2ogr"); err != nil {
		t.Fatal(err)
	}
	if n, err := out.Read(make([]byte, 7)); n == 0 || err != nil || out.Close() != nil {
		t.Error(n, err)
	}
}

func TestGDALDoesNotSeeTheUsersOwnSettings(t *testing.T) {
	of := func(name string) (string, bool) {
		return "/x", name == "PATH" || name == "AWS_SECRET_ACCESS_KEY" || name == "GDAL_HTTP_USERPWD"
	}
	got := gdalEnvironment(of)
	if !slices.Contains(got, "PATH=/x") || slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "AWS") || strings.HasPrefix(s, "GDAL_HTTP_USERPWD") }) {
		t.Error(got)
	}
}
