package server

import (
	"net/http"
	"net/netip"
	"strings"

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

// clientsKnown bounds the memory of rates to a few MiB.
const clientsKnown = 1 << 15

// newRates returns nil, which limits nobody, when perSecond is 0.
func newRates(perSecond float64, burst int) (*rates, error) {
	if perSecond <= 0 {
		return nil, nil
	}
	clients, err := otter.New(&otter.Options[netip.Prefix, *rate.Limiter]{MaximumSize: clientsKnown})
	return &rates{rate.Limit(perSecond), burst, clients}, err
}

// errTooOften refuses a client over its rate.
var errTooOften = &problem{status: http.StatusTooManyRequests, detail: "too many requests from this address",
	header: http.Header{"Retry-After": {"1"}}}

// allow counts a request and reports whether its client is within its rate.
func (l *rates) allow(client netip.Addr) bool {
	if !client.IsValid() {
		return true
	}
	bits := 32
	if client.Is6() {
		bits = 64
	}
	prefix, err := client.Prefix(bits)
	if err != nil {
		return true
	}
	limiter, _ := l.clients.SetIfAbsent(prefix, rate.NewLimiter(l.limit, l.burst))
	return limiter.Allow()
}

// welcome counts a request and reports whether its client is within its rate.
func (s *Server) welcome(r *http.Request) bool { return s.rates == nil || s.rates.allow(s.client(r)) }

// client is the address a request comes from: the peer, or what the trusted
// proxies in front of it say, read from the nearest hop to the first one that
// is not trusted. Zero when there is none.
func (s *Server) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := peer.Addr().Unmap().WithZone("")
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trustsAddress(client); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		client = hop.Unmap().WithZone("")
	}
	return client
}
