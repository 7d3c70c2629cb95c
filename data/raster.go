package data

import (
	"context"
	"fmt"
	"iter"
	"math"

	"github.com/paulmach/orb"
)

// MethodOfRasterSum says how the counts of a raster are summed.
const MethodOfRasterSum = "values are counts per cell, spread evenly over the cell; cells that no edge meets go whole to the side of their middle, " +
	"others by exact share of their area on the WGS 84 ellipsoid; low and high by what lies within the accuracy of the line; cells without data are left out; " +
	"demarc-raster-sum/1"

// RasterLine is a line of cells of a raster.
type RasterLine struct {
	Values      []float64   // the count of each cell, NaN for none known
	Top, Bottom []orb.Point // corners in degrees of longitude and latitude, one more than values; NaN for those off the globe
}

// RasterSum is the sum of a raster of counts on either side of the line, under each reading.
type RasterSum struct {
	Dataset     string          `json:"dataset"`
	Of          string          `json:"of"`
	Party       string          `json:"party"`
	Basis       string          `json:"basis"`
	AsOf        Date            `json:"as_of"`
	Cells       int             `json:"cells"`
	NodataCells int             `json:"nodata_cells"` // left out
	CutCells    int             `json:"cut_cells"`    // shared out by area
	Readings    []RasterReading `json:"readings"`
	Method      string          `json:"method"`
	Snapshot    string          `json:"snapshot"`
}

// RasterReading is the sum of a raster under one reading.
type RasterReading struct {
	Basis     string     `json:"basis"`
	Asked     bool       `json:"asked"`
	Measures  Measure    `json:"measures"`
	Evidence  Evidence   `json:"evidence"`
	Sources   []string   `json:"sources"`
	AccuracyM float64    `json:"accuracy_m"`
	Total     SumRow     `json:"total"`
	Districts []SumGroup `json:"districts"` // the id is "" for what lies in none
}

// SumGroup is the sum of a district.
type SumGroup struct {
	ID string `json:"id"`
	SumRow
}

// SumRow is the sum on each side.
type SumRow struct {
	All     float64  `json:"all"`
	Held    SumRange `json:"held"`
	Free    SumRange `json:"free"`
	Outside float64  `json:"outside"`
}

// SumRange is a sum with its uncertainty.
type SumRange struct {
	Low   float64 `json:"low"` // without what may as well lie on the other side
	Value float64 `json:"value"`
	High  float64 `json:"high"` // with what may as well lie on this side
}

// SumRaster sums the lines of a raster, one after another, in memory that does not grow
// with their number. Values are counts per cell, such as inhabitants: a density
// (inhabitants a km²) has to be multiplied by the area of its cells first. Errors are
// those of Share, those of lines, and a count that is negative or infinite.
func SumRaster(ctx context.Context, s *Snapshot, q Query, lines iter.Seq2[RasterLine, error]) (*RasterSum, error) {
	asked := TallyQuery{Query: q}
	views, err := tallyViews(ctx, s, &asked)
	if err != nil {
		return nil, err
	}
	r, err := newRasterSummer(s, asked.Query, views)
	if err != nil {
		return nil, err
	}
	row := 0
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		if len(line.Top) != len(line.Values)+1 || len(line.Bottom) != len(line.Top) {
			return nil, fmt.Errorf("row %d: %d and %d corners of %d cells", row, len(line.Top), len(line.Bottom), len(line.Values))
		}
		for column, v := range line.Values {
			if v < 0 || math.IsInf(v, 0) {
				return nil, fmt.Errorf("row %d, column %d: %g is not a count; is it what the raster writes where it has no data? "+
					"say so with gdal_translate -a_nodata %g", row, column, v, v)
			}
		}
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		if err := r.line(ctx, line); err != nil {
			return nil, fmt.Errorf("row %d: %w", row, err)
		}
		row++
	}
	return r.answer(), nil
}
