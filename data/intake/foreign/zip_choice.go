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
func (in *input) choose(candidates, entries []archived) (archived, error) {
	switch {
	case len(candidates) == 0:
		return archived{}, in.fault("unknown-format", "", "the archive holds no file of a format that is read ("+known()+"); it holds: "+cmp.Or(listLayers(layersOf(entries)), "nothing"))
	case len(candidates) == 1:
		if in.names(candidates[0]) {
			in.Layer = ""
		}
		return candidates[0], nil
	case in.Layer != "":
		return in.named(candidates)
	}
	if main, ok := mainOfKMZ(candidates); ok {
		in.note("doc.kml of the archive is read; its other KML files are left out (%d): --layer reads one", len(candidates)-1)
		return main, nil
	}
	return archived{}, in.fault("several-layers", "", "the archive holds several files; choose one with --layer NAME: "+listLayers(layersOf(candidates)))
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
func (in *input) withoutLinks(candidates []archived) ([]archived, error) {
	main, ok := mainOfKMZ(candidates)
	if !ok || len(candidates) == 1 {
		return candidates, nil
	}
	r, err := main.Open()
	if err != nil {
		return nil, fmt.Errorf("zip: %s: %w", main.path, err)
	}
	defer r.Close()
	text, err := in.all(r)
	if err != nil || bytes.Contains(text, []byte("Placemark")) {
		return candidates, err
	}
	in.note("doc.kml of the archive only leads to the other files in it")
	return slices.DeleteFunc(candidates, func(a archived) bool { return a == main }), nil
}

// named is the candidate that the asked layer is the path, the name or the stem of.
func (in *input) named(candidates []archived) (archived, error) {
	var found []archived
	for _, c := range candidates {
		if c.path == in.Layer {
			found = []archived{c}
			break
		}
		if in.names(c) {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		in.Layer = ""
		return found[0], nil
	}
	return archived{}, in.fault("no-such-layer", "", fmt.Sprintf("%d of its files are called %q; those of the archive are: %s", len(found), geojson.Clip(in.Layer, 100), listLayers(layersOf(candidates))))
}

// names reports whether the asked layer may mean a file.
func (in *input) names(a archived) bool {
	asked := strings.ToLower(in.Layer)
	return asked != "" && slices.Contains([]string{strings.ToLower(a.path), strings.ToLower(path.Base(a.path)), a.stem(), path.Base(a.stem())}, asked)
}
