package server_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// squares is a dataset of so many zones.
func squares(t *testing.T, n int) *data.Snapshot {
	t.Helper()
	square := func(west, south, side float64) string {
		return fmt.Sprintf(`{"type":"Polygon","coordinates":[[[%[1]v,%[2]v],[%[3]v,%[2]v],[%[3]v,%[4]v],[%[1]v,%[4]v],[%[1]v,%[2]v]]]}`, west, south, west+side, south+side)
	}
	const feature = `{"type":"Feature","id":%q,"properties":{"name_en":"N","source":"s"%s},"geometry":%s}`
	zones, across := []string{}, 100
	for k := range n {
		zones = append(zones, fmt.Sprintf(feature, fmt.Sprint("z", k), `,"party":"p","basis":"b","status":"observed","valid_from":"2026-01-01","accuracy_m":10`,
			square(float64(k%across)/100, float64(k/across)/100, 0.008)))
	}
	collection := func(features ...string) []byte {
		return fmt.Appendf(nil, `{"type":"FeatureCollection","features":[%s]}`, strings.Join(features, ","))
	}
	s, _, err := data.Read(context.Background(), data.Files{
		"dataset.json": []byte(`{"schema":"demarc/1","id":"many","title":{"en":"T"},"attribution":{"en":"A"},"disclaimer":{"en":"D"},"territory":"whole",
			"default_party":"p","default_basis":"b","parties":[{"id":"p","name":{"en":"P"}}],"sources":[{"id":"s","title":"S","publisher":"S","licence":"L"}],
			"bases":[{"id":"b","name":{"en":"B"},"meaning":{"en":"B"},"mapped":[{"from":"2026-01-01","to":null}]}]}`),
		"territories.geojson": collection(fmt.Sprintf(feature, "whole", "", square(-0.1, -0.1, 1.2))),
		"zones.geojson":       collection(zones...),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Many ask for all the files of a large dataset at once. Files in the making never
// have more than the memory for work, of which each takes the most of it, and
// whoever gets none is told when to come again.
func TestManyExportsAtOnceStayWithinTheMemoryForWork(t *testing.T) {
	zones := 1000
	if testing.Short() {
		zones = 300
	}
	s := squares(t, zones)
	e := data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: s.Dataset.Basis}
	whole, _ := export.Find("geojson")
	weight := whole.Weight(s, e)
	site := httptest.NewServer(served.Publishing(t, server.Options{Memory: server.Memory{Work: weight * 3 / 2}, Timeout: 5 * time.Second}, s))
	defer site.Close()
	held := func() int64 {
		_, text := served.Ask(t, "GET", site.URL+"/metrics")
		m := regexp.MustCompile(`(?m)^demarc_memory_held_bytes\{part="work"\} (\S+)$`).FindSubmatch(text)
		if m == nil {
			t.Error("no metric tells of it")
			return 0
		}
		n, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			t.Error(err)
		}
		return int64(n)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	counts := map[int]int{}
	for _, suffix := range []string{"geojson", "gpkg", "kml", "csv", "zones.fgb", "held.fgb", "pmtiles"} {
		for range 4 {
			all.Go(func() {
				r, body := served.Ask(t, "GET", site.URL+"/export/many."+suffix)
				mu.Lock()
				defer mu.Unlock()
				counts[r.StatusCode]++
				if r.StatusCode != 200 && (r.StatusCode != 503 || r.Header.Get("Retry-After") == "") {
					t.Errorf("%s: %d %v %.200s", suffix, r.StatusCode, r.Header, body)
				}
			})
		}
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	most := int64(0)
	for done := false; !done; {
		select {
		case <-ended:
			done = true
		default:
			most = max(most, held())
			time.Sleep(time.Millisecond) // who asks without a pause takes what the others make
		}
	}
	t.Logf("%v answers; files in the making had %d of %d bytes at the most", counts, most, weight*3/2)
	if most < weight || most > weight*3/2 || counts[200] == 0 {
		t.Errorf("files in the making had %d bytes at the most, of %d; each takes %d; %v", most, weight*3/2, weight, counts)
	}
	if left := held(); left != 0 {
		t.Errorf("%d bytes are not given back", left)
	}
}
