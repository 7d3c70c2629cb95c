package server

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"demarc/data"
	"demarc/tiles"

	"github.com/gorilla/mux"
)

// Options are the limits and surroundings of a Server. Zero values work.
type Options struct {
	BaseURL  string           // what absolute links begin with, such as https://example.org; from the request when empty
	Trusted  []netip.Prefix   // proxies whose Forwarded and X-Forwarded-* headers are believed
	Now      func() time.Time // the clock that "today" comes from; time.Now when nil
	Log      *slog.Logger     // slog.Default() when nil
	Page     fs.FS            // the web page's files; none when nil
	Built    bool             // Page is the built page, not the fallback
	Marks    PageMarks        // where figures are written into the page; nowhere when empty
	Version  Version
	MaxBytes int64         // of a request body, 8 MiB when 0
	Vertices int           // of posted geometry, 200,000 when 0
	Points   int           // of one question about places, 1,000 when 0
	Timeout  time.Duration // of the work for one request, 10 s when 0
}

// Version tells which build answers.
type Version struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Go      string `json:"go"`
}

// Server is an http.Handler over the snapshots last published to it.
type Server struct {
	options Options
	current atomic.Pointer[catalogue]
	routes  http.Handler
	answers *answerCache
	store   *tiles.Store // encoded tiles of all snapshots, by content
}

// New returns a server that holds nothing yet and so answers 503 until Publish.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 8 << 20
	}
	if o.Vertices == 0 {
		o.Vertices = 200_000
	}
	if o.Points == 0 {
		o.Points = 1000
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	answers, err := newAnswerCache(32 << 20)
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, answers: answers, store: tiles.NewStore(0)}
	s.routes = s.table()
	return s, nil
}

// Publish makes the snapshots the ones that are served, all at once. Requests
// under way finish on the snapshots they began with.
func (s *Server) Publish(ctx context.Context, snapshots ...*data.Snapshot) error {
	next, err := newCatalogue(ctx, s.store, snapshots, s.current.Load())
	if err != nil {
		return err
	}
	s.current.Store(next)
	return nil
}

// table is the list of every path.
func (s *Server) table() http.Handler {
	r := mux.NewRouter()
	r.SkipClean(true) // a path is what was asked for: no redirects to a cleaned one
	for path, resource := range map[string]methods{
		"/v1":                             {get: s.datasets},
		"/v1/{dataset}":                   {get: s.dataset},
		"/v1/{dataset}/snapshot":          {get: s.snapshot},
		"/v1/{dataset}/share":             {get: s.share, post: s.shareInside},
		"/v1/{dataset}/shares":            {get: s.shares},
		"/v1/{dataset}/series":            {get: s.series},
		"/v1/{dataset}/series.csv":        {get: s.seriesCSV},
		"/v1/{dataset}/changes":           {get: s.changes},
		"/v1/{dataset}/claims":            {get: s.claims},
		"/v1/{dataset}/at":                {get: s.at, post: s.atMany},
		"/v1/{dataset}/split":             {post: s.split},
		"/v1/{dataset}/quality":           {get: s.quality},
		"/tiles/{dataset}.json":           {get: s.tileJSON},
		"/tiles/{dataset}/metadata.json":  {get: s.tileJSON},
		"/tiles/{dataset}/{z}/{x}/{tile}": {get: s.tile},
		"/export/{file}":                  {get: s.export},
		"/map.svg":                        {get: s.mapSVG},
		"/map.png":                        {get: s.mapPNG},
		"/healthz":                        {get: s.healthz},
		"/readyz":                         {get: s.readyz},
		"/version":                        {get: s.version},
	} {
		r.Handle(path, s.handle(resource))
	}
	r.PathPrefix("/").Handler(s.handle(methods{get: s.page}))
	return r
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.routes.ServeHTTP(w, r) }

// catalogue is one published set of snapshots. It is never changed.
type catalogue struct {
	order  []string
	places map[string]*place
}

// place is a snapshot ready to be asked.
type place struct {
	snapshot *data.Snapshot
	atlas    *tiles.Atlas
}

// newCatalogue prepares snapshots; one that the catalogue before it already
// holds keeps its prepared tiles.
func newCatalogue(ctx context.Context, store *tiles.Store, snapshots []*data.Snapshot, before *catalogue) (*catalogue, error) {
	next := &catalogue{places: map[string]*place{}}
	for _, snapshot := range snapshots {
		id := snapshot.Dataset.ID
		if old := before.find(id); old != nil && old.snapshot.Name() == snapshot.Name() {
			next.places[id] = old
		} else {
			atlas, err := tiles.NewAtlas(ctx, snapshot, tiles.Options{Store: store})
			if err != nil {
				return nil, err
			}
			next.places[id] = &place{snapshot, atlas}
		}
		next.order = append(next.order, id)
	}
	return next, nil
}

// find returns a place, nil when the catalogue is nil or lacks it.
func (c *catalogue) find(id string) *place {
	if c == nil {
		return nil
	}
	return c.places[id]
}
