package server

import (
	"context"
	"html/template"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/ogc"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"
)

// Server is an http.Handler over the snapshots last published to it.
type Server struct {
	options Options
	site    *web.Site
	ask     *asker
	state   *state
	routes  http.Handler
}

// New returns a server that holds nothing yet and so answers 503 until Publish.
func New(o Options) (*Server, error) {
	o = o.withDefaults().limited()
	if o.BaseURL != "" {
		var err error
		if o.BaseURL, err = web.ParseBaseURL(o.BaseURL); err != nil {
			return nil, err
		}
	}
	current := &catalogue.Current{}
	site, err := web.NewSite(web.Options{
		Forwarding: web.Forwarding{BaseURL: o.BaseURL, Trusted: o.Trusted, Family: o.Family}, Log: o.Log, MaxBytes: o.MaxBytes, Timeout: o.Timeout,
		Rate: o.Rate, Burst: o.Burst, Clients: o.Memory.Clients, AnswerBytes: o.Memory.Answers, RepeatBytes: o.Memory.Repeats, BodyBytes: o.Memory.Bodies, WorkBytes: o.Memory.Work,
		Classify: classOf,
		State: func() (web.State, bool) {
			served := current.Load()
			if served == nil {
				return web.State{}, false
			}
			return web.State{Day: int64(data.DateOf(o.Now())), Generation: served.Generation}, true
		},
	})
	if err != nil {
		return nil, err
	}
	figuresGate, heavy, reading := web.NewGate(o.Heavy, figuresWaiting*o.Heavy), web.NewGate(o.Heavy, o.Queue), web.NewGate(max(1, o.Heavy/2), o.Queue)
	preparing := web.NewGate(max(1, o.Heavy/4), editionsWaiting)
	drawing := web.NewGate(max(1, o.Heavy/4), picturesWaiting)
	for name, gate := range map[string]*web.Gate{"pictures": drawing, "figures": figuresGate, "heavy": heavy, "past": reading, "editions": preparing} {
		site.Metrics.Watch(name, gate)
	}
	encoded := tiles.NewStore(o.Memory.Tiles)
	encoded.HoldEditions(o.Memory.Editions)
	drawn := tiles.Options{Store: encoded, Keeper: o.Keeper, Admit: func(ctx context.Context, bytes int64) (func(), error) {
		return preparing.EnterWith(ctx, site.Work, bytes)
	}}
	past, err := catalogue.NewPast(o.Store, drawn, reading, o.Memory.Past)
	if err != nil {
		return nil, err
	}
	exports, err := web.NewCache(o.Memory.Exports, o.Timeout)
	if err != nil {
		return nil, err
	}
	sheets, err := newSheets(o.Memory.Pictures, o.Timeout)
	if err != nil {
		return nil, err
	}
	ledgers := data.NewLedgers(o.Memory.Cells)
	for part, use := range map[string]func() (held, limit int64){"cells": ledgers.Held, "tiles": encoded.TilesHeld, "editions": encoded.EditionsHeld, "past": past.Held, "exports": exports.Held, "pictures": sheets.held} {
		site.Metrics.Memory(part, use)
	}
	policy := referencePolicy()
	ask := &asker{current: current, past: past, now: o.Now}
	counted := newCounts(site.Metrics, o.Version)
	served := &state{current: current, holds: catalogue.Options{Tiles: drawn, Earlier: o.Memory.Earlier, Warm: o.Memory.Warm, Store: o.Store, Context: logged(o.Context, o.Log)},
		now: o.Now, log: o.Log, counts: counted, bug: site.Bug}
	files := desk{o.Edit, site, o.Now, o.Log, newDoorkeeper(o.Log)}
	facts, figures := facts{site, ask}, figures{site, ask, figuresGate, heavy}
	all := families{
		facts:    facts,
		figures:  figures,
		posted:   posted{site, ask, ledgers, o.Vertices, o.Points},
		inspects: inspections{site, ask, &files, heavy, o.Vertices},
		layers:   layers{site, ask, counted, heavy, exports, o.MaxExport, newSprites(site)},
		pictures: pictures{site, ask, drawing, sheets},
		manual:   manual{site, ask, policy},
		health:   health{site, served, o.Version},
		page:     page{site, ask, &facts, &figures, o.Log, o.Page, o.Built, &files, !o.NoOffline, o.Marks},
		ogc: ogc.Options{Site: site, Current: current, Now: o.Now, Heavy: heavy, Description: description,
			Style: template.CSS(referenceStyle), Policy: policy},
	}
	return &Server{options: o, site: site, ask: ask, state: served, routes: all.table(!o.MetricsApart)}, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.site.Repeat(w, r) {
		s.routes.ServeHTTP(w, r)
	}
}

// Publish makes the snapshots the ones that are served, all at once. Requests
// under way finish on the snapshots they began with.
func (s *Server) Publish(ctx context.Context, snapshots ...*data.Snapshot) error {
	return s.state.publish(ctx, 0, snapshots...)
}

// Reload loads the datasets and publishes them, all or none: when one is
// refused, what was served before goes on being served and the server tells
// that it is degraded. Attempts take turns.
func (s *Server) Reload(ctx context.Context, load Load) Reload { return s.state.reload(ctx, load) }

// Follow tells the server how it goes with following the store: nil, or why it
// cannot. What is served stays; /readyz says degraded.
func (s *Server) Follow(err error) { s.state.follow(err) }

// Bug tells the server of a panic of what works beside it, which is logged and
// counted as those of requests are.
func (s *Server) Bug(during string, bug error) { s.site.Bug(during, bug) }

// Metrics answers /metrics on a listener of its own.
func (s *Server) Metrics() http.Handler {
	paths := http.NewServeMux()
	paths.Handle("/metrics", s.site.Handler("/metrics", scrape(s.site)))
	return paths
}

// Admin answers what only the operator may ask, for a listener of its own:
// POST /reload loads the datasets again and answers with a Reload, 422 when it
// was refused; POST /publish/{dataset}, POST /rollback/{dataset}, GET
// /diff/{dataset} and GET /history/{dataset} are also for those with a token
// for the dataset; GET /tokens tells the operator whose tokens there are, until
// when, and when each was last used. Who did what and who was refused is logged. Each request carries its token as "Authorization: Bearer …",
// which is looked at before anything else of the request.
func (s *Server) Admin(o AdminOptions) http.Handler {
	o.MaxBytes = or(o.MaxBytes, publishedBytes)
	return (&operator{o, s.site, s.ask, s.state, s.options.Now, s.options.Log, newDoorkeeper(s.options.Log)}).handler()
}
