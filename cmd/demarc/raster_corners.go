package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// rasterCorners are the corners of cells in longitude and latitude, row by row.
type rasterCorners struct {
	of   *raster
	row  int
	gdal io.ReadCloser // gdaltransform, nil where nothing is to be transformed
	text *bufio.Reader
}

// corners begins at the top row. Coordinates other than those of EPSG:4326 are
// transformed by gdaltransform, in one run.
func (r *raster) corners(ctx context.Context) (*rasterCorners, error) {
	c := &rasterCorners{of: r}
	if strings.HasPrefix(r.crs, `GEOGCRS["WGS 84"`) && strings.HasSuffix(r.crs, `ID["EPSG",4326]]`) {
		return c, nil
	}
	var err error
	c.gdal, err = feedGDAL(ctx, &cornerText{of: r}, "gdaltransform", "-s_srs", r.crs, "-t_srs", "OGC:CRS84", "-output_xy")
	if err != nil {
		return nil, err
	}
	c.text = bufio.NewReader(c.gdal)
	return c, nil
}

// next is the next row of corners.
func (c *rasterCorners) next() ([]orb.Point, error) {
	out := make([]orb.Point, c.of.width+1)
	for column := range out {
		if c.gdal == nil {
			out[column] = c.of.corner(column, c.row)
			continue
		}
		line, err := c.text.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("corner of row %d, column %d: %w", c.row, column, err)
		}
		out[column] = placeOf(line)
	}
	c.row++
	return out, nil
}

// placeOf reads a line of gdaltransform; NaN where it says that there is no such place.
func placeOf(line string) orb.Point {
	none := orb.Point{math.NaN(), math.NaN()}
	fields := strings.Fields(line)
	if len(fields) != 2 {
		return none // "transformation failed."
	}
	lon, err := strconv.ParseFloat(fields[0], 64)
	lat, err2 := strconv.ParseFloat(fields[1], 64)
	if err != nil || err2 != nil || math.IsInf(lon+lat, 0) || math.IsNaN(lon+lat) {
		return none
	}
	return orb.Point{lon, lat}
}

// Close ends the run.
func (c *rasterCorners) Close() error {
	if c.gdal == nil {
		return nil
	}
	return c.gdal.Close()
}

// cornerText is the corners in the coordinate system of a raster, a line each, for
// gdaltransform to read.
type cornerText struct {
	of          *raster
	column, row int
	left        []byte
}

// Read implements io.Reader.
func (t *cornerText) Read(b []byte) (int, error) {
	for len(t.left) < len(b) && t.row <= t.of.height {
		p := t.of.corner(t.column, t.row)
		t.left = strconv.AppendFloat(t.left, p[0], 'g', -1, 64)
		t.left = append(t.left, ' ')
		t.left = strconv.AppendFloat(t.left, p[1], 'g', -1, 64)
		t.left = append(t.left, '\n')
		if t.column++; t.column > t.of.width {
			t.column, t.row = 0, t.row+1
		}
	}
	if len(t.left) == 0 {
		return 0, io.EOF
	}
	n := copy(b, t.left)
	t.left = t.left[n:]
	return n, nil
}
