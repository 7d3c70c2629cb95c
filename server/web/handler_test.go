package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// bare returns a site that answers from nothing.
func bare(t *testing.T, log io.Writer) *Site {
	t.Helper()
	s, err := NewSite(Options{Log: slog.New(slog.NewTextHandler(log, nil)), MaxBytes: 1 << 10, BodyBytes: 1 << 20, WorkBytes: 1 << 20, Timeout: time.Second, AnswerBytes: 1 << 20, RepeatBytes: 1 << 20,
		Classify: func(error) (Class, map[string]any) { return "", nil },
		State:    func() (State, bool) { return State{}, false }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestABugCostsItsOwnRequestOnlyAndItsTextStaysInTheLog(t *testing.T) {
	var log bytes.Buffer
	s := bare(t, &log)
	for name, bug := range map[string]Resource{
		"a panic":  func(*http.Request) (*Answer, error) { panic("secret of the server") },
		"an error": func(*http.Request) (*Answer, error) { return nil, errors.New("secret of the server") },
	} {
		log.Reset()
		w := httptest.NewRecorder()
		s.Handler("/bug", Methods{Get: bug}).ServeHTTP(w, httptest.NewRequest("GET", "/bug", nil))
		id := w.Header().Get("X-Request-Id")
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), id) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if said := log.String(); !strings.Contains(said, "secret of the server") || !strings.Contains(said, id) || strings.Contains(said, "192.0.2.1") {
			t.Errorf("%s: the log says %s", name, said)
		}
	}
}

// telling is an error that knows its class.
type telling string

func (e telling) Error() string      { return "it is " + string(e) }
func (e telling) ErrorClass() string { return string(e) }

func TestAnErrorTellsItsOwnStatus(t *testing.T) {
	var log bytes.Buffer
	s := bare(t, &log)
	for want, err := range map[int]error{
		400: telling("malformed"), 404: fmt.Errorf("wrapped: %w", telling("unknown")), 409: telling("conflict"), 413: telling("too large"),
		422: telling("unprocessable"), 503: telling("unavailable"), 500: telling("a class of tomorrow"),
		418: &Problem{Status: 418},
	} {
		if got := s.problemOf(err).Status; got != want {
			t.Errorf("%v: %d, not %d", err, got, want)
		}
	}
	for _, err := range []error{context.DeadlineExceeded, context.Canceled} {
		if p := s.problemOf(err); p.Status != 503 || p.Header.Get("Retry-After") == "" {
			t.Errorf("%v: %+v", err, p)
		}
	}
	if p := s.problemOf(&http.MaxBytesError{Limit: 7}); p.Status != 413 || !strings.Contains(p.Detail, "7 bytes") {
		t.Errorf("a body too large: %+v", p)
	}
}

func TestClippingKeepsCharactersWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		clipped := Clip(text)
		if !utf8.ValidString(clipped) {
			t.Fatalf("%q becomes %q", text, clipped)
		}
		if len(text) <= 60 && clipped != text {
			t.Fatalf("%q is short enough, and becomes %q", text, clipped)
		}
		if begun, cut := strings.CutSuffix(clipped, "…"); len(text) > 60 && (!cut || len(begun) > 60 || len(begun) < 57 || !strings.HasPrefix(text, begun)) {
			t.Fatalf("%q becomes %q", text, clipped)
		}
	})
	if got := Clip(strings.Repeat("a", 59) + "ع…"); got != strings.Repeat("a", 59)+"…" {
		t.Errorf("a character on the edge: %q", got)
	}
}
