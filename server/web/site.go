package web

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"github.com/demarc-map/demarc/body"
)

// Options are the limits and surroundings of a Site. All must be given but for
// Rate.
type Options struct {
	Forwarding
	Log *slog.Logger

	MaxBytes int64         // of a request body
	Timeout  time.Duration // of the work for one request
	Rate     float64       // requests a second from one client; without limit when 0
	Burst    int           // requests a client may make at once
	Clients  int           // that the rate limit remembers

	AnswerBytes uint64 // of memory for computed answers, about
	RepeatBytes uint64 // of memory for replies to be sent again, about
	BodyBytes   int64  // of memory for all request bodies together
	WorkBytes   int64  // of memory for what is under way: what is computed over bodies, and whatever else Site.Work is asked for

	Classify func(error) (Class, map[string]any) // errors of the product, with further members of their problems; see Class
	State    func() (State, bool)                // what answers depend on besides their request; false while there is nothing
}

// Site answers HTTP requests by resources: it negotiates, limits, caches, counts
// and logs. It is safe for concurrent use.
type Site struct {
	Forwarding
	Metrics *Metrics

	log      *slog.Logger
	maxBytes int64
	timeout  time.Duration
	classify func(error) (Class, map[string]any)
	coder    *body.Coder // makes every body that is no tile
	answers  *Cache
	repeats  *repeats
	bodies   *bodies
	rates    *rates

	// Work is the memory for what is under way.
	Work *Pool
}

// NewSite returns a site without any path; see Handler.
func NewSite(o Options) (*Site, error) {
	answers, err := NewCache(o.AnswerBytes, o.Timeout)
	if err != nil {
		return nil, err
	}
	repeats, err := newRepeats(o.RepeatBytes, o.Forwarding, o.Log, o.State)
	if err != nil {
		return nil, err
	}
	rates, err := newRates(o.Rate, o.Burst, o.Clients)
	if err != nil {
		return nil, err
	}
	s := &Site{Forwarding: o.Forwarding, Metrics: newMetrics(), log: o.Log, maxBytes: o.MaxBytes, timeout: o.Timeout, classify: o.Classify,
		coder: body.NewCoder(), answers: answers, repeats: repeats, bodies: newBodies(o.MaxBytes, o.BodyBytes), rates: rates, Work: NewPool(o.WorkBytes)}
	s.Metrics.Memory("answers", answers.Held)
	s.Metrics.Memory("repeats", repeats.bytes)
	s.Metrics.Memory("bodies", s.bodies.all.Held)
	s.Metrics.Memory("work", s.Work.Held)
	return s, nil
}

// Repeat sends the reply held for a request, and reports whether there was one.
func (s *Site) Repeat(w http.ResponseWriter, r *http.Request) bool {
	return s.repeats.send(w, r, s.rates)
}

// Cached returns the answer held under a key, or computes and holds it; see
// Cache.
func (s *Site) Cached(ctx context.Context, key string, compute func(context.Context) (*Answer, error)) (*Answer, error) {
	return s.answers.Answer(ctx, key, compute)
}

// Heavy is a resource that computes over what a client sent, behind a gate. The
// whole body is here before the request asks for a turn: a slow sender keeps
// nobody waiting.
func (s *Site) Heavy(g *Gate, run Resource) Resource {
	return func(r *http.Request) (*Answer, error) {
		size, release, err := s.bodies.hold(r)
		defer release()
		if err != nil {
			return nil, err
		}
		leave, err := g.EnterWith(r.Context(), s.Work, workPerByte*size)
		if err != nil {
			return nil, err
		}
		defer leave()
		return run(r)
	}
}

// workPerByte is how much memory is at work over each byte of a body, at most,
// about: what it says as geometry, its edges, and where they cross.
const workPerByte = 16

// Bug logs and counts a panic of something that answers no request.
func (s *Site) Bug(during string, bug error) {
	s.Metrics.bugs.Inc()
	s.log.Error("a bug", "during", during, "reason", bug)
}

// Body makes the body of an answer.
func (s *Site) Body(text []byte) *body.Body { return s.coder.Body(text) }

// JSON encodes a value as an answer.
func (s *Site) JSON(contentType, cache string, v any) (*Answer, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // links stay readable; nothing here is put into a page as markup
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return &Answer{ContentType: contentType, Body: s.coder.Body(text.Bytes()), Cache: cache}, nil
}
