package foreign

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// isKML reports whether a text is KML, of any version, by its first element.
func isKML(head []byte) bool {
	if trimmed := bytes.TrimLeft(head, " \t\r\n"); len(trimmed) == 0 || trimmed[0] != '<' {
		return false
	}
	x := newXMLReader(bytes.NewReader(head))
	for {
		t, err := x.RawToken()
		if err != nil {
			return false
		}
		if e, ok := t.(xml.StartElement); ok {
			return e.Name.Local == "kml"
		}
	}
}

// kmlReader reads the elements of KML (OGC 12-007r2, and its versions before).
// Namespaces are not looked at: files have those of every version, and none.
type kmlReader struct {
	*xmlReader
	in   *input
	left map[string]int // what is left out, and how often
}

func (in *input) newKMLReader(text []byte) *kmlReader {
	return &kmlReader{newXMLReader(bytes.NewReader(text)), in, map[string]int{}}
}

// openKML reads the placemarks of a KML text, in longitude and latitude on WGS 84
// by definition, heights left out.
func openKML(ctx context.Context, in *input) (*Source, error) {
	text, err := in.all(in.body)
	if err != nil {
		return nil, in.unreadable(err)
	}
	k := in.newKMLReader(text)
	document, err := k.document(ctx)
	if err != nil {
		return nil, k.broken(err)
	}
	if document.placemarks == 0 && document.link != "" {
		return nil, in.fault("network-link", "", fmt.Sprintf("it holds no placemarks but a link to %q, which is not fetched: save what is there, and import that", geojson.Clip(document.link, 200)))
	}
	for _, what := range slices.Sorted(maps.Keys(document.left)) {
		in.note("left out: %s: %d", what, document.left[what])
	}
	return &Source{features: func(yield func(Feature, error) bool) {
		p := &placemarks{kmlReader: in.newKMLReader(text), kmlDocument: document, yield: yield, renamed: map[[2]string]int{}}
		err := p.read(ctx)
		if err != nil && !errors.Is(err, errStopped) {
			yield(Feature{}, p.broken(err))
		}
		p.tell()
	}}, nil
}

// broken is the fault of a text that is no XML or no KML.
func (k *kmlReader) broken(err error) error {
	var bad geojson.Fault
	if errors.As(err, &bad) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	line, column := k.InputPos()
	if bad := (*xml.SyntaxError)(nil); errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &bad) && bad.Msg == "unexpected EOF" {
		return k.in.fault("xml", fmt.Sprintf("line %d, column %d", line, column), "the text ends too early: it was cut off, so get it again")
	}
	return k.in.fault("xml", fmt.Sprintf("line %d, column %d", line, column), strings.TrimPrefix(err.Error(), "XML syntax error on "))
}
