package foreign

import (
	"bytes"
	"regexp"

	"github.com/demarc-map/demarc/geojson"
)

// exceptionText finds what a server of the OGC says was wrong.
var exceptionText = regexp.MustCompile(`<(?:\w+:)?(?:ExceptionText|ServiceException)[^>]*>\s*([^<]+)`)

// jsonp finds the call of a function round a text of JSON.
var jsonp = regexp.MustCompile(`^[\w.$]+\(\s*[{\[]`)

// noMap is the fault of a file that is often got in the place of a map, nil for any other.
func (in *input) noMap() error {
	text := bytes.TrimSpace(in.head)
	begin := bytes.ToLower(text[:min(len(text), 1000)])
	begins := func(with string) bool { return bytes.HasPrefix(begin, []byte(with)) }
	switch {
	case begins("<!doctype html"), begins("<html"):
		return in.fault("unknown-format", "", "the file is a web page and no map, such as a site's error or its page for signing in: get the file itself from there")
	case begins("<") && (bytes.Contains(begin, []byte("exceptionreport")) || bytes.Contains(begin, []byte("serviceexception"))):
		said := text
		if found := exceptionText.FindSubmatch(text); found != nil {
			said = bytes.TrimSpace(found[1])
		}
		return in.fault("server-error", "", "the file is no map but a server's error: "+geojson.Clip(string(said), 200))
	case begins("version https://git-lfs."):
		return in.fault("unknown-format", "", "the file is a pointer of Git LFS and not the map itself: get that with git lfs pull, or from the site of the repository")
	case jsonp.Match(text):
		return in.fault("unknown-format", "", "the file is a call of a script round JSON (JSONP): ask the server again without callback")
	case begins("["):
		return in.fault("unknown-format", "", "the file is an array of JSON; where that is of features: jq '{type: \"FeatureCollection\", features: .}' "+argument(in.Name)+" > collection.geojson")
	}
	return in.otherMembers()
}

// otherMembers is the fault of an answer in JSON that is no map, nil for any other file, and
// where its first bytes do not tell.
func (in *input) otherMembers() error {
	members := jsonHead(in.head)
	if members["currentVersion"] != nil && members["fields"] != nil {
		return in.fault("unknown-format", "currentVersion", "the file describes a layer of ArcGIS and has none of its features: ask the server for those, at the same address with /query?where=1%3D1&outFields=*&f=geojson")
	}
	if len(in.head) == headSize || len(members) == 0 || kindOfJSON(in.head) != otherJSON {
		return nil
	}
	for _, name := range []string{"type", "features", "geometry", "geometries", "coordinates", "properties"} {
		if members[name] != nil {
			return nil
		}
	}
	for _, name := range []string{"description", "message", "detail", "exceptions", "title"} {
		if said := members[name]; said != nil {
			return in.fault("server-error", name, "the file is no map but a server's answer: "+geojson.Clip(string(said), 200))
		}
	}
	if members["elements"] != nil {
		return in.fault("unknown-format", "elements", "the file is an answer of OpenStreetMap's Overpass, and no map: osmtogeojson makes GeoJSON of it")
	}
	for _, name := range []string{"result", "results", "records", "rows", "data"} {
		if members[name] != nil {
			return in.fault("unknown-format", name, "the file is JSON and no map, such as a server's table: ask the server for GeoJSON, or for CSV with coordinates")
		}
	}
	return nil
}
