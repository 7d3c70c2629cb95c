package foreign

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// choose takes the one candidate, the one that is asked for, or the map of a KMZ.
func (z *archive) choose() (archived, error) {
	switch {
	case len(z.candidates) == 0:
		detail := "the archive holds no file of a format that is read (" + known() + "); it holds: " + cmp.Or(listLayers(layersOf(z.entries)), "nothing")
		if slices.ContainsFunc(z.entries, func(a archived) bool {
			return slices.Contains([]string{".dbf", ".shx", ".prj"}, strings.ToLower(path.Ext(a.path)))
		}) {
			detail += "; those belong to a shapefile whose .shp, which has the shapes, is missing: pack it with them"
		}
		return archived{}, z.fault("unknown-format", "", detail)
	case len(z.candidates) == 1:
		if z.names(z.candidates[0]) {
			z.Layer = ""
		}
		return z.candidates[0], nil
	case z.Layer != "":
		return z.named()
	}
	if main, ok := mainOfKMZ(z.candidates); ok {
		z.note("doc.kml of the archive is read; its other KML files are left out (%d): --layer reads one", len(z.candidates)-1)
		return main, nil
	}
	layers := layersOf(z.candidates)
	return archived{}, Unchosen{z.fault("several-layers", "", "the archive holds several files; choose one with --layer NAME: "+listLayers(layers)), layers}
}

// layersOf lists files of an archive as layers.
func layersOf(files []archived) []Layer {
	layers := make([]Layer, len(files))
	for i, f := range files {
		layers[i] = Layer{Name: f.path, Features: -1}
	}
	return layers
}

// mainOfKMZ is the file doc.kml of an archive of nothing but KML (OGC 12-007r2,
// annex C).
func mainOfKMZ(candidates []archived) (main archived, ok bool) {
	for _, c := range candidates {
		if !strings.EqualFold(path.Ext(c.path), ".kml") {
			return main, false
		}
		if strings.EqualFold(c.path, "doc.kml") {
			main, ok = c, true
		}
	}
	return main, ok
}

// withoutLinks leaves out a doc.kml that has no placemarks but leads to the other
// files of its archive, as GDAL writes it.
func (z *archive) withoutLinks() error {
	main, ok := mainOfKMZ(z.candidates)
	if !ok || len(z.candidates) == 1 {
		return nil
	}
	r, err := main.Open()
	if err != nil {
		return fmt.Errorf("zip: %s: %w", main.path, err)
	}
	defer r.Close()
	text, err := z.all(r)
	if err != nil || bytes.Contains(text, []byte("Placemark")) {
		return err
	}
	z.note("doc.kml of the archive only leads to the other files in it")
	z.candidates = slices.DeleteFunc(z.candidates, func(a archived) bool { return a == main })
	return nil
}

// named is the candidate that the asked layer is the path, the name or the stem of.
func (z *archive) named() (archived, error) {
	var found []archived
	for _, c := range z.candidates {
		if c.path == z.Layer {
			found = []archived{c}
			break
		}
		if z.names(c) {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		z.Layer = ""
		return found[0], nil
	}
	return archived{}, z.fault("no-such-layer", "", fmt.Sprintf("%d of its files are called %q; those of the archive are: %s", len(found), geojson.Clip(z.Layer, 100), listLayers(layersOf(z.candidates))))
}

// names reports whether the asked layer may mean a file.
func (z *archive) names(a archived) bool {
	asked := strings.ToLower(z.Layer)
	return asked != "" && slices.Contains([]string{strings.ToLower(a.path), strings.ToLower(path.Base(a.path)), a.stem(), path.Base(a.stem())}, asked)
}
