package server_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// The first question opens cells, and later ones find them open.
func TestAPolygonAskedAboutAgainHasTheSameAnswerFromCells(t *testing.T) {
	set, err := gen.Named("strip", 1)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := set.Write(dir); err != nil {
		t.Fatal(err)
	}
	snapshot, _, err := data.Read(context.Background(), os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(served.Publishing(t, server.Options{}, snapshot))
	t.Cleanup(web.Close)
	cells := regexp.MustCompile(`demarc_memory_held_bytes\{part="cells"\} (\S+)`)
	held := func() string {
		_, metrics := served.Ask(t, "GET", web.URL+"/metrics")
		return string(cells.Find(metrics))
	}
	if before := held(); !strings.HasSuffix(before, " 0") {
		t.Errorf("before any question: %q", before)
	}
	at := set.Territory.Bound().Center()
	ask := func(reach float64) string {
		west, south, east, north := at[0]-reach, at[1]-reach, at[0]+reach, at[1]+reach
		r, body := served.Send(t, "POST", web.URL+"/v1/strip/share", strings.NewReader(fmt.Sprintf(
			`{"type":"Polygon","coordinates":[[[%[1]v,%[2]v],[%[3]v,%[2]v],[%[3]v,%[4]v],[%[1]v,%[4]v],[%[1]v,%[2]v]]]}`, west, south, east, north)))
		if r.StatusCode != 200 {
			t.Fatalf("%d %s", r.StatusCode, body)
		}
		return string(body)
	}
	first := ask(0.05)
	ask(0.1)
	if again := ask(0.05); again != first {
		t.Errorf("first\n%s\nthen\n%s", first, again)
	}
	if after := held(); after == "" || strings.HasSuffix(after, " 0") {
		t.Errorf("after questions: %q", after)
	}
}
