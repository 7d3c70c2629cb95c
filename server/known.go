package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
)

// asKnown returns the place that a request means: that of the snapshot it names
// (snapshot=), of the one that was published by a day or moment (as_known=),
// or the present one. Besides those that are held for pages opened before a
// reload, any snapshot of the store's history is found, and read when it is
// first asked for.
func (s *Server) asKnown(ctx context.Context, c *catalogue, present *place, p *parameters) (*place, error) {
	named, known := p.values.Has("snapshot"), p.values.Has("as_known")
	if !named && !known {
		return present, nil
	}
	if named && known {
		return nil, badRequest("snapshot and as_known say the same; give one of them")
	}
	id := present.snapshot.Dataset.ID
	history := c.histories[id]
	p.pinned = p.values.Get("snapshot")
	if known {
		moment, err := p.moment("as_known")
		if err != nil {
			return nil, err
		}
		entry, ok := store.KnownAt(history, moment)
		switch {
		case len(history) == 0:
			return nil, notFound("this server keeps no history of %q, so it cannot tell what was known then", id)
		case !ok:
			return nil, &problem{status: http.StatusNotFound, detail: "nothing was published by then; the first publication was at " + history[0].At.Format(time.RFC3339),
				extra: map[string]any{"first_known": history[0].At}}
		}
		p.pinned = entry.Snapshot
	}
	if held := c.named(id, p.pinned); held != nil {
		return held, nil
	}
	if !slices.ContainsFunc(history, func(e store.Entry) bool { return e.Snapshot == p.pinned }) {
		return nil, notFound("that snapshot is not served; the current one is %s", present.snapshot.Name())
	}
	return s.past.place(ctx, p.pinned)
}

// moment reads a day, which stands for its end, or an RFC 3339 time.
func (p *parameters) moment(name string) (time.Time, error) {
	text := p.values.Get(name)
	if day, err := data.ParseDate(text); err == nil {
		return day.Time().AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return moment, badRequest("%s: %q is neither a day, YYYY-MM-DD, nor a time, YYYY-MM-DDTHH:MM:SSZ", name, clipped(text))
	}
	return moment, nil
}

// kept says how long an answer of the parameters may be kept: one that names
// its snapshot, and does not move with the clock, for ever.
func (p *parameters) kept(a *answer, err error) (*answer, error) {
	if err != nil || p.clock || !p.values.Has("snapshot") {
		return a, err
	}
	pinned := *a
	pinned.cache = cacheImmutable
	return &pinned, nil
}

// links completes the links of an answer: what they begin with, and the
// snapshot when the request asked for one that is not simply the present one.
type links struct{ base, snapshot string }

func (s *Server) links(r *http.Request, p *parameters) links { return links{s.base(r), p.pinned} }

// to makes a path with a query absolute.
func (l links) to(path string) string {
	if l.snapshot == "" {
		return l.base + path
	}
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	return l.base + path + join + "snapshot=" + url.QueryEscape(l.snapshot)
}

// share makes a share's link to itself absolute and adds it to the citation.
func (l links) share(share data.Share) data.Share {
	share.Self = l.to(share.Self)
	share.Cite += " " + share.Self
	return share
}

// history answers GET /v1/{dataset}/history: what was published when and by
// whom, each entry chained to the one before it.
func (s *Server) history(r *http.Request) (*answer, error) {
	if _, err := s.parameters(r); err != nil {
		return nil, err
	}
	c, place, err := s.dated(r)
	if err != nil {
		return nil, err
	}
	id := place.snapshot.Dataset.ID
	entries := c.histories[id]
	if entries == nil {
		entries = []store.Entry{}
	}
	a, err := s.json(typeJSON, cacheLive, map[string]any{"dataset": id, "entries": entries, "snapshot": place.snapshot.Name()})
	if err == nil {
		a.headers = snapshotHeader(place)
	}
	return a, err
}

// histories returns what was published of each dataset up to the snapshot that
// is to be served, nothing for one that comes from elsewhere than the store.
func (s *Server) histories(ctx context.Context, snapshots []*data.Snapshot) (map[string][]store.Entry, error) {
	out := map[string][]store.Entry{}
	if s.options.Store == nil {
		return out, nil
	}
	for _, snapshot := range snapshots {
		chain, err := s.options.Store.History(ctx, snapshot.Dataset.ID)
		if err != nil {
			return nil, fmt.Errorf("history: %w", err)
		}
		for len(chain) > 0 && chain[len(chain)-1].Snapshot != snapshot.Name() {
			chain = chain[:len(chain)-1]
		}
		out[snapshot.Dataset.ID] = chain
	}
	return out, nil
}
