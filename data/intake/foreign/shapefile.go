package foreign

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"path"
	"strings"
)

// isShapefile reports whether a file is the .shp of a shapefile, or its .shx, which
// begins alike (ESRI Shapefile Technical Description, 1998, table 1).
func isShapefile(head []byte) bool {
	return len(head) >= shpHeader && binary.BigEndian.Uint32(head) == 9994 && binary.LittleEndian.Uint32(head[28:]) == 1000
}

// shpHeader is how many bytes a .shp and a .shx begin with.
const shpHeader = 100

// openShapefile reads the shapes of a .shp with what lies beside it: properties of
// the .dbf, its encoding of the .cpg, the coordinate system of the .prj.
func openShapefile(ctx context.Context, in *input) (*Source, error) {
	if strings.EqualFold(path.Ext(in.Name), ".shx") {
		return nil, in.fault("unknown-format", "", "it is the index of a shapefile: give the .shp, with its .dbf and .prj beside it, or all of them in a zip")
	}
	shp, err := in.all(in.body)
	if err != nil {
		return nil, in.unreadable(err)
	}
	if len(shp) < shpHeader {
		return nil, in.cutOff(int64(len(shp)), -1)
	}
	if err := in.shapefileCRS(shp); err != nil {
		return nil, err
	}
	records, err := in.shapeRecords(shp)
	if err != nil {
		return nil, err
	}
	table, err := in.attributes(len(records))
	if err != nil {
		return nil, err
	}
	return &Source{features: func(yield func(Feature, error) bool) {
		r := &shapes{in: in, doubts: map[string]*doubt{}}
		for i, content := range records {
			f, keep, err := r.feature(ctx, table, i, content)
			if err != nil {
				yield(f, err)
				return
			}
			if keep && !yield(f, nil) {
				return
			}
		}
		r.tell(table)
	}}, nil
}

// shapefileCRS refuses a shapefile that is not in longitude and latitude on WGS 84.
func (in *input) shapefileCRS(shp []byte) error {
	prj, err := in.beside("prj")
	if err != nil {
		return err
	}
	if text := strings.TrimSpace(string(bytes.TrimPrefix(prj, []byte("\ufeff")))); text != "" {
		if _, wgs84 := coordinateSystem(text); !wgs84 {
			return in.foreignCRS(text)
		}
		return nil
	}
	box := [4]float64{} // west, south, east, north
	for i := range box {
		box[i] = math.Float64frombits(binary.LittleEndian.Uint64(shp[36+8*i:]))
	}
	if math.Abs(box[0]) > 180 || math.Abs(box[1]) > 90 || math.Abs(box[2]) > 180 || math.Abs(box[3]) > 90 {
		return in.fault("foreign-crs", "", fmt.Sprintf("its coordinates, from %g %g to %g %g, are not longitude and latitude, and no .prj beside it says what they are; find out, and transform it: %s", box[0], box[1], box[2], box[3], in.command(fromUnknown)))
	}
	in.note("no .prj says what the coordinates are: they are taken for longitude and latitude on WGS 84")
	return nil
}

// shapes reads the records of a shapefile into features.
type shapes struct {
	in      *input
	deleted int
	doubts  map[string]*doubt // what was said of rings
	order   []string
}

// doubt is where something was understood that was not clear.
type doubt struct{ count, first int }

// feature is the one of record i, from 0; not to be kept when it is deleted.
func (r *shapes) feature(ctx context.Context, table *dbf, i int, content []byte) (f Feature, keep bool, err error) {
	if ctx.Err() != nil {
		return f, false, context.Cause(ctx)
	}
	label := fmt.Sprintf("record %d", i+1)
	if table != nil {
		if table.deleted(i) {
			r.deleted++
			return f, false, nil
		}
		if f.Properties, err = table.properties(i); err != nil {
			return f, false, err
		}
	}
	if binary.LittleEndian.Uint32(content) == shapeMultiPatch {
		return f, false, r.in.fault("shape", label, "a MultiPatch is a body in space, and no land; write its outline as polygons: "+r.in.command("-dim XY -nlt MULTIPOLYGON"))
	}
	geometry, said, why := readShape(content)
	if why != "" {
		return f, false, r.in.fault("shape", label, why)
	}
	if said != "" {
		if r.doubts[said] == nil {
			r.doubts[said] = &doubt{first: i + 1}
			r.order = append(r.order, said)
		}
		r.doubts[said].count++
	}
	f.Geometry = geometry
	return f, true, nil
}

// tell notes what became of records that were not as they should be.
func (r *shapes) tell(table *dbf) {
	if r.deleted > 0 {
		r.in.note("records left out that the .dbf calls deleted: %d", r.deleted)
	}
	for _, said := range r.order {
		d := r.doubts[said]
		r.in.note("record %d: %s (records like that: %d)", d.first, said, d.count)
	}
	if table != nil {
		table.tell()
	}
}
