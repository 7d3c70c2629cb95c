package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/demarc-map/demarc/server"
)

func TestAClientOverItsRateIsToldSoAndOthersAreNot(t *testing.T) {
	s, err := server.New(server.Options{Rate: 0.001, Burst: 2, Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		peer, forwarded, path string
		want                  int
	}{
		{"192.0.2.1:1", "", "/v1", 503}, // nothing is loaded, but the question is heard
		{"192.0.2.1:2", "198.51.100.7", "/v1", 503},
		{"192.0.2.1:3", "198.51.100.8", "/v1", 429}, // a stranger's header makes no new client
		{"192.0.2.1:4", "", "/healthz", 200},
		{"192.0.2.2:1", "", "/v1", 503},
		{"10.0.0.1:1", "192.0.2.1", "/v1", 429}, // the same client through a proxy
		{"10.0.0.1:1", "192.0.2.1, 192.0.2.3", "/v1", 503},
		{"10.0.0.1:1", "192.0.2.1, 192.0.2.3, 10.9.9.9", "/v1", 503},
		{"10.0.0.1:1", "192.0.2.4, 192.0.2.3", "/v1", 429},
		{"[2001:db8::1]:1", "", "/v1", 503},
		{"[2001:db8::2]:1", "", "/v1", 503},
		{"[2001:db8::3]:1", "", "/v1", 429}, // one customer's network
		{"[2001:db8:0:1::3]:1", "", "/v1", 503},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Forwarded-For", c.forwarded)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.want || w.Code == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			t.Errorf("%s %s for %q: %d, not %d", c.peer, c.path, c.forwarded, w.Code, c.want)
		}
	}
}
