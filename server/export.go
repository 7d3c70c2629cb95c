package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/tiles/archive"

	"github.com/gorilla/mux"
)

// archiveZoom is the last zoom of an archive, as demarc export has it.
const archiveZoom = 14

// format is a kind of file that a place can be taken away as.
type format struct {
	contentType string
	packed      bool // read in parts or compressed in itself: sent as it is
	write       func(context.Context, *place, data.Edition) ([]byte, error)
}

// formats are what exports end in.
func (s *Server) formats() map[string]format {
	out := map[string]format{"pmtiles": {"application/vnd.pmtiles", true, s.archived}}
	for _, f := range export.Formats() {
		out[f.Suffix] = format{f.ContentType, f.Suffix == "gpkg" || strings.HasSuffix(f.Suffix, ".fgb"),
			func(ctx context.Context, p *place, e data.Edition) ([]byte, error) {
				out := capped{limit: s.options.MaxExport}
				err := f.Write(ctx, &out, p.snapshot, e)
				return out.Bytes(), err
			}}
	}
	return out
}

// archived returns an edition as PMTiles.
func (s *Server) archived(ctx context.Context, p *place, e data.Edition) ([]byte, error) {
	_, deepest := p.atlas.Zooms()
	return archive.PMTilesBytes(ctx, p.atlas, archive.Options{Edition: e, MaxZoom: min(archiveZoom, deepest)}, int(s.options.MaxExport))
}

// capped is a file in memory that ends with archive.ErrTooLarge where it would be
// larger than the limit.
type capped struct {
	bytes.Buffer
	limit int64
}

func (c *capped) Write(p []byte) (int, error) {
	if int64(c.Len()+len(p)) > c.limit {
		return 0, archive.ErrTooLarge
	}
	return c.Buffer.Write(p)
}

// export answers GET /export/{dataset}.{format}: an edition as a file to keep,
// with a name that says what and when it is of.
func (s *Server) export(r *http.Request) (*answer, error) {
	dataset, suffix, _ := strings.Cut(mux.Vars(r)["file"], ".")
	kind, ok := s.formats()[suffix]
	if !ok {
		return nil, notFound("exports are %s", strings.Join(formatNames(), ", "))
	}
	place, edition, cache, err := s.edition(r, dataset)
	if err != nil {
		return nil, err
	}
	a, err := s.cachedIn(s.exports, fmt.Sprint("export ", suffix, place.snapshot.Name(), edition), s.posts.behind(func(ctx context.Context) (*answer, error) {
		file, err := kind.write(ctx, place, edition)
		switch {
		case errors.Is(err, archive.ErrTooLarge):
			return nil, &problem{status: http.StatusUnprocessableEntity,
				detail: fmt.Sprintf("the file would be larger than %d bytes, which nobody should wait for; demarc export makes it", s.options.MaxExport)}
		case errors.Is(err, archive.ErrEmpty):
			return nil, notFound("no tile shows anything then")
		case err != nil:
			return nil, err
		}
		headers := maps.Clone(editionHeaders(edition, place))
		headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s"`, export.FileName(place.snapshot, edition, suffix))
		return &answer{contentType: kind.contentType, body: s.coder.Body(file), headers: headers}, nil
	}))
	if err != nil {
		return nil, err
	}
	return &answer{contentType: a.contentType, body: a.body, headers: a.headers, cache: cache, download: true, packed: kind.packed}, nil
}

// formatNames lists what exports end in, in the order of how often they are wanted.
func formatNames() []string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Suffix)
	}
	return append(names, "pmtiles")
}
