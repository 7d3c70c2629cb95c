package foreign

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
)

// kmlDocument is what has to be known of a KML text before its placemarks are read:
// styles may follow those that name them.
type kmlDocument struct {
	styles     map[string]kmlStyle
	fields     map[string]string // type of a field of a schema, by "schema/field"
	containers map[int64]string  // names of documents and folders, by where they begin
	placemarks int
	link       string         // where a NetworkLink leads
	left       map[string]int // what is left out, and how often
}

// leftOut are elements that are no part of a map's features.
var leftOut = map[string]string{
	"NetworkLink":   "links to other files (NetworkLink), which are not fetched",
	"GroundOverlay": "pictures on the ground (GroundOverlay)",
	"PhotoOverlay":  "photographs (PhotoOverlay)",
	"ScreenOverlay": "pictures on the screen (ScreenOverlay)",
	"Track":         "tracks (gx:Track)",
	"Model":         "models (Model)",
}

// document reads a KML text once, for what its placemarks need.
func (k *kmlReader) document(ctx context.Context) (*kmlDocument, error) {
	d := &kmlDocument{styles: map[string]kmlStyle{}, fields: map[string]string{}, containers: map[int64]string{}, left: k.left}
	var open []int64 // where each open element that is a container begins, -1 for any other
	read := 0
	for {
		if read++; read%1024 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		t, err := k.next()
		if errors.Is(err, io.EOF) {
			return d, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inside := len(open) > 0 && open[len(open)-1] >= 0
			container := int64(-1)
			switch name := t.Name.Local; {
			case name == "Document" || name == "Folder":
				container = k.InputOffset()
			case name == "name" && inside:
				if d.containers[open[len(open)-1]], err = k.text(); err != nil {
					return nil, err
				}
				continue
			case name == "Style" || name == "StyleMap":
				s, err := k.style(t)
				if err != nil {
					return nil, err
				}
				if id := attribute(t, "id"); id != "" {
					d.styles[id] = s
				}
				continue
			case name == "Schema":
				if err := k.schema(t, d); err != nil {
					return nil, err
				}
				continue
			case name == "Placemark":
				d.placemarks++
			case name == "href" && d.link == "" && d.left[leftOut["NetworkLink"]] > 0:
				if d.link, err = k.text(); err != nil {
					return nil, err
				}
				continue
			case leftOut[name] != "":
				d.left[leftOut[name]]++
			}
			open = append(open, container)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// schema reads the types of the fields of a Schema.
func (k *kmlReader) schema(e xml.StartElement, d *kmlDocument) error {
	id := attribute(e, "id")
	return k.each(func(child xml.StartElement) error {
		if child.Name.Local == "SimpleField" || child.Name.Local == "SimpleArrayField" {
			d.fields[id+"/"+attribute(child, "name")] = attribute(child, "type")
		}
		return nil
	})
}
