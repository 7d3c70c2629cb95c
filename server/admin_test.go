package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// untouched is a body that must not be read.
type untouched struct{ t *testing.T }

func (u untouched) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestWithoutTheTokenNothingOfARequestIsLookedAt(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	load := func(context.Context) ([]*data.Snapshot, error) {
		t.Error("the datasets were loaded")
		return nil, errors.New("no")
	}
	for token, given := range map[string]string{"correct-horse-battery": "Bearer correct-horse-batterz", "": "Bearer ", "x": ""} {
		for _, path := range []string{"/reload", "/", "/v1", "/reload/../x"} {
			r := httptest.NewRequest("POST", path, untouched{t})
			r.Header.Set("Authorization", given)
			w := httptest.NewRecorder()
			s.Admin(Desk{Token: token, Load: load}).ServeHTTP(w, r)
			if w.Code != http.StatusUnauthorized || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") || w.Header().Get("Connection") != "close" ||
				w.Header().Get("Access-Control-Allow-Origin") != "" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s with %q: %d %v", path, given, w.Code, w.Header())
			}
		}
	}
}

func TestABugCostsItsOwnRequestOnlyAndItsTextStaysInTheLog(t *testing.T) {
	var log bytes.Buffer
	s, err := New(Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	for name, bug := range map[string]resource{
		"a panic":  func(*http.Request) (*answer, error) { panic("secret of the server") },
		"an error": func(*http.Request) (*answer, error) { return nil, errors.New("secret of the server") },
	} {
		log.Reset()
		w := httptest.NewRecorder()
		s.handle("/bug", methods{get: bug}).ServeHTTP(w, httptest.NewRequest("GET", "/bug", nil))
		id := w.Header().Get("X-Request-Id")
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), id) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if said := log.String(); !strings.Contains(said, "secret of the server") || !strings.Contains(said, id) || strings.Contains(said, "192.0.2.1") {
			t.Errorf("%s: the log says %s", name, said)
		}
	}
}
