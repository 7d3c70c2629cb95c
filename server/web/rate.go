package web

import (
	"net/http"
	"net/netip"

	"github.com/maypok86/otter/v2"
	"golang.org/x/time/rate"
)

// rates limits how often each client may ask. It knows a bounded number of
// clients, those who asked last; an IPv6 client is its /64, which is what one
// customer gets. Addresses are kept in memory only and never logged.
type rates struct {
	limit   rate.Limit
	burst   int
	clients *otter.Cache[netip.Prefix, *rate.Limiter]
}

// newRates returns nil, which limits nobody, when perSecond is 0. It knows so
// many clients.
func newRates(perSecond float64, burst, known int) (*rates, error) {
	if perSecond <= 0 {
		return nil, nil
	}
	clients, err := otter.New(&otter.Options[netip.Prefix, *rate.Limiter]{MaximumSize: known})
	return &rates{rate.Limit(perSecond), burst, clients}, err
}

// errTooOften refuses a client over its rate limit.
var errTooOften = &Problem{Status: http.StatusTooManyRequests, Detail: "too many requests from this address",
	Header: http.Header{"Retry-After": {"1"}}}

// admits counts a request and reports whether its client is within its rate limit.
func (l *rates) admits(f Forwarding, r *http.Request) bool { return l == nil || l.allow(f.Client(r)) }

// allow counts a request and reports whether its client is within its rate limit.
func (l *rates) allow(client netip.Addr) bool {
	prefix := clientOf(client)
	if !prefix.IsValid() {
		return true
	}
	limiter, _ := l.clients.SetIfAbsent(prefix, rate.NewLimiter(l.limit, l.burst))
	return limiter.Allow()
}
