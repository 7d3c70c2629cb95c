package server_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// zigzag lists n positions that run along one axis and swing across the other.
func zigzag(n int, turned bool) string {
	all := make([]string, n)
	for i := range all {
		along, across := float64(i)/float64(n), float64(i%2)
		if turned {
			along, across = across, along
		}
		all[i] = fmt.Sprintf("[%.8f,%.8f]", 34.2+0.4*along, 31.2+0.4*across)
	}
	return strings.Join(all, ",")
}

// comb is a valid polygon of n spikes across the whole territory.
func comb(n int, turned bool) string {
	first, last := "[34.2,31.1]", "[34.61,31.1]"
	if turned {
		first, last = "[34.1,31.2]", "[34.1,31.61]"
	}
	return fmt.Sprintf(`{"type":"Polygon","coordinates":[[%s,%s,%s,%s]]}`, first, zigzag(n, turned), last, first)
}

func TestTheWorstQuestionEndsByTheDeadline(t *testing.T) {
	url := served.Gaza(t, server.Options{Timeout: 400 * time.Millisecond})
	const n = 90_000
	scattered := make([]string, n)
	for i := range scattered {
		scattered[i] = fmt.Sprintf("[%.7f,%.7f]", 34.2+0.4*float64(i*7919%n)/n, 31.2+0.4*float64(i*104729%n)/n)
	}
	level := make([]string, 2*n) // out along one line in leaps, and back the same way: no area, and every edge over every other
	for i := range n {
		level[i] = fmt.Sprintf("[%.7f,31.4]", 34.2+0.4*float64(i*7919%n)/n)
		level[2*n-1-i] = level[i]
	}
	for _, c := range []struct{ name, path, body string }{
		{"a ring that runs to and fro along one line", "share", `{"type":"Polygon","coordinates":[[` + strings.Join(level, ",") + `]]}`},
		{"a comb", "share", comb(n, false)},
		{"two combs across one another", "share", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":` + comb(n, false) +
			`},{"type":"Feature","properties":{},"geometry":` + comb(n, true) + `}]}`},
		{"a star that crosses itself everywhere", "share", `{"type":"Polygon","coordinates":[[` + strings.Join(scattered, ",") + "," + scattered[0] + `]]}`},
		{"a line that goes to and fro", "split", `{"type":"LineString","coordinates":[` + zigzag(n, false) + `]}`},
		{"a line that crosses itself everywhere", "split", `{"type":"LineString","coordinates":[` + strings.Join(scattered, ",") + `]}`},
	} {
		begun := time.Now()
		response, answer := post(t, url+"/v1/gaza/"+c.path, c.body)
		took := time.Since(begun)
		t.Logf("%s: %d after %v: %.160s", c.name, response.StatusCode, took, answer)
		if s := response.StatusCode; s != 200 && s != 422 && s != 503 {
			t.Errorf("%s: %d", c.name, s)
		}
		if took > time.Minute { // the deadline is 0.4 s; the rest is for a busy machine
			t.Errorf("%s: answered after %v", c.name, took)
		}
	}
}
