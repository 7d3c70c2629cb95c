package server

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/demarc-map/demarc/body"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"

	"github.com/gorilla/mux"
)

// Server is an http.Handler over the snapshots last published to it.
type Server struct {
	options     Options
	current     atomic.Pointer[catalogue]
	generations atomic.Uint64 // of catalogues
	routes      http.Handler
	answers     *answerCache
	exports     *answerCache // files to take away, which are larger
	repeats     *repeats
	coder       *body.Coder  // makes every body that is no tile
	store       *tiles.Store // encoded tiles of all snapshots, by content
	figures     *gate        // before shares that are not held yet
	posts       *gate        // before everything heavier: what clients send, changes, series, exports
	past        *past        // snapshots published earlier
	bodies      *bodies
	rates       *rates
	metrics     *metrics

	sprites     map[string]*body.Body // of the styles, by file name
	description *body.Body            // of every path, for programs
	reference   reference             // the same for people

	reloading  sync.Mutex // held by the reload that is under way
	lastReload atomic.Pointer[Reload]
	trouble    atomic.Pointer[trouble] // with the store
}

// New returns a server that holds nothing yet and so answers 503 until Publish.
func New(o Options) (*Server, error) {
	o = o.withDefaults()
	answers, err := newAnswerCache(32 << 20)
	if err != nil {
		return nil, err
	}
	repeats, err := newRepeats()
	if err != nil {
		return nil, err
	}
	exports, err := newAnswerCache(2*uint64(o.MaxExport) + 16<<20) // clients read them in many small parts
	if err != nil {
		return nil, err
	}
	rates, err := newRates(o.Rate, o.Burst)
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, answers: answers, exports: exports, repeats: repeats, store: tiles.NewStore(0), rates: rates, coder: body.NewCoder(),
		figures: newGate(o.Heavy, 16*o.Heavy), posts: newGate(o.Heavy, o.Queue), bodies: newBodies(o.MaxBytes, 128<<20)}
	if s.past, err = newPast(o, s.store); err != nil {
		return nil, err
	}
	s.metrics = newMetrics(o.Version, map[string]*gate{"heavy": s.posts, "figures": s.figures, "past": s.past.gate})
	s.description = s.coder.Body(description)
	if s.reference, err = newReference(s.coder); err != nil {
		return nil, err
	}
	if s.sprites, err = newSprites(s.coder); err != nil {
		return nil, err
	}
	s.routes = s.table()
	return s, nil
}

// Publish makes the snapshots the ones that are served, all at once. Requests
// under way finish on the snapshots they began with.
func (s *Server) Publish(ctx context.Context, snapshots ...*data.Snapshot) error {
	next, err := newCatalogue(ctx, s.generations.Add(1), s.store, snapshots, s.current.Load())
	if err != nil {
		return err
	}
	if next.histories, err = s.histories(ctx, snapshots); err != nil {
		return err
	}
	s.current.Store(next)
	s.metrics.snapshots.Reset()
	for _, snapshot := range snapshots {
		s.metrics.snapshots.WithLabelValues(snapshot.Dataset.ID, snapshot.Name()).Set(1)
	}
	return nil
}

// resources is the list of every path but the page's.
func (s *Server) resources() map[string]methods {
	all := map[string]methods{
		"/v1":                             {get: s.datasets},
		"/v1/{dataset}":                   {get: s.dataset},
		"/v1/{dataset}/snapshot":          {get: s.snapshot},
		"/v1/{dataset}/history":           {get: s.history},
		"/v1/{dataset}/share":             {get: s.share, post: s.heavy(s.shareInside), repeats: true},
		"/v1/{dataset}/shares":            {get: s.shares, repeats: true},
		"/v1/{dataset}/series":            {get: s.series},
		"/v1/{dataset}/series.csv":        {get: s.seriesCSV},
		"/v1/{dataset}/changes":           {get: s.changes},
		"/v1/{dataset}/claims":            {get: s.claims},
		"/v1/{dataset}/at":                {get: s.at, post: s.heavy(s.atMany)},
		"/v1/{dataset}/split":             {post: s.heavy(s.split)},
		"/v1/{dataset}/quality":           {get: s.quality},
		"/tiles/{dataset}.json":           {get: s.tileJSON, repeats: true},
		"/tiles/{dataset}/metadata.json":  {get: s.tileJSON, repeats: true},
		"/tiles/{dataset}/{z}/{x}/{tile}": {get: s.tile, tile: true, repeats: true},
		"/export/{file}":                  {get: s.export},
		"/styles/{file}":                  {get: s.style, repeats: true},
		"/styles/sprite/{file}":           {get: s.sprite, repeats: true},
		"/map.svg":                        {get: s.mapSVG},
		"/map.png":                        {get: s.mapPNG},
		"/openapi.json":                   {get: s.openapi},
		"/docs":                           {get: s.docs},
		"/healthz":                        {get: s.healthz, unlimited: true},
		"/readyz":                         {get: s.readyz, unlimited: true},
		"/version":                        {get: s.version, unlimited: true},
	}
	maps.Copy(all, s.ogcResources())
	if !s.options.MetricsApart {
		all["/metrics"] = methods{get: s.scrape, unlimited: true}
	}
	return all
}

// table routes each path to its resources. A path is taken as it was sent: no
// redirect to a cleaned one, and an escape is no other spelling of what it
// stands for, so that a cache holds each answer once.
func (s *Server) table() http.Handler {
	r := mux.NewRouter()
	r.SkipClean(true)
	r.UseEncodedPath()
	// Routes are tried in the order they were added, and tiles are asked for most.
	all := s.resources()
	paths := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, "{"), strings.Count(a, "{")), cmp.Compare(a, b))
	})
	for _, path := range paths {
		r.Handle(path, s.handle(path, all[path]))
	}
	r.NotFoundHandler = s.handle("page", methods{get: s.page})
	return r
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.repeat(w, r) {
		s.routes.ServeHTTP(w, r)
	}
}
