package server_test

import (
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

func TestThePartsOfTheMemoryAreWithinTheOneNumberAndInTheMetrics(t *testing.T) {
	limits := regexp.MustCompile(`(?m)^demarc_memory_limit_bytes\{part="(\w+)"\} (\S+)$`)
	held := regexp.MustCompile(`(?m)^demarc_memory_held_bytes\{part="(\w+)"\} (\S+)$`)
	holdsNothing := regexp.MustCompile(`(?m)^demarc_memory_held_bytes\{part="(tiles|answers|repeats|exports|editions)"\} 0$`)
	for _, total := range []float64{512 << 20, 2 << 30, 64 << 30} {
		url := served.Gaza(t, server.Options{Memory: server.Memory{Total: uint64(total)}})
		for _, path := range []string{"/v1/gaza/share", "/tiles/gaza/10/610/417.mvt?as_of=2026-01-20&basis=line-cut", "/export/gaza.csv"} {
			if r, body := served.Ask(t, "GET", url+path); r.StatusCode != 200 {
				t.Fatalf("%s: %d %s", path, r.StatusCode, body)
			}
		}
		// What caches hold is counted a moment later than they hold it.
		var text []byte
		for waited := time.Duration(0); waited < 5*time.Second; waited += 20 * time.Millisecond {
			if _, text = served.Ask(t, "GET", url+"/metrics"); !holdsNothing.Match(text) {
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		sum, parts := 0.0, map[string]float64{}
		for _, m := range limits.FindAllStringSubmatch(string(text), -1) {
			limit, err := strconv.ParseFloat(m[2], 64)
			if err != nil || limit <= 0 {
				t.Errorf("%s may hold %s, %v", m[1], m[2], err)
			}
			parts[m[1]], sum = limit, sum+limit
		}
		if len(parts) != 10 || sum < total/2 || sum > 3*total/4 {
			t.Errorf("of %.0f bytes %d parts may hold %.0f: %v", total, len(parts), sum, parts)
		}
		for _, m := range held.FindAllStringSubmatch(string(text), -1) {
			now, err := strconv.ParseFloat(m[2], 64)
			if err != nil || now < 0 || now > parts[m[1]] {
				t.Errorf("%s holds %s of %.0f bytes, %v", m[1], m[2], parts[m[1]], err)
			}
			if some := map[string]bool{"tiles": true, "answers": true, "repeats": true, "exports": true, "editions": true}[m[1]]; some && now == 0 {
				t.Errorf("%s holds nothing", m[1])
			}
		}
	}
}
