package server

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/demarc-map/demarc/server/web"
)

// doorkeeper writes down who came to the operator's door: in the log what they
// did or why they were refused, and in memory when each token was last used.
// It never sees a secret.
type doorkeeper struct {
	log *slog.Logger

	mu       sync.Mutex
	used     map[string]time.Time // by the hash of a token's secret
	refusals map[refusal]*told
}

// refusal is of whom and why: few, since names come from the list of tokens.
type refusal struct{ by, because string }

// told is when a refusal was last logged, and how many of the kind were not since.
type told struct {
	at    time.Time
	since int
}

func newDoorkeeper(log *slog.Logger) *doorkeeper {
	return &doorkeeper{log: log, used: map[string]time.Time{}, refusals: map[refusal]*told{}}
}

// lets notes that a holder was let in.
func (k *doorkeeper) lets(who holder, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if who.sha256 != "" {
		k.used[who.sha256] = now.UTC().Truncate(time.Second)
	}
}

// refuses logs a request that was turned away; of one kind, a line each second, which
// says how many there were, so that whoever guesses cannot fill a disk.
func (k *doorkeeper) refuses(r *http.Request, who holder, because string, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kind := refusal{who.name, because}
	t := k.refusals[kind]
	if t == nil {
		t = &told{}
		k.refusals[kind] = t
	}
	t.since++
	if now.Sub(t.at).Abs() < time.Second {
		return
	}
	by := who.name
	if by == "" {
		by = "nobody known"
	}
	k.log.LogAttrs(context.WithoutCancel(r.Context()), slog.LevelWarn, "refused at the operator's door", slog.String("by", by), slog.String("because", because),
		slog.String("method", r.Method), slog.String("path", web.Clip(r.URL.Path)), slog.Int("times", t.since))
	t.at, t.since = now, 0
}

// lastUses are when tokens were used since the server began, by their hashes.
func (k *doorkeeper) lastUses() map[string]time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return maps.Clone(k.used)
}
