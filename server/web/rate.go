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

// admits counts a request and reports whether its client is within its rate limit;
// one that is not known has none.
func (l *rates) admits(client netip.Prefix) bool {
	if l == nil || !client.IsValid() {
		return true
	}
	limiter, _ := l.clients.SetIfAbsent(client, rate.NewLimiter(l.limit, l.burst))
	return limiter.Allow()
}
