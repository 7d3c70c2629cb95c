package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/demarc-map/demarc/data"
)

// lines are the cells of a raster, line by line. Strips of them pass through a
// temporary file of at most 32 MB.
func (r *raster) lines(ctx context.Context) iter.Seq2[data.RasterLine, error] {
	return func(yield func(data.RasterLine, error) bool) {
		folder, err := os.MkdirTemp("", "demarc-raster-*")
		if err != nil {
			yield(data.RasterLine{}, err)
			return
		}
		corners, err := r.corners(ctx)
		if err == nil {
			err = r.each(ctx, folder, corners, func(line data.RasterLine) bool { return yield(line, nil) })
			err = errors.Join(err, corners.Close())
		}
		err = errors.Join(err, os.RemoveAll(folder))
		if err != nil && !errors.Is(err, errEnough) {
			yield(data.RasterLine{}, err)
		}
	}
}

// errEnough ends a reader whose lines nobody wants any more.
var errEnough = errors.New("enough")

// each reads strip by strip.
func (r *raster) each(ctx context.Context, folder string, corners *rasterCorners, use func(data.RasterLine) bool) error {
	top, err := corners.next()
	if err != nil {
		return err
	}
	rows := max(mostStripCells/r.width, 1)
	if rows > 512 {
		rows -= rows % 512 // whole tiles
	}
	for row := 0; row < r.height; row += rows {
		strip, err := r.strip(ctx, folder, row, min(rows, r.height-row))
		if err != nil {
			return err
		}
		for ; len(strip) > 0; strip = strip[r.width:] {
			bottom, err := corners.next()
			if err != nil {
				return err
			}
			if !use(data.RasterLine{Values: strip[:r.width], Top: top, Bottom: bottom}) {
				return errEnough
			}
			top = bottom
		}
	}
	return nil
}

// strip reads some rows as gdal_translate unpacks them.
func (r *raster) strip(ctx context.Context, folder string, row, rows int) ([]float64, error) {
	name := filepath.Join(folder, "strip.bin")
	run, err := runGDAL(ctx, "gdal_translate", "-q", "-if", "GTiff", "-of", "ENVI", "-ot", "Float64", "-co", "SUFFIX=ADD",
		"-srcwin", "0", strconv.Itoa(row), strconv.Itoa(r.width), strconv.Itoa(rows), r.path, name)
	if err != nil {
		return nil, err
	}
	_, err = io.Copy(io.Discard, run)
	if err = errors.Join(err, run.Close()); err != nil {
		return nil, err
	}
	header, err := os.ReadFile(name + ".hdr")
	if err != nil {
		return nil, err
	}
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.Contains(header, []byte("byte order = 1")) {
		order = binary.BigEndian
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if len(content) != 8*rows*r.width {
		return nil, fmt.Errorf("gdal_translate wrote %d bytes of %d rows of %d cells", len(content), rows, r.width)
	}
	values := make([]float64, rows*r.width)
	for i := range values {
		values[i] = r.known(math.Float64frombits(order.Uint64(content[8*i:])))
	}
	return values, nil
}
