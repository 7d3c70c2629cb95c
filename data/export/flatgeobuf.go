package export

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/demarc-map/demarc/data"

	"github.com/flatgeobuf/flatgeobuf/src/go/flattypes"
	"github.com/flatgeobuf/flatgeobuf/src/go/writer"
	flatbuffers "github.com/google/flatbuffers/go"
	"github.com/paulmach/orb"
)

// flatGeobuf returns the format of one layer as FlatGeobuf 3 with a spatial index,
// so that a client reads only the part it shows.
func flatGeobuf(layer string) Format {
	sections := []string{layer}
	if layer == data.HeldLayer {
		sections = []string{data.TerritoriesSection, data.ZonesSection}
	}
	return Format{layer + ".fgb", "application/vnd.flatgeobuf", true, func(ctx context.Context, w io.Writer, s *data.Snapshot, e data.Edition) error {
		items, err := layerOf(ctx, s, e, layer)
		if err != nil {
			return err
		}
		one, err := tables(ctx, s, items)
		if err != nil {
			return err
		}
		return writeFlatGeobuf(ctx, w, &one[0], s, e)
	}, sections}
}

func writeFlatGeobuf(ctx context.Context, w io.Writer, t *table, s *data.Snapshot, e data.Edition) error {
	builder := flatbuffers.NewBuilder(1 << 10)
	var columns []*writer.Column
	for _, c := range t.columns {
		columns = append(columns, writer.NewColumn(builder).SetName(c.name).SetNullable(true).SetType([]flattypes.ColumnType{
			text: flattypes.ColumnTypeString, number: flattypes.ColumnTypeDouble, flag: flattypes.ColumnTypeBool, day: flattypes.ColumnTypeDateTime}[c.kind]))
	}
	header := writer.NewHeader(builder).SetName(t.name).SetColumns(columns).
		SetGeometryType([4]flattypes.GeometryType{flattypes.GeometryTypePoint, flattypes.GeometryTypeLineString,
			flattypes.GeometryTypeMultiPolygon, data.Mixed: flattypes.GeometryTypeUnknown}[data.Dimension(t.name)]).
		SetCrs(writer.NewCrs(builder).SetOrg("EPSG").SetCode(4326).SetName("WGS 84")).
		SetTitle(s.Dataset.Title.In("en") + ", " + t.name).
		SetDescription(fmt.Sprintf("%s, %s. %s %s Snapshot %s", e.Epoch, e.Basis, s.Dataset.Credits().In("en"), s.Dataset.Disclaimer.In("en"), s.Name()))
	_, err := writer.NewWriter(header, len(t.items) > 0, &features{ctx: ctx, table: t}, nil, writer.WithMemory()).Write(w)
	if ctx.Err() != nil { // the features were not all handed out
		return context.Cause(ctx)
	}
	return err
}

// features hands out the features of a table one by one, until the context ends.
type features struct {
	ctx   context.Context
	table *table
	next  int
}

// Generate implements writer.FeatureGenerator.
func (f *features) Generate() *writer.Feature {
	if f.next == len(f.table.items) || f.ctx.Err() != nil {
		return nil
	}
	item, row := &f.table.items[f.next], f.table.rows[f.next]
	f.next++
	builder := flatbuffers.NewBuilder(1 << 10)
	var properties []byte
	for i, v := range row {
		properties = appendProperty(properties, i, v)
	}
	return writer.NewFeature(builder).SetGeometry(flatGeometry(builder, item.Shape)).SetProperties(properties)
}

// appendProperty encodes a cell after the number of its column; one without a
// value is left out.
func appendProperty(to []byte, column int, v any) []byte {
	numbered := binary.LittleEndian.AppendUint16(to, uint16(column))
	text := func(s string) []byte {
		return append(binary.LittleEndian.AppendUint32(numbered, uint32(len(s))), s...)
	}
	switch v := v.(type) {
	case string:
		return text(v)
	case float64:
		return binary.LittleEndian.AppendUint64(numbered, math.Float64bits(v))
	case bool:
		if v {
			return append(numbered, 1)
		}
		return append(numbered, 0)
	case data.Date:
		if v != 0 {
			return text(v.String() + "T00:00:00Z")
		}
	}
	return to
}

func flatGeometry(builder *flatbuffers.Builder, shape orb.Geometry) *writer.Geometry {
	g := writer.NewGeometry(builder)
	switch shape := shape.(type) {
	case orb.Point:
		g.SetType(flattypes.GeometryTypePoint).SetXY(shape[:])
	case orb.LineString:
		g.SetType(flattypes.GeometryTypeLineString).SetXY(positions(nil, shape))
	case orb.MultiPolygon:
		var parts []writer.Geometry
		for _, polygon := range shape {
			var xy []float64
			var ends []uint32
			for _, ring := range polygon {
				xy = positions(xy, orb.LineString(ring))
				ends = append(ends, uint32(len(xy)/2))
			}
			parts = append(parts, *writer.NewGeometry(builder).SetType(flattypes.GeometryTypePolygon).SetXY(xy).SetEnds(ends))
		}
		g.SetType(flattypes.GeometryTypeMultiPolygon).SetParts(parts)
	}
	return g
}

func positions(to []float64, line orb.LineString) []float64 {
	for _, p := range line {
		to = append(to, p[0], p[1])
	}
	return to
}
