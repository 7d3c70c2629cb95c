package server_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// post sends a body and returns the answer.
func post(t testing.TB, url, body string) (*http.Response, []byte) {
	t.Helper()
	return served.Send(t, "POST", url, strings.NewReader(body))
}

func TestQuestionsOverTimeAndSpaceAnswerAsTheContractSays(t *testing.T) {
	referee.Figures(t)
	url := served.Gaza(t, server.Options{Vertices: 1000})
	const square = `{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}`
	many := strings.Repeat("[34.3,31.3],", 1000)
	for _, c := range []struct {
		method, path, body string
		status             int
		contains           string
	}{
		{"GET", "/v1/gaza/series", "", 200, `"from":"2025-10-10","to":null,"gap":false`},
		{"GET", "/v1/gaza/series?basis=line-cut&of=rafah&from=2026-01-01&to=2026-02-01", "", 200, `"basis":"line-cut"`},
		{"GET", "/v1/gaza/series?from=soon", "", 400, "from"},
		{"GET", "/v1/gaza/series?every=month&to=2026-01-01", "", 200, `"period":"2025-10","from":"2025-10-10","to":"2025-11-01","days":22,"partial":true`},
		{"GET", "/v1/gaza/series?every=week&from=2025-10-01&to=2025-10-08", "", 200, `"gap_days":5,"gained_km2":null`},
		{"GET", "/v1/gaza/series?every=fortnight", "", 400, "day, week, month or year"},
		{"GET", "/v1/gaza/series?every=", "", 400, "day, week, month or year"},
		{"GET", "/v1/gaza/series?every=day&from=2020-01-01&to=2026-01-01", "", 400, "more than 400 periods"},
		{"GET", "/v1/gaza/series.csv?every=month&to=2026-01-01", "", 200, "gained (km²)"},
		{"GET", "/v1/gaza/changes?basis=line-cut&against=traced", "", 200, `"gained_km2":5.07`},
		{"GET", "/v1/gaza/changes?from=2025-10-10&to=2026-01-20", "", 200, `"gained_km2":0,`},
		{"GET", "/v1/gaza/changes?from=2025-10-09", "", 404, "first_date"},
		{"GET", "/v1/gaza/changes?against=guess", "", 404, "guess"},
		{"GET", "/v1/gaza/claims", "", 200, `"id":"al-jazeera-58-line"`},
		{"GET", "/v1/gaza/claims?as_of=2025-10-01", "", 200, `"checkable":false`},
		{"GET", "/v1/gaza/claims", "", 200, `"displacement_m":281.`},
		{"GET", "/v1/gaza/displacement?percent=60&basis=line-cut&as_of=2026-01-20", "", 200, `"displacement_m":447.`},
		{"GET", "/v1/gaza/displacement?of=rafah", "", 200, `"percent_asked":null,"displacement_m":null`},
		{"GET", "/v1/gaza/displacement?distances=-100,0,100", "", 200, `"curve":[{"distance_m":-100,`},
		{"GET", "/v1/gaza/displacement?distances=0,far", "", 400, "far"},
		{"GET", "/v1/gaza/displacement?distances=NaN", "", 400, "NaN"},
		{"GET", "/v1/gaza/displacement?distances=" + strings.Repeat("0,", 100) + "0", "", 400, "at most 100"},
		{"GET", "/v1/gaza/displacement?percent=101", "", 400, "percent"},
		{"GET", "/v1/gaza/displacement?percent=60&of=atlantis", "", 404, "atlantis"},
		{"GET", "/v1/gaza/things?as_of=2026-01-20&basis=traced", "", 200, `"total":{"all":862,"held":222,`},
		{"GET", "/v1/gaza/things?layer=schools&within=500&as_of=2026-01-20&basis=line-cut", "", 200, `"basis":"line-cut","asked":true,`},
		{"GET", "/v1/gaza/things.csv?layer=built-up", "", 200, "gaza,built-up,2021-08-06,gaza-strip,israel,traced,"},
		{"GET", "/v1/gaza/things?layer=wells", "", 404, "there are schools, places, built-up"},
		{"GET", "/v1/gaza/things?within=-1", "", 400, "within"},
		{"GET", "/v1/gaza", "", 200, `"mapped_on":"2024-11-20"`},
		{"GET", "/v1/gaza/near?within=500&side=free&basis=line-cut&as_of=2026-01-20", "", 200, `"km2":22.24`},
		{"GET", "/v1/gaza/near", "", 400, "within"},
		{"GET", "/v1/gaza/near?within=0", "", 400, "within"},
		{"GET", "/v1/gaza/near?within=5&side=left", "", 400, "side"},
		{"GET", "/v1/gaza/claims", "", 200, `"kind":"area","low":197.6,"high":197.6,"unit":"km2"`},
		{"GET", "/v1/gaza/claims", "", 200, `"verdict":"needs-line-moved","words":"needs the line 281 m further out (line-cut)"`},
		{"GET", "/v1/gaza/claims.csv", "", 200, "computed less published"},
		{"GET", "/v1/gaza/claims.csv?as_of=2999-01-01", "", 400, "after today"},
		{"GET", "/v1/gaza/quality", "", 200, `"zone-outside"`},
		{"GET", "/v1/gaza/at?lon=34.52&lat=31.53", "", 200, `"held-october-2025"`},
		{"GET", "/v1/gaza/at?lon=34.345&lat=31.335&as_of=2026-01-20", "", 200, `"lines":[{"party":"israel","side":"held","certain":true,"nearest":{"lon":34.3`},
		{"GET", "/v1/gaza/at?lon=34.405&lat=31.465&as_of=2026-01-20", "", 200, `"lines":[{"party":"israel","side":"free","certain":true,"nearest":{"lon":34.4`},
		{"GET", "/v1/gaza/at?lon=34.4083&lat=31.43&as_of=2026-01-20", "", 200, `"side":"free","certain":false`},
		{"GET", "/v1/gaza/at?lon=34.2&lat=31.45&as_of=2026-01-20", "", 200, `"side":"outside","certain":true`},
		{"GET", "/v1/gaza/at?lon=34.5&lat=91", "", 400, "lat"},
		{"GET", "/v1/gaza/at?lon=NaN&lat=31", "", 400, "lon"},
		{"GET", "/v1/gaza/at?lon=34.5", "", 400, "lat"},
		{"GET", "/v1/gaza/at?lon=34.5&lat=31.53&as_of=2020-01-01", "", 404, "first_date"},
		{"POST", "/v1/gaza/at", `{"type":"MultiPoint","coordinates":[[34.5,31.53],[34.3,31.45]]}`, 200, `"nearest_line":{"line":"yellow-line"`},
		{"POST", "/v1/gaza/at", square, 422, "points"},
		{"POST", "/v1/gaza/share", square, 200, `"percent_of_polygon":`},
		{"POST", "/v1/gaza/share?basis=line-cut", `{"type":"Feature","properties":null,"geometry":` + square + `}`, 200, `"basis":"line-cut"`},
		{"POST", "/v1/gaza/share", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":` + square + `}]}`, 200, `"polygon_km2":`},
		{"POST", "/v1/gaza/share", `{"type":"Polygon","coordinates":[[[10,10],[11,10],[11,11],[10,10]]]}`, 422, "no land"},
		{"POST", "/v1/gaza/share", `{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.4],[34.4,31.3],[34.3,31.4],[34.3,31.3]]]}`, 422, "self-crossing at ring 0 near"},
		{"POST", "/v1/gaza/share", `{"type":"Polygon","coordinates":[[[34.3,31.3],null]]}`, 400, "ring 0, vertex 1"},
		{"POST", "/v1/gaza/share", `{"type":"Polygon"`, 400, "json"},
		{"POST", "/v1/gaza/share", ``, 400, "json"},
		{"POST", "/v1/gaza/share", `{"type":"LineString","coordinates":[[34.3,31.3],[34.4,31.4]]}`, 422, "polygons"},
		{"POST", "/v1/gaza/share", `{"type":"LineString","coordinates":[` + many + `[34,31]]}`, 413, "1000"},
		{"POST", "/v1/gaza/tally?basis=traced&as_of=2026-01-20&within=500", `{"type":"MultiPoint","coordinates":[[34.5,31.53],[34.3,31.45]]}`, 200, `"all":{"number":2,`},
		{"POST", "/v1/gaza/tally?name=wells.csv&by=kind&weight=litres&f=csv", "lon,lat,kind,litres\n34.3,31.3,deep,5\n", 200, "certain,kind,litres\n0,row 2,34.3,31.3,"},
		{"POST", "/v1/gaza/tally?f=geojson&against=line-cut&from=2026-01-01&to=2026-02-01", square, 200, `"tally":{"dataset":"gaza"`},
		{"POST", "/v1/gaza/tally?polygons=area", square, 200, `"polygons":"area"`},
		{"POST", "/v1/gaza/tally?polygons=middle", square, 400, "point or area"},
		{"POST", "/v1/gaza/tally?within=-1", square, 400, "within"},
		{"POST", "/v1/gaza/tally?f=xml", square, 400, "geojson"},
		{"POST", "/v1/gaza/tally?basis=guess", square, 404, "guess"},
		{"POST", "/v1/gaza/tally", `{"type":"LineString","coordinates":[` + many + `[34,31]]}`, 413, "1000"},
		{"POST", "/v1/gaza/tally", `nothing at all`, 422, ""},
		{"POST", "/v1/gaza/split", `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`, 200, `"left":{"km2":`},
		{"POST", "/v1/gaza/split", `{"type":"LineString","coordinates":[[35.2,31.4],[35.6,31.4]]}`, 422, "never cuts"},
		{"POST", "/v1/gaza/split", `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4],[34.6,31.5],[34.4,31.3]]}`, 422, "crosses itself near"},
		{"POST", "/v1/gaza/split?extend_m=-1", `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`, 400, "extend_m"},
		{"GET", "/v1/gaza/split", "", 405, "POST"},
	} {
		t.Run(c.method+" "+c.path+" "+c.body[:min(len(c.body), 40)], func(t *testing.T) {
			var response *http.Response
			var body []byte
			if c.method == "GET" {
				response, body = served.Ask(t, "GET", url+c.path)
			} else {
				response, body = post(t, url+c.path, c.body)
			}
			if response.StatusCode != c.status || !bytes.Contains(body, []byte(c.contains)) {
				t.Errorf("%d, not %d with %q: %.600s", response.StatusCode, c.status, c.contains, body)
			}
		})
	}
}

func TestThePartsOfASplitMakeUpTheTerritory(t *testing.T) {
	_, body := post(t, served.Gaza(t, server.Options{})+"/v1/gaza/split", `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`)
	var s data.Sides
	if err := json.Unmarshal(body, &s); err != nil {
		t.Fatal(err)
	}
	sum := s.Left.Km2 + s.Right.Km2 + s.Pocket.Km2 + s.Unreached.Km2
	if s.Left.Km2 <= 0 || s.Right.Km2 <= 0 || sum < s.TerritoryKm2-1e-4 || sum > s.TerritoryKm2+1e-4 {
		t.Errorf("%+v", s)
	}
}

func TestABodyBeyondTheLimitIsRefused(t *testing.T) {
	url := served.Gaza(t, server.Options{MaxBytes: 1000})
	response, body := post(t, url+"/v1/gaza/share", `{"type":"Polygon","coordinates":[[`+strings.Repeat("[34.3,31.3],", 1000)+`[34,31]]]}`)
	if response.StatusCode != 413 || !bytes.Contains(body, []byte("1000 bytes")) {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

func TestMoreThanAThousandPlacesAreRefused(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for n, want := range map[int]int{1000: 200, 1001: 413} {
		points := strings.TrimSuffix(strings.Repeat("[34.3,31.3],", n), ",")
		if response, body := post(t, url+"/v1/gaza/at", fmt.Sprintf(`{"type":"MultiPoint","coordinates":[%s]}`, points)); response.StatusCode != want {
			t.Errorf("%d places: %d, not %d: %.200s", n, response.StatusCode, want, body)
		}
	}
}

func TestTheSeriesAsCSVCarriesItsUnits(t *testing.T) {
	response, body := served.Ask(t, "GET", served.Gaza(t, server.Options{})+"/v1/gaza/series.csv")
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 2 || rows[0][6] != "held (km²)" || rows[1][4] != "2025-10-10" {
		t.Errorf("%v %v", rows, err)
	}
	if response.Header.Get("Content-Disposition") != `attachment; filename="gaza-gaza-strip-traced-series.csv"` {
		t.Error(response.Header.Get("Content-Disposition"))
	}
}

func TestASeriesByPeriodIsWhatTheSnapshotSaysAndOneOfEpochsStaysAsItIs(t *testing.T) {
	url, s := served.Gaza(t, server.Options{}), served.Snapshot()
	periods, err := s.Periods(t.Context(), data.PeriodsQuery{Every: data.EveryMonth, From: 0, To: data.DateOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	series, err := s.Series(t.Context(), data.Query{}, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]any{"/v1/gaza/series?every=month&to=" + periods.To.String(): periods, "/v1/gaza/series": &series} {
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if _, body := served.Ask(t, "GET", url+path); !bytes.Equal(bytes.TrimSpace(body), text) {
			t.Errorf("%s answers %.300s, not %.300s", path, body, text)
		}
	}
	r, body := served.Ask(t, "GET", url+"/v1/gaza/series.csv?every=month&to="+periods.To.String())
	var want bytes.Buffer
	if err := periods.WriteCSV(&want); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(body, want.Bytes()) || r.Header.Get("Content-Disposition") != `attachment; filename="gaza-gaza-strip-traced-series-by-month.csv"` {
		t.Errorf("%q %.300s", r.Header.Get("Content-Disposition"), body)
	}
}
