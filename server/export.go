package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"demarc/data"

	"github.com/gorilla/mux"
)

// format is a kind of file that a place can be taken away as.
type format struct {
	contentType string
	write       func(*data.Snapshot, data.Edition) ([]byte, error)
}

var formats = map[string]format{
	"geojson": {"application/geo+json", func(s *data.Snapshot, e data.Edition) ([]byte, error) { return json.Marshal(s.GeoJSON(e)) }},
	"kml": {"application/vnd.google-earth.kml+xml", func(s *data.Snapshot, e data.Edition) ([]byte, error) {
		var out bytes.Buffer
		err := s.WriteKML(&out, e)
		return out.Bytes(), err
	}},
}

// export answers GET /export/{dataset}.{format}: an edition as a file to keep,
// with a name that says what and when it is of.
func (s *Server) export(r *http.Request) (*answer, error) {
	dataset, suffix, _ := strings.Cut(mux.Vars(r)["file"], ".")
	kind, ok := formats[suffix]
	if !ok {
		return nil, notFound("exports are %v", slices.Sorted(maps.Keys(formats)))
	}
	place, edition, cache, err := s.edition(r, dataset)
	if err != nil {
		return nil, err
	}
	a, err := s.cached(fmt.Sprint("export ", suffix, place.snapshot.Name(), edition), s.posts.behind(func(context.Context) (*answer, error) {
		text, err := kind.write(place.snapshot, edition)
		if err != nil {
			return nil, err
		}
		headers := maps.Clone(editionHeaders(edition, place))
		headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s-%s-%s.%s"`, dataset, edition.Epoch.From, edition.Basis, suffix)
		return &answer{contentType: kind.contentType, body: s.store.Body(text), headers: headers}, nil
	}))
	if err != nil {
		return nil, err
	}
	return &answer{contentType: a.contentType, body: a.body, headers: a.headers, cache: cache, download: true}, nil
}
