package style

import (
	"bytes"
	"encoding/xml"

	"github.com/demarc-map/demarc/data"
)

// element is an XML element. Text and attributes are escaped when it is written,
// and lose what turns the direction of text.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

// el returns an element with attributes given as name, value, name, value.
func el(name string, attributes ...string) element {
	e := element{XMLName: xml.Name{Local: name}}
	for i := 0; i+1 < len(attributes); i += 2 {
		e.Attrs = append(e.Attrs, xml.Attr{Name: xml.Name{Local: attributes[i]}, Value: data.Plain(attributes[i+1])})
	}
	return e
}

// with adds children.
func (e element) with(children ...element) element {
	e.Children = append(e.Children, children...)
	return e
}

// said returns an element with text in it.
func said(name, words string, attributes ...string) element {
	e := el(name, attributes...)
	e.Text = data.Plain(words)
	return e
}

// document writes an element under a document type.
func document(doctype string, root element) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("<!DOCTYPE " + doctype + ">\n")
	encoder := xml.NewEncoder(&out)
	encoder.Indent("", " ")
	if err := encoder.Encode(root); err != nil {
		return nil, err
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}
