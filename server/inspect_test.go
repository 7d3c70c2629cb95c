package server_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// sendFile posts a file to be looked at.
func sendFile(t *testing.T, url, body string, headers ...string) (int, string) {
	t.Helper()
	r, text := served.Send(t, "POST", url+"/v1/inspect?name=2025-01-03.geojson", strings.NewReader(body), headers...)
	if r.StatusCode == 200 && r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("it may be kept: %v", r.Header)
	}
	return r.StatusCode, string(text)
}

func TestAFileIsLookedAtAndNothingIsKept(t *testing.T) {
	url := served.Gaza(t, server.Options{Edit: &server.Edit{}})
	status, body := sendFile(t, url, served.SomeFile)
	var found struct {
		Features   int `json:"features"`
		Suggestion struct {
			Command string `json:"command"`
		} `json:"suggestion"`
		Repairs []struct {
			Rule  string `json:"rule"`
			Count int    `json:"count"`
		} `json:"repairs"`
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil || status != 200 {
		t.Fatalf("%d %v %s", status, err, body)
	}
	if found.Features != 2 || !strings.Contains(found.Suggestion.Command, "demarc import 2025-01-03.geojson \\\n  --out 2025-01-03") || len(found.Repairs) != 1 || found.Repairs[0].Rule != "cleaned" {
		t.Error(body)
	}
	if r, _ := served.Ask(t, "GET", url+"/v1/inspect"); r.StatusCode != 404 {
		t.Errorf("it is a dataset: %d", r.StatusCode)
	}
}

func TestWhoMayHaveAFileLookedAt(t *testing.T) {
	token, secret := server.NewToken("desk", []string{"gaza"}, served.Noon)
	gone, goneSecret := server.NewToken("gone", []string{"gaza"}, served.Noon)
	gone.Revoked = &gone.Created
	list := func() ([]server.Token, error) { return []server.Token{token, gone}, nil }
	unread := func() ([]server.Token, error) { return nil, errors.New("no such file") }
	for _, c := range []struct {
		what    string
		edit    *server.Edit
		from    string
		headers []string
		want    int
	}{
		{"this machine", &server.Edit{}, "", nil, 200},
		{"this machine over IPv6", &server.Edit{}, "[::1]:1234", nil, 200},
		{"a server that does not edit", nil, "", nil, 403},
		{"elsewhere", &server.Edit{Tokens: list}, "192.0.2.1:1234", nil, 401},
		{"elsewhere, with a token", &server.Edit{Tokens: list}, "192.0.2.1:1234", []string{"Authorization", "Bearer " + secret}, 200},
		{"elsewhere, with a revoked one", &server.Edit{Tokens: list}, "192.0.2.1:1234", []string{"Authorization", "Bearer " + goneSecret}, 401},
		{"elsewhere, with none that is known", &server.Edit{Tokens: list}, "192.0.2.1:1234", []string{"Authorization", "Bearer demarc_GUESS"}, 401},
		{"elsewhere, with a list that cannot be read", &server.Edit{Tokens: unread}, "192.0.2.1:1234", []string{"Authorization", "Bearer " + secret}, 401},
		{"elsewhere, with the operator's", &server.Edit{Token: operator, Tokens: unread}, "192.0.2.1:1234", []string{"Authorization", "Bearer " + operator}, 200},
		{"elsewhere, without a list", &server.Edit{}, "192.0.2.1:1234", []string{"Authorization", "Bearer "}, 401},
		{"through a proxy on this machine", &server.Edit{}, "", []string{"X-Forwarded-For", "127.0.0.1"}, 401},
		{"through another kind of it", &server.Edit{}, "", []string{"Via", "1.1 proxy"}, 401},
		{"a page of elsewhere", &server.Edit{}, "", []string{"Origin", "https://example.org"}, 403},
		{"a page without an origin", &server.Edit{}, "", []string{"Origin", "null"}, 403},
		{"a page with a token of elsewhere", &server.Edit{Tokens: list}, "", []string{"Origin", "https://example.org", "Authorization", "Bearer " + secret}, 403},
	} {
		url := served.GazaBehind(t, server.Options{Edit: c.edit}, func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if c.from != "" {
					r.RemoteAddr = c.from
				}
				h.ServeHTTP(w, r)
			})
		})
		if status, body := sendFile(t, url, served.SomeFile, c.headers...); status != c.want {
			t.Errorf("%s: %d, not %d: %.300s", c.what, status, c.want, body)
		}
		if c.want == 200 {
			if status, body := sendFile(t, url, served.SomeFile, append(c.headers, "Origin", url)...); status != 200 {
				t.Errorf("%s, the server's own page: %d %s", c.what, status, body)
			}
		}
	}
}

// silence is a body that never comes.
type silence struct{ ended <-chan struct{} }

func (s silence) Read([]byte) (int, error) {
	<-s.ended
	return 0, io.EOF
}

func TestNothingOfAFileIsReadForWhoMayNotSendIt(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	ended := make(chan struct{})
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "POST", url+"/v1/inspect", silence{ended})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.DefaultClient.Do(request)
	close(ended)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != 403 {
		t.Error(r.StatusCode)
	}
}

func TestAFileThatIsNoneIsRefusedInTheWordsOfTheCommand(t *testing.T) {
	url := served.Gaza(t, server.Options{MaxBytes: 100_000, Edit: &server.Edit{}})
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	_, _ = io.WriteString(w, `{"type": "FeatureCollection", "features": [`+strings.Repeat(" ", 4<<20)+"]}")
	_ = w.Close()
	for body, want := range map[string]struct {
		status int
		words  string
	}{
		"hello":                     {422, "refused: 2025-01-03.geojson: unknown-format: it begins with"},
		"":                          {400, "refused: 2025-01-03.geojson: empty"},
		`{"type": "Topology"`:       {400, "refused: 2025-01-03.geojson: json"},
		bomb.String():               {413, "too-large: it unpacks to more than"},
		strings.Repeat(" ", 100001): {413, "the body is larger than 100000 bytes"},
	} {
		status, said := sendFile(t, url, body)
		if status != want.status || !strings.Contains(said, want.words) {
			t.Errorf("%.30q: %d %s", body, status, said)
		}
	}
}

func TestThePageIsToldOnlyWhereAFileMayBeLookedAt(t *testing.T) {
	const told = `<meta name="demarc-inspects"`
	elsewhere := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.RemoteAddr = "192.0.2.1:1234"
			h.ServeHTTP(w, r)
		})
	}
	same := func(h http.Handler) http.Handler { return h }
	for _, c := range []struct {
		edit  *server.Edit
		front func(http.Handler) http.Handler
		want  bool
	}{{&server.Edit{}, same, true}, {nil, same, false}, {&server.Edit{}, elsewhere, false}} {
		o := markedPage
		o.Edit = c.edit
		_, page := served.Ask(t, "GET", served.GazaBehind(t, o, c.front)+"/")
		if strings.Contains(string(page), told) != c.want {
			t.Errorf("%v: %t", c.edit, !c.want)
		}
	}
}
