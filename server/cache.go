package server

import (
	"context"
	"math"

	"github.com/maypok86/otter/v2"
)

// answerCache keeps computed answers, bounded in bytes. Its keys begin with
// the name of the snapshot they were computed from, so a reload never mixes
// old answers with new.
type answerCache struct {
	held *otter.Cache[string, *answer]
}

func newAnswerCache(maxBytes uint64) (*answerCache, error) {
	held, err := otter.New(&otter.Options[string, *answer]{
		MaximumWeight: maxBytes,
		Weigher: func(key string, a *answer) uint32 {
			return uint32(min(512+len(key)+2*len(a.body.Identity()), math.MaxUint32)) // about, once its compressed forms are made
		},
	})
	if err != nil {
		return nil, err
	}
	return &answerCache{held}, nil
}

// cached returns the answer held under a key, or computes and holds it. Many
// who ask at once share one computation, so it has the server's time limit
// rather than the first asker's patience. Errors are not held.
func (s *Server) cached(key string, compute func(context.Context) (*answer, error)) (*answer, error) {
	return s.cachedIn(s.answers, key, compute)
}

// cachedIn is cached with another cache than the one for answers.
func (s *Server) cachedIn(c *answerCache, key string, compute func(context.Context) (*answer, error)) (*answer, error) {
	if held, ok := c.held.GetIfPresent(key); ok {
		return held, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.options.Timeout)
	defer cancel()
	return c.held.Get(ctx, key, otter.LoaderFunc[string, *answer](
		func(ctx context.Context, _ string) (*answer, error) { return compute(ctx) }))
}
