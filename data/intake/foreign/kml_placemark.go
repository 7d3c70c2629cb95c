package foreign

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// placemarks reads the placemarks of a text into features.
type placemarks struct {
	*kmlReader
	*kmlDocument
	yield   func(Feature, error) bool
	count   int               // placemarks
	renamed map[[2]string]int // properties that are kept under another name
	missing int               // features that name a style which is not there
	skipped int               // placemarks with nothing but what is left out
}

// read hands on the placemarks, in the order of the text.
func (p *placemarks) read(ctx context.Context) error {
	var folders []string // names of the open containers
	var open []bool      // whether each open element is a container
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := t.Name.Local
			if name == "Placemark" {
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				if err := p.placemark(t, folderPath(folders)); err != nil {
					return err
				}
				continue
			}
			container := name == "Document" || name == "Folder"
			if container {
				folders = append(folders, p.containers[p.InputOffset()])
			}
			open = append(open, container)
		case xml.EndElement:
			if open[len(open)-1] {
				folders = folders[:len(folders)-1]
			}
			open = open[:len(open)-1]
		}
	}
}

// folderPath joins the names of folders that have one.
func folderPath(folders []string) string {
	named := slices.DeleteFunc(slices.Clone(folders), func(name string) bool { return name == "" })
	return strings.Join(named, " / ")
}

// placemark is one placemark while it is read.
type placemark struct {
	label      string
	texts      []Property // of its own elements
	data       properties // of its ExtendedData
	style      kmlStyle
	url        string
	geometries []orb.Geometry
	leftOut    bool // it has a geometry that is left out
}

// placemark reads one placemark and hands it on.
func (p *placemarks) placemark(e xml.StartElement, folder string) error {
	m := &placemark{label: fmt.Sprintf("#%d", p.count)}
	id := attribute(e, "id")
	if id != "" {
		m.label = id
	}
	p.count++
	if err := p.each(func(child xml.StartElement) error { return p.child(m, child) }); err != nil {
		return err
	}
	f := Feature{ID: id, Geometry: together(m.geometries)}
	if f.Geometry == nil && m.leftOut {
		p.skipped++
		return nil
	}
	f.Properties = p.properties(m, folder)
	if !p.yield(f, nil) {
		return errStopped
	}
	return nil
}

// child reads one element of a placemark.
func (p *placemarks) child(m *placemark, e xml.StartElement) error {
	text := func(name string) error {
		value, err := p.text()
		if err == nil {
			m.texts = append(m.texts, Property{name, value})
		}
		return err
	}
	switch name := e.Name.Local; name {
	case "name", "description":
		return text(name)
	case "visibility":
		value, err := p.text()
		m.texts = append(m.texts, Property{name, schemaValue("int", value)})
		return err
	case "TimeSpan", "TimeStamp":
		return p.each(func(child xml.StartElement) error {
			switch name := child.Name.Local; name {
			case "begin", "end", "when":
				return text(name)
			}
			return nil
		})
	case "styleUrl":
		var err error
		m.url, err = p.text()
		return err
	case "Style", "StyleMap":
		var err error
		m.style, err = p.style(e)
		return err
	case "ExtendedData":
		return p.each(func(child xml.StartElement) error { return p.extended(m, child) })
	case "Track", "MultiTrack", "Model":
		m.leftOut = true
	default:
		g, err := p.geometry(m, e)
		if g != nil {
			m.geometries = append(m.geometries, g)
		}
		return err
	}
	return nil
}

// extended reads one element of ExtendedData: a pair, the fields of a schema, or
// an element of another namespace.
func (p *placemarks) extended(m *placemark, e xml.StartElement) error {
	keep := func(name string, value any) {
		if name == "" {
			name = "data"
		}
		if kept := m.data.add("", name, value); kept != name {
			p.renamed[[2]string{name, kept}]++
		}
	}
	switch e.Name.Local {
	case "Data":
		return p.each(func(child xml.StartElement) error {
			if child.Name.Local != "value" {
				return nil
			}
			value, err := p.text()
			keep(attribute(e, "name"), value)
			return err
		})
	case "SchemaData":
		schema := strings.TrimPrefix(attribute(e, "schemaUrl"), "#")
		return p.each(func(child xml.StartElement) error {
			if child.Name.Local != "SimpleData" {
				return nil
			}
			value, err := p.text()
			name := attribute(child, "name")
			keep(name, schemaValue(p.fields[schema+"/"+name], value))
			return err
		})
	}
	value, err := p.text()
	keep(e.Name.Local, value)
	return err
}

// schemaValue reads a value of a type of KML schemas; what is not of its type stays a text.
func schemaValue(kind, text string) any {
	switch kind {
	case "int", "uint", "short", "ushort":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case "float", "double":
		if v, err := strconv.ParseFloat(text, 64); err == nil && v-v == 0 {
			return v
		}
	case "bool":
		switch text {
		case "1", "true":
			return true
		case "0", "false":
			return false
		}
	}
	return text
}

// properties are those of a placemark: its data first, which keep their names, then
// its elements, then what it is drawn with.
func (p *placemarks) properties(m *placemark, folder string) []Property {
	all := m.data
	add := func(prefix, name string, value any) {
		if kept := all.add(prefix, name, value); kept != name {
			p.renamed[[2]string{name, kept}]++
		}
	}
	for _, text := range m.texts {
		add("kml_", text.Name, text.Value)
	}
	if folder != "" {
		add("kml_", "folder", folder)
	}
	if m.url != "" {
		add("style_", "styleUrl", m.url)
		if id, local := strings.CutPrefix(m.url, "#"); local && p.styles[id].values == nil && p.styles[id].next == "" {
			p.missing++
		}
	}
	style := p.resolve(m.style, m.url)
	for _, name := range styleNames {
		if value, ok := style[name]; ok {
			add("style_", name, value)
		}
	}
	return all.all
}

// tell notes what became of names and styles.
func (p *placemarks) tell() {
	for _, names := range slices.SortedFunc(maps.Keys(p.renamed), func(a, b [2]string) int { return strings.Compare(a[1], b[1]) }) {
		p.in.note("data of the placemarks has the name %q too: the other is kept as %q, in features: %d", names[0], names[1], p.renamed[names])
	}
	if p.missing > 0 {
		p.in.note("features that name a style which the file does not have: %d", p.missing)
	}
	if p.skipped > 0 {
		p.in.note("placemarks left out, as they have nothing but tracks or models: %d", p.skipped)
	}
}
