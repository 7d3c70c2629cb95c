// Package served has the embedded dataset served to tests, and asks the server.
package served

import (
	"cmp"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/server"
)

// Loopback is this machine, trusted as a proxy.
var Loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// Noon is the moment all tests happen at.
var Noon = time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC)

// Snapshot is the embedded dataset, read once.
var Snapshot = sync.OnceValue(func() *data.Snapshot {
	s, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		panic(err)
	}
	return s
})

// GazaContext is the map context of the embedded dataset, read once.
func GazaContext(_ context.Context, dataset string) (*mapcontext.Map, error) {
	if dataset != Snapshot().Dataset.ID {
		return nil, nil
	}
	return background()
}

var background = sync.OnceValues(func() (*mapcontext.Map, error) {
	m, _, err := mapcontext.Read(context.Background(), gaza.Context, 0)
	return m, err
})

// Gaza starts a server of the embedded dataset on loopback.
func Gaza(t testing.TB, o server.Options) (url string) {
	t.Helper()
	return GazaBehind(t, o, func(h http.Handler) http.Handler { return h })
}

// GazaBehind starts the same with something in front of it.
func GazaBehind(t testing.TB, o server.Options, front func(http.Handler) http.Handler) (url string) {
	t.Helper()
	web := httptest.NewServer(front(Publishing(t, o, Snapshot())))
	t.Cleanup(web.Close)
	return web.URL
}

// Publishing is a server with snapshots, without an address. Unless the options say
// otherwise it begins to serve before any tile is made, which most tests ask for none of,
// and a request has a minute, since a busy machine is no fault of what it asks for.
func Publishing(t testing.TB, o server.Options, snapshots ...*data.Snapshot) *server.Server {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return Noon }
	}
	if o.Context == nil {
		o.Context = GazaContext
	}
	o.Memory.Warm, o.Timeout = cmp.Or(o.Memory.Warm, -1), cmp.Or(o.Timeout, time.Minute)
	s, err := server.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(context.Background(), snapshots...); err != nil {
		t.Fatal(err)
	}
	return s
}

// Ask sends one request as it is: no redirects are followed and nothing is decompressed.
func Ask(t testing.TB, method, url string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	return send(t, &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, method, url, nil, headers)
}

// Send sends a request with a body, as most programs do. The body may be nil.
func Send(t testing.TB, method, url string, body io.Reader, headers ...string) (*http.Response, []byte) {
	t.Helper()
	return send(t, http.DefaultClient, method, url, body, headers)
}

func send(t testing.TB, client *http.Client, method, url string, body io.Reader, headers []string) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, answer
}
