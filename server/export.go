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
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles/archive"

	"github.com/gorilla/mux"
)

// archiveZoom is the last zoom of an archive, as demarc export has it.
const archiveZoom = 14

// format is a kind of file that a dataset can be taken away as.
type format struct {
	contentType string
	packed      bool // read in parts or compressed in itself: sent as it is
	prepare     func(context.Context, *catalogue.Loaded, data.Edition) (*making, error)
}

// making is a file that can be made, which takes about so many bytes.
type making struct {
	bytes int64
	write func(context.Context) ([]byte, error)
}

// formats are what exports end in.
func (l *layers) formats() map[string]format {
	out := map[string]format{"pmtiles": {"application/vnd.pmtiles", true, l.archived}}
	for _, f := range export.Formats() {
		out[f.Suffix] = format{f.ContentType, f.Packed,
			func(_ context.Context, from *catalogue.Loaded, e data.Edition) (*making, error) {
				return &making{f.Weight(from.Snapshot, e), func(ctx context.Context) ([]byte, error) {
					out := capped{limit: l.maxExport, beyond: archive.ErrTooLarge}
					err := f.Write(ctx, &out, from.Snapshot, e)
					return out.Bytes(), err
				}}, nil
			}}
	}
	return out
}

// archived makes an edition a PMTiles archive. The edition itself, which is weighed
// where it is made, is ready before: who holds memory waits for no more of it.
func (l *layers) archived(ctx context.Context, from *catalogue.Loaded, e data.Edition) (*making, error) {
	atlas, err := from.Atlas.Holding(ctx, e)
	if err != nil {
		return nil, err
	}
	_, deepest := atlas.Zooms()
	return &making{2 * l.maxExport, func(ctx context.Context) ([]byte, error) {
		return archive.PMTilesBytes(ctx, atlas, archive.Options{Edition: e, MaxZoom: min(archiveZoom, deepest)}, int(l.maxExport))
	}}, nil
}

// capped is a file in memory that ends with an error where it would be larger than
// the limit.
type capped struct {
	bytes.Buffer
	limit  int64
	beyond error
}

func (c *capped) Write(p []byte) (int, error) {
	if int64(c.Len()+len(p)) > c.limit {
		return 0, c.beyond
	}
	return c.Buffer.Write(p)
}

// export answers GET /export/{dataset}.{format}: an edition as a file to keep,
// with a name that says what and when it is of.
func (l *layers) export(r *http.Request) (*web.Answer, error) {
	dataset, suffix, _ := strings.Cut(mux.Vars(r)["file"], ".")
	kind, ok := l.formats()[suffix]
	if !ok {
		return nil, web.NotFound("exports are %s", strings.Join(formatNames(), ", "))
	}
	q, err := l.ask.edition(r, dataset)
	if err != nil {
		return nil, err
	}
	a, err := l.exports.WhileAwaited(r.Context(), fmt.Sprint("export ", suffix, q.loaded.Snapshot.Name(), q.edition), func(ctx context.Context) (*web.Answer, error) {
		file, err := l.made(ctx, &kind, q)
		switch {
		case errors.Is(err, archive.ErrTooLarge):
			return nil, &web.Problem{Status: http.StatusUnprocessableEntity,
				Detail: fmt.Sprintf("the file would be larger than %d bytes, which nobody should wait for; demarc export makes it", l.maxExport)}
		case errors.Is(err, archive.ErrEmpty):
			return nil, web.NotFound("no tile shows anything then")
		case err != nil:
			return nil, err
		}
		headers := maps.Clone(q.loaded.EditionHeaders(q.edition))
		headers["Content-Disposition"] = fmt.Sprintf(`attachment; filename="%s"`, export.FileName(q.loaded.Snapshot, q.edition, suffix))
		return &web.Answer{ContentType: kind.contentType, Body: l.site.Body(file), Headers: headers}, nil
	})
	if err != nil {
		return nil, err
	}
	return &web.Answer{ContentType: a.ContentType, Body: a.Body, Headers: a.Headers, Cache: q.cache(), Download: true, Packed: kind.packed}, nil
}

// made makes a file, behind the gate and with its weight of the memory for work.
func (l *layers) made(ctx context.Context, kind *format, q *question) ([]byte, error) {
	file, err := kind.prepare(ctx, q.loaded, q.edition)
	if err != nil {
		return nil, err
	}
	leave, err := l.heavy.EnterWith(ctx, l.site.Work, file.bytes)
	if err != nil {
		return nil, err
	}
	defer leave()
	return file.write(ctx)
}

// formatNames lists what exports end in, in the order of how often they are wanted.
func formatNames() []string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Suffix)
	}
	return append(names, "pmtiles")
}
