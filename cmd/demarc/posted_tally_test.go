package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sites "github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// Things that are posted are told as the command tells them, byte for byte but for the
// host of the address, in each format.
func TestAPostedTallyIsToldAsTheCommandTellsIt(t *testing.T) {
	site := sites.Gaza(t, server.Options{})
	const things = "lon,lat,kind,beds\n34.3,31.3,clinic,5\n34.44,31.52,\"a <b> & \"\"c\"\"\",\n34,31,clinic,7\n"
	name := filepath.Join(t.TempDir(), "things.csv")
	if err := os.WriteFile(name, []byte(things), 0o600); err != nil {
		t.Fatal(err)
	}
	asked := url.Values{"name": {"things.csv"}, "by": {"kind"}, "weight": {"beds"}, "within": {"500"}, "as_of": {"2026-01-20"}, "against": {"line-cut"}, "from": {"2025-11-01"}}
	for _, format := range []string{"json", "geojson", "csv"} {
		status, ours, _ := toldBy(t, "tally", name, "--by", "kind", "--weight", "beds", "--within", "500", "--as-of", "2026-01-20",
			"--against", "line-cut", "--from", "2025-11-01", "--"+format)
		asked.Set("f", format)
		r, posted := sites.Send(t, "POST", site+"/v1/gaza/tally?"+asked.Encode(), strings.NewReader(things))
		if status != exitOK || r.StatusCode != 200 {
			t.Fatalf("%s: %d, %d %s", format, status, r.StatusCode, posted)
		}
		if got := strings.ReplaceAll(string(posted), site, ""); got != ours || len(ours) < 100 {
			t.Errorf("%s: posted\n%s\non the command line\n%s", format, got, ours)
		}
	}
}
