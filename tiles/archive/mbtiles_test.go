package archive

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb/encoding/mvt"
)

func TestEveryTileOfAnMBTilesFileIsThatOfTheAtlas(t *testing.T) {
	atlas, o := made()
	o.MinZoom, o.MaxZoom = 3, 13
	file := filepath.Join(t.TempDir(), "a b?#%.mbtiles")
	_, summary := write(t, file, o)
	db, err := sql.Open("sqlite", dataSource(file))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	count := 0
	for rows.Next() {
		var z, x, y uint32
		var stored []byte
		if err := rows.Scan(&z, &x, &y, &stored); err != nil {
			t.Fatal(err)
		}
		body, err := atlas.Tile(context.Background(), o.Edition, z, x, 1<<z-1-y)
		if err != nil {
			t.Fatal(err)
		}
		if body == nil || z < 3 || z > 13 {
			t.Fatalf("%d/%d/%d should not be there", z, x, y)
		}
		r, err := gzip.NewReader(bytes.NewReader(stored))
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, body.Identity()) {
			t.Errorf("%d/%d/%d differs: %v", z, x, y, err)
		}
		count++
	}
	want := 0
	for _, a := range covered(t, &o) {
		body, err := atlas.Tile(context.Background(), o.Edition, a.z, a.x, a.y)
		if err != nil {
			t.Fatal(err)
		}
		if body != nil {
			want++
		}
	}
	if err := rows.Err(); err != nil || count != want || count != summary.Tiles {
		t.Errorf("%d tiles, want %d, %v", count, want, err)
	}
	var id int
	var sound string
	if err := db.QueryRow("PRAGMA application_id").Scan(&id); err != nil || id != 0x4d504258 {
		t.Errorf("application id %x, %v", id, err)
	}
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Errorf("%s, %v", sound, err)
	}
}

// GDAL reads the highest zoom: the features of each layer are as many as a decoder
// of other people finds in the tiles of the atlas, and the extent is ours.
func TestGDALReadsAnMBTilesFile(t *testing.T) {
	program := referee.Program(t, "gdal", "ogr2ogr")
	atlas, o := made()
	o.MaxZoom = 12
	file := filepath.Join(t.TempDir(), "a.mbtiles")
	write(t, file, o)
	want := map[string]int{}
	for _, a := range covered(t, &o) {
		body, err := atlas.Tile(context.Background(), o.Edition, a.z, a.x, a.y)
		if err != nil {
			t.Fatal(err)
		}
		if a.z < 12 || body == nil {
			continue
		}
		layers, err := mvt.Unmarshal(body.Identity())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range layers {
			want[l.Name] += len(l.Features)
		}
	}
	info, err := exec.Command(referee.Program(t, "gdal", "ogrinfo"), "-ro", "-q", file).Output()
	if err != nil {
		t.Fatal(programError(err))
	}
	for i, layer := range []string{"territories", "held", "zones", "control_lines", "places"} {
		if line := fmt.Sprintf("\n%d: %s", i+1, layer); want[layer] == 0 || !bytes.Contains(info, []byte(line)) {
			t.Errorf("GDAL does not find layer %s: %s", layer, info)
		}
	}
	for layer, count := range want {
		out, err := exec.Command(program, "-f", "GeoJSON", "/vsistdout/", file, layer, "-oo", "CLIP=NO", "-t_srs", "EPSG:4326", "-lco", "WRITE_BBOX=YES").Output()
		if err != nil {
			t.Fatal(programError(err))
		}
		var got struct {
			BBox     [4]float64
			Features []json.RawMessage
		}
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Features) != count {
			t.Errorf("%s: GDAL finds %d features, want %d", layer, len(got.Features), count)
		}
		if layer != "territories" {
			continue
		}
		b := atlas.Snapshot().Territories[0].Shape.Bound()
		for _, s := range atlas.Snapshot().Territories {
			b = b.Union(s.Shape.Bound())
		}
		const unit = 360.0 / 4096 / (1 << 12) // degrees of longitude in a tile unit
		for i, v := range []float64{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} {
			if math.Abs(got.BBox[i]-v) > 2*unit {
				t.Errorf("GDAL finds territories in %v, want %v", got.BBox, b)
				break
			}
		}
	}
}
