package main

import (
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/pflag"
)

func TestTheSettingsToDeployWithAreFlagsOfServe(t *testing.T) {
	settings, err := readConfig(filepath.Join(referee.Root(), "deploy", "serve.json"))
	if err != nil {
		t.Fatal(err)
	}
	flags := newServeCommand().Flags()
	for name, values := range settings {
		if flags.Lookup(name) == nil {
			t.Errorf("%s is no flag", name)
			continue
		}
		for _, value := range values {
			if err := flags.Set(name, value); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTheGuideForOperatorsNamesEveryLimitListenerAndMetric(t *testing.T) {
	guide := text(t, "docs", "operations.md")
	newServeCommand().Flags().VisitAll(func(f *pflag.Flag) {
		switch f.Name {
		case "data", "embedded", "log": // in the README and the help
			return
		}
		if !strings.Contains(guide, "--"+f.Name) {
			t.Errorf("the guide lacks --%s", f.Name)
		}
	})
	s, err := server.New(server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context(), underReview(t)); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	w = httptest.NewRecorder() // the first request is counted by now
	s.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	exposed, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{"demarc_reloads_total": true} // counted once there is something
	for _, m := range regexp.MustCompile(`# TYPE (demarc_\w+)`).FindAllStringSubmatch(string(exposed), -1) {
		served[m[1]] = true
		last := m[1][strings.LastIndexByte(m[1], '_'):]
		if !strings.Contains(guide, m[1]) && !(strings.HasPrefix(m[1], "demarc_gate_") && strings.Contains(guide, last)) {
			t.Errorf("the guide lacks %s", m[1])
		}
	}
	alerts := text(t, "deploy", "alerts.yaml")
	for _, m := range regexp.MustCompile(`alert: (\w+)`).FindAllStringSubmatch(alerts, -1) {
		if !strings.Contains(guide, "| "+m[1]+" |") {
			t.Errorf("the guide does not say what to do about %s", m[1])
		}
	}
	for _, name := range regexp.MustCompile(`demarc_\w+`).FindAllString(alerts, -1) {
		if !served[strings.TrimSuffix(name, "_bucket")] {
			t.Errorf("an alert is about %s, which is not served", name)
		}
	}
}

// underReview is a snapshot that says when somebody should look again.
func underReview(t *testing.T) *data.Snapshot {
	t.Helper()
	s, _, err := data.Read(t.Context(), demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	if s.Dataset.ReviewAfter == 0 {
		s.Dataset.ReviewAfter = s.FirstDate()
	}
	return s
}

func text(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{referee.Root()}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
