// Package drawn draws random datasets for laws that hold for every one of them.
package drawn

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"testing/fstest"

	"pgregory.net/rapid"
)

// object is a JSON object.
type object = map[string]any

// Dataset draws the files of a dataset that the reader accepts: one to five
// parties, zones of every status and of several forms that overlap as they like,
// on days of their own, two readings that may each say what counts, often districts,
// and often a control line that implies a zone. The territory is a square of 0.4
// degrees near 34° E, 31° N.
func Dataset(t *rapid.T) fs.FS {
	var parties []any
	for i := range rapid.IntRange(1, 5).Draw(t, "parties") {
		parties = append(parties, object{"id": party(i), "name": object{"en": fmt.Sprintf("Party %d", i)}})
	}
	dataset := object{
		"schema": "demarc/1", "id": "drawn", "title": object{"en": "Drawn"}, "attribution": object{"en": "a"}, "disclaimer": object{"en": "d"},
		"territory": "whole", "default_party": party(0), "default_basis": "a", "parties": parties,
		"bases":   []any{basis(t, "a"), basis(t, "b")},
		"sources": []any{object{"id": "s", "title": "t", "publisher": "p", "licence": "l"}},
	}
	zones := []any{zone(t, "anchor", "a", party(0), ring(10, 10, 14, 14), 0)}
	for i := range rapid.IntRange(0, 8).Draw(t, "zones") {
		west, south := rapid.IntRange(5, 45).Draw(t, "west"), rapid.IntRange(5, 45).Draw(t, "south")
		east, north := west+rapid.IntRange(1, 20).Draw(t, "width"), south+rapid.IntRange(1, 20).Draw(t, "height")
		form := rapid.SampledFrom([]func(west, south, east, north int) [][][2]float64{ring, frame, wedge}).Draw(t, "form")
		zones = append(zones, zone(t, fmt.Sprintf("zone-%d", i), rapid.SampledFrom([]string{"a", "b"}).Draw(t, "reading"),
			party(rapid.IntRange(0, len(parties)-1).Draw(t, "party")), form(west, south, east, north), rapid.IntRange(0, 3).Draw(t, "from")))
	}
	files := fstest.MapFS{
		"dataset.json": file(dataset),
		"territories.geojson": collection(append(districts(t), feature("whole", object{"name_en": "whole", "source": "s"},
			"Polygon", ring(10, 10, 50, 50)))...),
		"zones.geojson": collection(zones...),
	}
	if rapid.Bool().Draw(t, "a line") {
		properties := held(t, "a", party(rapid.IntRange(0, len(parties)-1).Draw(t, "the line's party")), 0)
		properties["kind"], properties["territory"] = "published", "whole"
		properties["held_side"] = rapid.SampledFrom([]string{"left", "right"}).Draw(t, "held side")
		line := [][2]float64{at(8, rapid.IntRange(15, 45).Draw(t, "from height")), at(30, rapid.IntRange(15, 45).Draw(t, "over")), at(52, rapid.IntRange(15, 45).Draw(t, "to height"))}
		files["control_lines.geojson"] = collection(feature("line", properties, "LineString", line))
	}
	return files
}

func party(i int) string { return string(rune('p' + i)) }

// basis draws a reading that counts what readings count, or statuses of its own.
func basis(t *rapid.T, id string) object {
	b := object{"id": id, "name": object{"en": id}, "meaning": object{"en": id}}
	if rapid.Bool().Draw(t, "counts are given") {
		b["counts"] = rapid.SliceOfNDistinct(status(), 1, 5, rapid.ID).Draw(t, "counts")
	}
	return b
}

func status() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{"agreed", "observed", "published", "claimed", "proposed", "disputed"})
}

func held(t *rapid.T, basis, party string, from int) object {
	return object{"name_en": "n", "source": "s", "party": party, "basis": basis, "status": status().Draw(t, "status"),
		"accuracy_m": 50, "valid_from": fmt.Sprintf("2025-01-%02d", from+1), "valid_to": nil}
}

func zone(t *rapid.T, id, basis, party string, shape any, from int) object {
	return feature(id, held(t, basis, party, from), "Polygon", shape)
}

func feature(id string, properties object, kind string, coordinates any) object {
	return object{"type": "Feature", "id": id, "properties": properties, "geometry": object{"type": kind, "coordinates": coordinates}}
}

// at is a position in hundredths of a degree from the corner, a little off the
// round numbers so that borders meet neither pixels nor tiles.
func at(x, y int) [2]float64 { return [2]float64{34.00137 + float64(x)/100, 31.00253 + float64(y)/100} }

func ring(west, south, east, north int) [][][2]float64 {
	return [][][2]float64{{at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)}}
}

// frame is a ring with a hole, where there is room for one.
func frame(west, south, east, north int) [][][2]float64 {
	if east-west < 3 || north-south < 3 {
		return ring(west, south, east, north)
	}
	return append(ring(west, south, east, north), [][2]float64{at(west+1, south+1), at(west+1, north-1), at(east-1, north-1), at(east-1, south+1), at(west+1, south+1)})
}

// wedge is a triangle.
func wedge(west, south, east, north int) [][][2]float64 {
	return [][][2]float64{{at(west, south), at(east, south), at(west, north), at(west, south)}}
}

// districts draws the parts of the territory: none, or a west and an east, which
// may leave a gap between them.
func districts(t *rapid.T) []any {
	if !rapid.Bool().Draw(t, "districts") {
		return nil
	}
	border, gap := rapid.IntRange(15, 45).Draw(t, "border"), rapid.IntRange(0, 2).Draw(t, "gap")
	district := func(id string, shape [][][2]float64) any {
		return feature(id, object{"name_en": id, "source": "s", "parent": "whole"}, "Polygon", shape)
	}
	return []any{district("west", ring(10, 10, border, 50)), district("east", ring(border+gap, 10, 50, 50))}
}

func collection(features ...any) *fstest.MapFile {
	return file(object{"type": "FeatureCollection", "features": features})
}

func file(content any) *fstest.MapFile {
	text, err := json.Marshal(content)
	if err != nil {
		panic(err)
	}
	return &fstest.MapFile{Data: text}
}
