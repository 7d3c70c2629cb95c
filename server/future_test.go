package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

func TestADayAfterTodayIsRefusedAtEveryDoor(t *testing.T) {
	referee.Figures(t)
	now := time.Date(2026, 11, 27, 23, 59, 59, 0, time.UTC)
	url := served.Gaza(t, server.Options{Timeout: time.Minute, Now: func() time.Time { return now }})
	const square = `{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}`
	for _, path := range []string{
		"/v1/gaza/share?as_of=", "/v1/gaza/shares?as_of=", "/v1/gaza/parties?as_of=", "/v1/gaza/parties.csv?as_of=", "/v1/gaza/claims?as_of=",
		"/v1/gaza/at?lon=34.5&lat=31.5&as_of=", "/v1/gaza/changes?to=", "/v1/gaza/series?every=month&to=", "/v1/gaza/series.csv?every=week&to=", "/v1/gaza/changes?from=",
		"/map.svg?as_of=", "/map.png?as_of=", "/tiles/gaza.json?as_of=", "/tiles/gaza/8/152/104.mvt?as_of=", "/styles/gaza.json?as_of=",
		"/styles/gaza.qlr?as_of=", "/export/gaza.geojson?as_of=", "/export/gaza.pmtiles?as_of=", "/ogc/collections/gaza-zones/items?as_of=",
	} {
		ask := func(day string) (int, string) {
			r, body := served.Ask(t, "GET", url+path+day)
			return r.StatusCode, string(body)
		}
		if status, body := ask("2026-11-28"); status != 400 || !strings.Contains(body, "2026-11-28 is after today, 2026-11-27: there is no evidence of days to come") {
			t.Errorf("%s tomorrow: %d %.200s", path, status, body)
		}
		if status, body := ask("2026-11-27"); status != 200 {
			t.Errorf("%s today: %d %.200s", path, status, body)
		}
	}
	for path, body := range map[string]string{"/v1/gaza/share": square, "/v1/gaza/at": `{"type":"Point","coordinates":[34.5,31.5]}`} {
		if r, body := post(t, url+path+"?as_of=2026-11-28", body); r.StatusCode != 400 || !strings.Contains(string(body), "is after today") {
			t.Errorf("POST %s: %d %.200s", path, r.StatusCode, body)
		}
	}
	// What bounds a time is no day of a state.
	for _, path := range []string{"/v1/gaza/series?to=2030-01-01", "/ogc/collections/gaza-zones/items?datetime=2026-01-01/2030-01-01"} {
		if r, body := served.Ask(t, "GET", url+path); r.StatusCode != 200 {
			t.Errorf("%s: %d %.200s", path, r.StatusCode, body)
		}
	}
}
