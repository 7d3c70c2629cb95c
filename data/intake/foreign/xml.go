package foreign

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/ianaindex"
)

// mostElements is how many elements may lie in each other.
const mostElements = 100

var errNested = errors.New("elements are nested too deep")

// xmlReader reads elements one after another. No entity is expanded but those of XML itself.
type xmlReader struct {
	*xml.Decoder
	depth int
}

func newXMLReader(r io.Reader) *xmlReader {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") {
			return r, nil // unwrapped by now
		}
		e, err := ianaindex.IANA.Encoding(label)
		if err != nil || e == nil {
			return nil, fmt.Errorf("the encoding %q is not known", label)
		}
		return e.NewDecoder().Reader(r), nil
	}
	return &xmlReader{Decoder: d}
}

// next is the next token, with the nesting bounded.
func (x *xmlReader) next() (xml.Token, error) {
	t, err := x.Token()
	switch t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > mostElements {
			return nil, errNested
		}
	case xml.EndElement:
		x.depth--
	}
	return t, err
}

// each calls do with every child of the element that has just begun, up to its end.
// What do returns without having read to the end of the child is skipped.
func (x *xmlReader) each(do func(child xml.StartElement) error) error {
	inside := x.depth
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if x.depth < inside {
				return nil
			}
		case xml.StartElement:
			if err := do(t); err != nil {
				return err
			}
			for x.depth > inside {
				if _, err := x.next(); err != nil {
					return err
				}
			}
		}
	}
}

// text is the text of the element that has just begun, that of its children too,
// without white space around it.
func (x *xmlReader) text() (string, error) {
	inside := x.depth
	var b strings.Builder
	for x.depth >= inside {
		t, err := x.next()
		if err != nil {
			return "", err
		}
		if chars, ok := t.(xml.CharData); ok {
			b.Write(chars)
		}
	}
	return strings.TrimSpace(b.String()), nil
}

// attribute is the value of an attribute, "" without it.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
