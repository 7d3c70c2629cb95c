package server

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"testing"
)

func TestAGateAdmitsQueuesAndRefusesInThatOrder(t *testing.T) {
	g := newGate(1, 1)
	leave, err := g.enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	waiting := make(chan error)
	go func() {
		_, err := g.enter(ctx)
		waiting <- err
	}()
	for len(g.seats) < 2 { // until it sits in the queue
		runtime.Gosched()
	}
	if _, err := g.enter(context.Background()); !errors.Is(err, errBusy) || g.shed.Load() != 1 {
		t.Errorf("beyond the queue: %v", err)
	}
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("who gives up waiting: %v", err)
	}
	leave()
	if leave, err = g.enter(context.Background()); err != nil {
		t.Fatalf("who comes once all have left: %v", err)
	}
	leave()
	if len(g.seats)+len(g.working) != 0 {
		t.Error("a seat was not given back")
	}
}

func TestBodiesTogetherAreBoundedAndGivenBack(t *testing.T) {
	b := newBodies(bodyChunk, 0) // four chunks for all
	post := func(n int) (func(), error) {
		return b.hold(httptest.NewRequest("POST", "/", struct{ *strings.Reader }{strings.NewReader(strings.Repeat("x", n))}))
	}
	first, err := post(2*bodyChunk - 1)
	if err != nil {
		t.Fatal(err)
	}
	if release, err := post(3 * bodyChunk); !errors.Is(err, errBusy) {
		t.Errorf("beyond the bytes for all: %v", err)
	} else {
		release()
	}
	first()
	for range 100 {
		release, err := post(3*bodyChunk - 1)
		if err != nil {
			t.Fatal(err)
		}
		release()
	}
}

func TestAClientOverItsRateIsToldSoAndOthersAreNot(t *testing.T) {
	s, err := New(Options{Rate: 0.001, Burst: 2, Trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
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
