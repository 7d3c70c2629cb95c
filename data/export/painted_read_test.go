package export_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// area is one area that a program fills which opens a file.
type area struct {
	layer, id string
	parties   []string // of held land
	colours   []color.NRGBA
	shape     orb.MultiPolygon
}

// areasOfKML reads what a globe fills: polygons whose style does not say otherwise.
func areasOfKML(_ context.Context, text []byte) ([]area, error) {
	type ring struct {
		Coordinates string `xml:"LinearRing>coordinates"`
	}
	type polygon struct {
		Outer ring   `xml:"outerBoundaryIs"`
		Inner []ring `xml:"innerBoundaryIs"`
	}
	var file struct {
		Styles []struct {
			ID   string `xml:"id,attr"`
			Poly struct {
				Color string `xml:"color"`
				Fill  string `xml:"fill"`
			} `xml:"PolyStyle"`
		} `xml:"Document>Style"`
		Folders []struct {
			Name  string `xml:"name"`
			Marks []struct {
				Style string `xml:"styleUrl"`
				Data  []struct {
					Name  string `xml:"name,attr"`
					Value string `xml:"value"`
				} `xml:"ExtendedData>Data"`
				Polygons []polygon `xml:"MultiGeometry>Polygon"`
			} `xml:"Placemark"`
		} `xml:"Document>Folder"`
	}
	if err := xml.Unmarshal(text, &file); err != nil {
		return nil, err
	}
	fills := map[string]color.NRGBA{}
	for _, s := range file.Styles {
		if s.Poly.Fill == "0" {
			continue
		}
		fills["#"+s.ID] = color.NRGBA{255, 255, 255, 255} // a globe's own
		if v, err := strconv.ParseUint(s.Poly.Color, 16, 32); err == nil {
			fills["#"+s.ID] = color.NRGBA{A: uint8(v >> 24), B: uint8(v >> 16), G: uint8(v >> 8), R: uint8(v)}
		}
	}
	var out []area
	for _, folder := range file.Folders {
		for _, mark := range folder.Marks {
			fill, filled := fills[mark.Style]
			if !filled || len(mark.Polygons) == 0 {
				continue
			}
			one := area{layer: folder.Name, colours: []color.NRGBA{fill}}
			for _, d := range mark.Data {
				switch d.Name {
				case "id":
					one.id = d.Value
				case "parties":
					one.parties = strings.Fields(d.Value)
				}
			}
			for _, p := range mark.Polygons {
				var shape orb.Polygon
				for _, r := range append([]ring{p.Outer}, p.Inner...) {
					positions, err := positionsOf(r.Coordinates)
					if err != nil {
						return nil, err
					}
					shape = append(shape, positions)
				}
				one.shape = append(one.shape, shape)
			}
			out = append(out, one)
		}
	}
	return out, nil
}

// positionsOf reads "lon,lat lon,lat …".
func positionsOf(text string) (orb.Ring, error) {
	var out orb.Ring
	for pair := range strings.FieldsSeq(text) {
		lon, lat, _ := strings.Cut(pair, ",")
		x, errX := strconv.ParseFloat(lon, 64)
		y, errY := strconv.ParseFloat(lat, 64)
		if err := errors.Join(errX, errY); err != nil {
			return nil, err
		}
		out = append(out, orb.Point{x, y})
	}
	return out, nil
}

// areasOfGeoPackage reads what QGIS fills: of every layer the rows that pass the
// filter of a rule, where the rule's symbol has a fill. A filter of QGIS is one of SQL.
func areasOfGeoPackage(ctx context.Context, file []byte) (out []area, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if err := conn.Raw(func(driver any) error {
		return driver.(interface{ Deserialize(buf []byte) error }).Deserialize(file)
	}); err != nil {
		return nil, err
	}
	styles, err := rowsOf(ctx, conn, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault")
	if err != nil {
		return nil, err
	}
	for _, row := range styles {
		layer := row[0].(string)
		if layer == data.TerritoriesSection || data.Dimension(layer) != 2 {
			continue
		}
		fills, err := fillsOfQML([]byte(row[1].(string)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", layer, err)
		}
		parties := "''"
		if layer == data.HeldLayer {
			parties = "parties"
		}
		for _, fill := range fills {
			found, err := rowsOf(ctx, conn, "SELECT id, "+parties+", geom FROM "+layer+" WHERE "+fill.filter)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", layer, fill.filter, err)
			}
			for _, row := range found {
				blob := row[2].([]byte)
				shape, err := wkb.Unmarshal(blob[8+32:]) // after the header with its box
				if err != nil {
					return nil, err
				}
				out = append(out, area{layer, row[0].(string), strings.Fields(row[1].(string)), fill.colours, shape.(orb.MultiPolygon)})
			}
		}
	}
	return out, nil
}

func rowsOf(ctx context.Context, conn *sql.Conn, query string) ([][3]any, error) {
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out [][3]any
	for rows.Next() {
		var row [3]any
		if err := rows.Scan([]any{&row[0], &row[1], &row[2]}[:len(columns)]...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// qmlFill is a rule of a style that fills.
type qmlFill struct {
	filter  string
	colours []color.NRGBA // from bottom to top
}

func fillsOfQML(text []byte) ([]qmlFill, error) {
	var style struct {
		Rules []struct {
			Filter string `xml:"filter,attr"`
			Symbol string `xml:"symbol,attr"`
		} `xml:"renderer-v2>rules>rule"`
		Symbols []struct {
			Name   string `xml:"name,attr"`
			Layers []struct {
				Class   string `xml:"class,attr"`
				Options []struct {
					Name  string `xml:"name,attr"`
					Value string `xml:"value,attr"`
				} `xml:"Option>Option"`
			} `xml:"layer"`
		} `xml:"renderer-v2>symbols>symbol"`
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&style); err != nil {
		return nil, err
	}
	colours := map[string][]color.NRGBA{}
	for _, s := range style.Symbols {
		for _, l := range s.Layers {
			if l.Class != "SimpleFill" {
				continue
			}
			i := slices.IndexFunc(l.Options, func(o struct {
				Name  string `xml:"name,attr"`
				Value string `xml:"value,attr"`
			}) bool {
				return o.Name == "color"
			})
			var c color.NRGBA
			if _, err := fmt.Sscanf(l.Options[i].Value, "%d,%d,%d,%d", &c.R, &c.G, &c.B, &c.A); err != nil {
				return nil, err
			}
			colours[s.Name] = append(colours[s.Name], c)
		}
	}
	var out []qmlFill
	for _, r := range style.Rules {
		if filled := colours[r.Symbol]; filled != nil {
			filter := r.Filter
			if filter == "" {
				filter = "TRUE"
			}
			out = append(out, qmlFill{filter, filled})
		}
	}
	return out, nil
}
