package foreign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/flatgeobuf/flatgeobuf/src/go/flattypes"
)

// isFlatGeobuf knows the eight bytes that begin every file of version 3; the last is
// that of the patch.
func isFlatGeobuf(head []byte) bool {
	return len(head) >= 8 && bytes.HasPrefix(head, []byte("fgb\x03fgb"))
}

// openFlatGeobuf reads the header and leaves the index out.
func openFlatGeobuf(_ context.Context, in *input) (*Source, error) {
	f := &flatGeobuf{in: in, left: in.Limit}
	s, err := f.open()
	return s, in.broken(err)
}

func (f *flatGeobuf) open() (*Source, error) {
	if _, err := io.CopyN(io.Discard, f.in.body, 8); err != nil {
		return nil, err
	}
	b, err := f.sized()
	if err != nil {
		return nil, fmt.Errorf("the header: %w", err)
	}
	header, err := rootTable(b)
	if err != nil {
		return nil, err
	}
	if f.columns, err = flatColumns(header, headerColumns); err != nil {
		return nil, err
	}
	kind, err := header.byteAt(headerGeometryType, 0)
	if err != nil {
		return nil, err
	}
	f.geometry = flattypes.GeometryType(kind)
	if f.count, err = header.number(headerCount, 8, 0); err != nil {
		return nil, err
	}
	name, err := header.text(headerName)
	if err != nil {
		return nil, err
	}
	layer := Layer{Name: name, Features: int(min(f.count, 1<<53))}
	if f.count == 0 {
		layer.Features = -1
	}
	layers := []Layer{layer}
	if _, err := f.in.chooseLayer(layers); err != nil {
		return nil, err
	}
	if err := f.crs(header); err != nil {
		return nil, err
	}
	nodeSize, err := header.number(headerNodeSize, 2, 16)
	if err != nil {
		return nil, err
	}
	if err := f.skipIndex(nodeSize); err != nil {
		return nil, err
	}
	return &Source{Layers: layers, features: f.features}, nil
}

// skipIndex leaves out the packed R-tree: a node of 40 bytes for each feature and for
// each nodeSize nodes, up to one.
func (f *flatGeobuf) skipIndex(nodeSize uint64) error {
	if nodeSize == 0 || f.count == 0 {
		return nil
	}
	const node = 40
	if nodeSize < 2 || f.count > uint64(f.in.Limit)/node {
		return errors.New("the size of the index is wrong")
	}
	nodes, level := f.count, f.count
	for more := true; more; more = level > 1 { // one feature has a node above it, too
		level = (level + nodeSize - 1) / nodeSize
		nodes += level
	}
	if _, err := io.CopyN(io.Discard, f.in.body, int64(nodes)*node); err != nil {
		return fmt.Errorf("the index: %w", err)
	}
	return nil
}

// crs refuses another coordinate system. A file that names none is taken for degrees,
// which is noted.
func (f *flatGeobuf) crs(header flatTable) error {
	t, ok, err := header.table(headerCRS)
	if err != nil {
		return err
	}
	code := uint64(0)
	texts := map[int]string{}
	if ok {
		if code, err = t.number(crsCode, 4, 0); err != nil {
			return err
		}
		for _, field := range []int{crsOrg, crsName, crsWKT, crsCodeText} {
			if texts[field], err = t.text(field); err != nil {
				return err
			}
		}
	}
	org := texts[crsOrg]
	if org == "" {
		org = "EPSG"
	}
	var names []string
	if code != 0 {
		names = append(names, fmt.Sprintf("%s:%d", org, int32(code)))
	}
	if texts[crsCodeText] != "" {
		names = append(names, org+":"+texts[crsCodeText])
	}
	for _, text := range []string{texts[crsWKT], texts[crsName]} {
		if text != "" {
			names = append(names, text)
		}
	}
	if len(names) == 0 {
		f.in.note("the file names no coordinate system: its numbers are taken for longitude and latitude on WGS 84")
		return nil
	}
	if _, is := coordinateSystem(names[0]); !is {
		return f.in.foreignCRS(names[0])
	}
	return nil
}
