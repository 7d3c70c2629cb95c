package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// discard is a response that nobody reads.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

// BenchmarkAHeldTile is what a tile costs that is made already, from the route
// to the last header, without the network.
func BenchmarkAHeldTile(b *testing.B) {
	s, err := server.New(server.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Publish(context.Background(), served.Snapshot()); err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequest("GET", "/tiles/gaza/10/610/417.mvt", nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	w := &discard{http.Header{}}
	s.ServeHTTP(w, r)
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		s.ServeHTTP(w, r)
	}
}
