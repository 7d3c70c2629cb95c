package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

func TestEveryAnswerThatHasAFigureSaysHowOldItIs(t *testing.T) {
	referee.Figures(t)
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	url := served.Gaza(t, server.Options{Now: func() time.Time { return now }})
	const square = `{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}`
	for _, c := range []struct{ path, body, says string }{
		{"/v1/gaza/share", "", `"measures":"behind-line","evidence":{"newest":"2025-10-19","age_days":404,`},
		{"/v1/gaza/share", "", `"newer":[{"basis":"restricted","measures":"restricted","newest":"2026-09-24"}]`},
		{"/v1/gaza/share", "", `"epoch":{"from":"2025-10-10","to":null}`},
		{"/v1/gaza/share", "", "behind the line published by Israel, as mapped on 19 October 2025 (404 days before 27 November 2026)"},
		{"/v1/gaza/share?as_of=2025-10-12", "", "as mapped on 19 October 2025 (for 12 October 2025)"},
		{"/v1/gaza/share?basis=restricted", "", `restricted by Israel, as mapped on 24 September 2026 (64 days before`},
		{"/v1/gaza/share", square, `"evidence":{"newest":"2025-10-19","age_days":404,`},
		{"/v1/gaza/shares", "", `"evidence":{"newest":"2026-09-24","age_days":64,`},
		{"/v1/gaza/series", "", `"evidence":{"newest":"2025-10-19","age_days":null}`},
		{"/v1/gaza/series.csv", "", ",evidence newest,evidence age (days),"},
		{"/v1/gaza/series.csv", "", ",behind-line,2025-10-19,,"},
		{"/v1/gaza/parties", "", `"evidence":{"newest":"2025-10-19","age_days":404,`},
		{"/v1/gaza/parties.csv", "", ",2025-10-19,404,"},
		{"/v1/gaza/claims", "", `"measures":"behind-line","percent":53.13`},
		{"/v1/gaza/claims", "", `"evidence":{"newest":"2025-10-19","age_days":99,`},
		{"/v1/gaza/at?lon=34.52&lat=31.53", "", `"mapped_on":"2025-10-19"`},
		{"/v1/gaza/at?lon=34.52&lat=31.53", "", `{"basis":"traced","measures":"behind-line","mapped":true,"evidence":{"newest":"2025-10-19","age_days":404,`},
		{"/v1/gaza/changes?basis=restricted&against=traced", "", `"newest":"2025-10-19"`},
		{"/v1/gaza/changes?basis=restricted&against=traced", "", `"newest":"2026-09-24"`},
		{"/v1/gaza/split", `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`, `"source":"ocha-cod-ab","source_date":"`},
		{"/metrics", "", `demarc_evidence_timestamp_seconds{basis="traced",dataset="gaza"} 1.760832e+09`},
	} {
		r, body := served.Ask(t, "GET", url+c.path)
		if c.body != "" {
			r, body = post(t, url+c.path, c.body)
		}
		if r.StatusCode != 200 || !strings.Contains(string(body), c.says) {
			t.Errorf("%s: %d, without %s in %.1200s", c.path, r.StatusCode, c.says, body)
		}
		if strings.Contains(string(body), "held by Israel") && strings.HasPrefix(c.path, "/v1/gaza/share") {
			t.Errorf("%s says held by", c.path)
		}
	}
}

func TestAReviewThatIsDueIsSaid(t *testing.T) {
	for _, c := range []struct {
		day int
		due bool
	}{{8, false}, {9, true}} {
		now := time.Date(2027, 1, c.day, 12, 0, 0, 0, time.UTC)
		url := served.Gaza(t, server.Options{Now: func() time.Time { return now }})
		_, ready := served.Ask(t, "GET", url+"/readyz")
		_, share := served.Ask(t, "GET", url+"/v1/gaza/share")
		if strings.Contains(string(ready), `"review_due":[{"dataset":"gaza","reviewed_on":"2026-10-08","review_after":"2027-01-08"}]`) != c.due ||
			strings.Contains(string(ready), "look for newer evidence") != c.due || !strings.Contains(string(ready), `"status":"ready"`) {
			t.Errorf("on the %dth: %s", c.day, ready)
		}
		if strings.Contains(string(share), `"review_due":true`) != c.due || !strings.Contains(string(share), `"reviewed_on":"2026-10-08"`) {
			t.Errorf("on the %dth: %.600s", c.day, share)
		}
		if _, metrics := served.Ask(t, "GET", url+"/metrics"); !strings.Contains(string(metrics), `demarc_review_after_timestamp_seconds{dataset="gaza"}`) {
			t.Error("the metrics say nothing of the review")
		}
	}
}
