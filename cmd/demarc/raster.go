package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// raster is a GeoTIFF as gdalinfo describes it.
type raster struct {
	path          string // absolute, so that it is no flag, and no address of a network
	width, height int
	affine        [6]float64 // from columns and rows to the coordinate system, as GDAL orders them
	crs           string     // WKT
	nodata        float64    // NaN where none is said
	float32       bool       // its values are, and so is nodata
}

const (
	mostRasterInfo  = 4 << 20 // bytes
	mostRasterCells = 1 << 30 // some minutes
	mostStripCells  = 4 << 20 // read at once
)

// gdalInfo is what gdalinfo -json says.
type gdalInfo struct {
	Size   []int     `json:"size"`
	Affine []float64 `json:"geoTransform"`
	CRS    struct {
		WKT string `json:"wkt"`
	} `json:"coordinateSystem"`
	Bands []struct {
		Type   string         `json:"type"`
		Nodata jsontext.Value `json:"noDataValue"`
		Scale  *float64       `json:"scale"`
		Offset *float64       `json:"offset"`
		Mask   struct {
			Flags []string `json:"flags"`
		} `json:"mask"`
	} `json:"bands"`
}

// openRaster asks GDAL what a GeoTIFF is. It refuses what has no place on the globe,
// several bands, and values that are no plain numbers.
func openRaster(ctx context.Context, name string) (*raster, error) {
	path, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	said, err := runGDAL(ctx, "gdalinfo", "-json", "-nomd", "-norat", "-noct", "-if", "GTiff", path)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(said, mostRasterInfo))
	if err = errors.Join(err, said.Close()); err != nil {
		return nil, err
	}
	var info gdalInfo
	if err := json.Unmarshal(text, &info); err != nil {
		return nil, fmt.Errorf("gdalinfo -json: %w", err)
	}
	return info.raster(path)
}

// raster reads what is said of a file.
func (info *gdalInfo) raster(path string) (*raster, error) {
	switch {
	case len(info.Bands) != 1 || len(info.Size) != 2:
		return nil, fmt.Errorf("it has %d bands, and one is summed: gdal_translate -b 1 writes the first", len(info.Bands))
	case len(info.Affine) != 6 || info.CRS.WKT == "":
		return nil, errors.New("it does not say where it lies or in what coordinate system: gdal_translate -a_srs and -a_ullr say it, gdalwarp where it has control points")
	}
	band := &info.Bands[0]
	switch {
	case strings.HasPrefix(band.Type, "C"):
		return nil, fmt.Errorf("its values are complex numbers (%s), and no counts", band.Type)
	case band.Scale != nil && *band.Scale != 1 || band.Offset != nil && *band.Offset != 0:
		return nil, errors.New("its values are scaled: gdal_translate -unscale -ot Float64 writes them as they are meant")
	case strings.Contains(strings.Join(band.Mask.Flags, " "), "PER_DATASET"):
		return nil, errors.New("it has a mask beside its values: gdal_translate -mask none with -a_nodata leaves it out")
	}
	r := &raster{path: path, width: info.Size[0], height: info.Size[1], affine: [6]float64(info.Affine), crs: info.CRS.WKT,
		nodata: math.NaN(), float32: band.Type == "Float32"}
	if r.width < 1 || r.height < 1 || r.width > mostStripCells || r.height > mostRasterCells/r.width {
		return nil, fmt.Errorf("it has %d × %d cells, more than %d: gdal_translate -projwin cuts out the territory", r.width, r.height, mostRasterCells)
	}
	if len(band.Nodata) > 0 {
		nodata, err := strconv.ParseFloat(strings.Trim(string(band.Nodata), `"`), 64)
		if err != nil {
			return nil, fmt.Errorf("its value for no data: %w", err)
		}
		r.nodata = nodata
	}
	return r, nil
}

// corner is the place of the corner between cells, in the coordinate system.
func (r *raster) corner(column, row int) orb.Point {
	x, y := float64(column), float64(row)
	return orb.Point{r.affine[0] + x*r.affine[1] + y*r.affine[2], r.affine[3] + x*r.affine[4] + y*r.affine[5]}
}

// known makes NaN of what means that there are no data.
func (r *raster) known(v float64) float64 {
	if v == r.nodata || r.float32 && float32(v) == float32(r.nodata) {
		return math.NaN()
	}
	return v
}
