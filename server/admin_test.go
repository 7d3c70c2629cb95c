package server_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"
)

// untouched is a body that must not be read.
type untouched struct{ t *testing.T }

func (u untouched) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestWithoutTheTokenNothingOfARequestIsLookedAt(t *testing.T) {
	s, err := server.New(server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	load := func(context.Context, data.ReadOptions) ([]*data.Snapshot, error) {
		t.Error("the datasets were loaded")
		return nil, errors.New("no")
	}
	for token, given := range map[string]string{"correct-horse-battery": "Bearer correct-horse-batterz", "": "Bearer ", "x": ""} {
		for _, path := range []string{"/reload", "/", "/v1", "/reload/../x"} {
			r := httptest.NewRequest("POST", path, untouched{t})
			r.Header.Set("Authorization", given)
			w := httptest.NewRecorder()
			s.Admin(server.AdminOptions{Token: token, Load: load}).ServeHTTP(w, r)
			if w.Code != http.StatusUnauthorized || !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer") || w.Header().Get("Connection") != "close" ||
				w.Header().Get("Access-Control-Allow-Origin") != "" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s with %q: %d %v", path, given, w.Code, w.Header())
			}
		}
	}
}
