package data

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// Contents is what the files of a dataset hold.
type Contents struct {
	Dataset     Dataset
	Territories []Territory
	Zones       []Zone
	Lines       []ControlLine
	Places      []Place
	Things      []MappedThing // by their layers' ids, and then by their own
	Claims      []Claim       // their order is kept
}

// sort puts features in the order of their ids, so that the order in the files
// changes neither the name of a snapshot nor any answer.
func (c *Contents) sort() {
	byID(c.Territories, func(t Territory) string { return t.ID })
	byID(c.Zones, func(z Zone) string { return z.ID })
	byID(c.Lines, func(l ControlLine) string { return l.ID })
	byID(c.Places, func(p Place) string { return p.ID })
	sortThings(c.Things)
}

func byID[T any](all []T, id func(T) string) {
	slices.SortFunc(all, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
}

// Files writes the dataset as its folder: names to texts, one feature a line.
// Zones that control lines imply are left out, as are files without features.
func (c *Contents) Files() (map[string][]byte, error) {
	texts := map[string]*bytes.Buffer{}
	err := c.Write(func(name string) (io.WriteCloser, error) {
		texts[name] = &bytes.Buffer{}
		return withoutClose{texts[name]}, nil
	})
	files := map[string][]byte{}
	for name, text := range texts {
		files[name] = text.Bytes()
	}
	return files, err
}

type withoutClose struct{ io.Writer }

func (withoutClose) Close() error { return nil }

// Write is Files feature by feature, so that a large file is never in memory as text.
// Each file is written to what create returns for its name.
func (c *Contents) Write(create func(name string) (io.WriteCloser, error)) error {
	documents := map[string]any{datasetFile: c.Dataset}
	if len(c.Claims) > 0 {
		documents[claimsFile] = c.Claims
	}
	for name, v := range documents {
		if err := into(create, name, func(w *bufio.Writer) error {
			text, err := json.MarshalIndent(v, "", "  ")
			_, _ = w.Write(append(text, '\n')) // a bufio.Writer keeps its first error for Flush
			return err
		}); err != nil {
			return err
		}
	}
	for name, items := range c.sections() {
		if err := into(create, name, func(w *bufio.Writer) error { return writeCollection(w, items) }); err != nil {
			return err
		}
	}
	return nil
}

// into writes one file.
func into(create func(name string) (io.WriteCloser, error), name string, write func(w *bufio.Writer) error) error {
	file, err := create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<16)
	return errors.Join(write(w), w.Flush(), file.Close())
}

func writeCollection(w *bufio.Writer, items iter.Seq[Item]) error {
	_, _ = w.WriteString("{\"type\": \"FeatureCollection\", \"features\": [\n")
	i := -1
	for item := range items {
		i++
		line, err := feature(item.ID, item.Shape, item.Properties).MarshalJSON()
		if err != nil {
			return err
		}
		if i > 0 {
			_, _ = w.WriteString(",\n")
		}
		_, _ = w.Write(line)
	}
	_, _ = w.WriteString("\n]}\n")
	return nil
}

// sections returns the features of each GeoJSON file with their properties,
// made one by one as they are asked for, without empty files.
func (c *Contents) sections() map[string]iter.Seq[Item] {
	out := map[string]iter.Seq[Item]{}
	section(out, territoriesFile, c.Territories, func(t *Territory) (Item, bool) {
		return Item{ID: t.ID, Shape: t.Shape, Properties: t.Properties()}, true
	})
	if slices.ContainsFunc(c.Zones, func(z Zone) bool { return z.Line == "" }) {
		section(out, zonesFile, c.Zones, func(z *Zone) (Item, bool) {
			if z.Line != "" {
				return Item{}, false
			}
			return Item{ID: z.ID, Shape: z.Shape, Properties: z.Properties()}, true
		})
	}
	section(out, linesFile, c.Lines, func(l *ControlLine) (Item, bool) {
		return Item{ID: l.ID, Shape: l.Shape, Properties: l.Properties()}, true
	})
	section(out, placesFile, c.Places, func(p *Place) (Item, bool) {
		return Item{ID: p.ID, Shape: p.Point, Properties: p.Properties()}, true
	})
	section(out, thingsFile, c.Things, func(t *MappedThing) (Item, bool) {
		return Item{ID: t.ID, Shape: t.Shape, Properties: t.Properties()}, true
	})
	return out
}

func section[T any](out map[string]iter.Seq[Item], file string, all []T, item func(*T) (Item, bool)) {
	if len(all) == 0 {
		return
	}
	out[file] = func(yield func(Item) bool) {
		for i := range all {
			if one, ok := item(&all[i]); ok && !yield(one) {
				return
			}
		}
	}
}

func feature(id string, g orb.Geometry, properties map[string]any) *geojson.Feature {
	f := geojson.NewFeature(g)
	f.ID, f.Properties = id, properties
	return f
}

// Geometry returns a shape that encodes itself as a GeoJSON geometry (RFC
// 7946), every coordinate with all its digits.
func Geometry(shape orb.Geometry) json.Marshaler { return geojson.NewGeometry(shape) }

// Properties returns the territory's properties as its file holds them, by name.
func (t *Territory) Properties() map[string]any {
	p := attributes(t.Name, t.Extra)
	p.set("parent", t.Parent)
	p.set("source", t.Source)
	if t.PublishedAreaKm2 != 0 {
		p["published_area_km2"] = t.PublishedAreaKm2
	}
	return p
}

// Properties returns the zone's properties as its file holds them, by name.
func (z *Zone) Properties() map[string]any {
	p := attributes(z.Name, z.Extra)
	p.evidence(z.Party, z.Basis, z.Status, z.Valid, z.Source, z.AccuracyM)
	p.day("mapped_on", z.MappedOn)
	return p
}

// Properties returns the line's properties as its file holds them, by name.
func (l *ControlLine) Properties() map[string]any {
	p := attributes(l.Name, l.Extra)
	p.evidence(l.Party, l.Basis, l.Status, l.Valid, l.Source, l.AccuracyM)
	p.day("mapped_on", l.MappedOn)
	p.set("kind", l.Kind)
	p.set("held_side", string(l.HeldSide))
	p.set("territory", l.Territory)
	if l.ExtendM != 0 {
		p["extend_m"] = l.ExtendM
	}
	return p
}

// Properties returns the place's properties as its file holds them, by name.
func (p *Place) Properties() map[string]any {
	out := attributes(p.Name, p.Extra)
	out.set("kind", p.Kind)
	out.set("source", p.Source)
	return out
}

// attributeMap is a feature's properties by name.
type attributeMap map[string]any

func attributes(name Text, extra map[string]any) attributeMap {
	p := attributeMap{}
	maps.Copy(p, extra)
	for lang, words := range name {
		p["name_"+lang] = words
	}
	return p
}

func (p attributeMap) set(name, value string) {
	if value != "" {
		p[name] = value
	}
}

func (p attributeMap) day(name string, d Date) {
	if d != 0 {
		p[name] = d.String()
	}
}

func (p attributeMap) evidence(party, basis string, status Status, valid Interval, source string, accuracyM float64) {
	p.set("party", party)
	p.set("basis", basis)
	p.set("status", string(status))
	p.set("valid_from", valid.From.String())
	p.day("valid_to", valid.To)
	p.set("source", source)
	p["accuracy_m"] = accuracyM
}

func ids[T any](all []T, id func(T) string) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = id(v)
	}
	return out
}
