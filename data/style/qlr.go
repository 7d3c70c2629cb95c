package style

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// Layers says what a layer definition of QGIS leads to.
type Layers struct {
	Drawing
	Tiles   string // address with {z}, {x} and {y}
	Package string // address of the GeoPackage
	MinZoom uint32 // of the tiles
	MaxZoom uint32
}

// QLR returns a layer definition for QGIS 3.22 and later: a group with the map as
// vector tiles, drawn as on the page, and above it the features of each layer of the
// GeoPackage, switched off, to be asked and measured.
func (l *Layers) QLR() ([]byte, error) {
	d := &l.Snapshot.Dataset
	place := unmarked(d.Title.In(l.Lang))
	title := fmt.Sprintf("%s, %s, %s", place, l.Edition.Epoch.From, l.Edition.Basis)
	group, definitions := el("layer-tree-group", "name", title, "checked", "Qt::Checked", "expanded", "1"), el("maplayers")
	add := func(id, name, checked string, layer element) {
		group = group.with(el("layer-tree-layer", "id", id, "name", name, "checked", checked, "expanded", "0"))
		definitions = definitions.with(layer.with(said("id", id), said("layername", name),
			said("attribution", unmarked(d.Credits().In(l.Lang))), said("abstract", unmarked(d.Disclaimer.In(l.Lang)+" "+l.Snapshot.Name()))))
	}
	base := "demarc_" + d.ID + "_" + l.Edition.Basis
	all := l.marks()
	for _, layer := range slices.Backward(layerNames()) {
		add(base+"_"+layer, layer, "Qt::Unchecked", l.features(layer, all))
	}
	add(base+"_tiles", place, "Qt::Checked", l.vectorTiles(all))
	root := el("layer-tree-group", "name", "", "checked", "Qt::Checked", "expanded", "1").with(group)
	return document("qgis-layer-definition", el("qlr").with(root, definitions))
}

// features is a layer of the GeoPackage.
func (l *Layers) features(layer string, all []mark) element {
	geometry := [3]string{"Point", "Line", "Polygon"}[data.Dimension(layer)]
	return el("maplayer", "type", "vector", "geometry", geometry, "labelsEnabled", "1", "styleCategories", "AllStyleCategories").with(
		said("datasource", "/vsicurl/"+l.Package+"|layername="+layer), reference("EPSG:4326"),
		said("provider", "ogr", "encoding", "UTF-8")).
		with(symbology(all, layer, l.Lang, l.columns(layer))...)
}

// vectorTiles is the layer of the whole map.
func (l *Layers) vectorTiles(all []mark) element {
	drawn, labels := el("styles"), el("styles")
	everything := func(string) bool { return true }
	for _, r := range rules(all, everything) {
		if r.base {
			continue
		}
		geometry := strconv.Itoa(data.Dimension(r.section))
		least := "-1"
		if r.least > 0 {
			least = strconv.Itoa(r.least)
		}
		one := el("style", "name", r.id, "layer", r.section, "geometry", geometry, "expression", r.expression(), "enabled", "1", "min-zoom", least, "max-zoom", "-1")
		if r.shape == name {
			labels = labels.with(one.with(r.label(l.Lang, everything)))
		} else {
			drawn = drawn.with(one.with(el("symbols").with(r.symbol(0))))
		}
	}
	query := url.Values{"type": {"xyz"}, "url": {l.Tiles}, "zmin": {strconv.Itoa(int(l.MinZoom))}, "zmax": {strconv.Itoa(int(l.MaxZoom))}}
	return el("maplayer", "type", "vector-tile", "styleCategories", "AllStyleCategories").with(
		said("datasource", query.Encode()), reference("EPSG:3857"), said("provider", "vectortile"),
		el("renderer", "type", "basic").with(drawn), el("labeling", "type", "basic").with(labels))
}

// reference names a reference system, by the number that QGIS has for it too:
// without that it takes none from a layer definition.
func reference(authority string) element {
	number := map[string]string{"EPSG:4326": "3452", "EPSG:3857": "3857"}[authority]
	return el("srs").with(el("spatialrefsys").with(said("srsid", number), said("authid", authority)))
}

// unmarked takes the markup out of a text that QGIS shows as HTML.
func unmarked(text string) string {
	return strings.NewReplacer("<", "‹", ">", "›", "&", "＆").Replace(text)
}
