package browsers

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/served"
)

// aLayer is what a server tells of layers of things that a dataset carries: one by
// number and one by km².
const aLayer = `{"of":"gaza-strip","party":"israel","basis":%q,"as_of":"2026-01-20","within_m":%s,"layers":[%s]}`

var layers = map[string]string{
	"schools": layerOf("schools", "Schools", "number", "2024-11-20", `"by":"kind",`, `"all":862,"held":222,"held_low":209,"held_high":246,"held_percent":25.754,"free":640,"free_low":616,"free_high":653,"outside":0,"near_held":45,"near_free":91`),
	"built-up": layerOf("built-up", "Built-up area", "km2", "2021-08-06", "",
		`"all":119.5256,"held":44.1031,"held_low":42.2785,"held_high":45.9928,"held_percent":36.898,"free":75.4225,"free_low":73.5328,"free_high":77.2471,"outside":3e-7,"near_held":7.2767,"near_free":10.7113`),
}

func layerOf(id, title, counts, day, more, total string) string {
	return fmt.Sprintf(`{"id":%q,"title":{"en":%q},"counts":%q,"mapped_on":%q,"attribution":{"en":"somebody"},"note":{"en":"Nothing here says what still stands."},%s"things":862,"readings":[
		{"basis":"traced","asked":true,"measures":"behind-line","evidence":{"newest":"2025-10-19"},"accuracy_m":100,"total":{%s},"districts":[{"id":"rafah",%[6]s},{"id":"",%[7]s}],"groups":[]}]}`,
		id, title, counts, day, more, total, `"all":1e-7,"held":0,"held_low":0,"held_high":0,"held_percent":null,"free":0,"free_low":0,"free_high":0,"outside":0,"near_held":0,"near_free":0`)
}

// onTheLand tests that layers of things stand beside the land itself, and that one that
// is chosen is told as the reader's own things are.
func onTheLand(t *testing.T, b *chromium, plain string) {
	asked := &served.Log{}
	base := servePage(t, gaza.Files, func(page http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			query := r.URL.Query()
			switch r.URL.Path {
			case "/v1/gaza":
				response, err := http.Get(plain + "/v1/gaza")
				if err != nil {
					t.Error(err)
					return
				}
				defer response.Body.Close()
				var dataset map[string]any
				if err := json.NewDecoder(response.Body).Decode(&dataset); err != nil {
					t.Error(err)
				}
				dataset["things"] = []map[string]string{{"id": "schools"}, {"id": "built-up"}}
				if err := json.NewEncoder(w).Encode(dataset); err != nil {
					t.Error(err)
				}
			case "/v1/gaza/things":
				asked.Add(query.Encode())
				one, within := layers[query.Get("layer")], query.Get("within")
				if one == "" {
					one, within = layers["schools"]+","+layers["built-up"], "0"
				}
				fmt.Fprintf(w, aLayer, query.Get("basis"), within, one)
			case "/v1/gaza/things.csv":
				_, _ = io.WriteString(w, query.Encode())
			default:
				page.ServeHTTP(w, r)
			}
		})
	})
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	p.until(`document.querySelectorAll('#things tr').length === 3`)
	want := share(t, plain, "as_of=2026-01-20")
	for i, says := range [][]string{
		{"Schools", "as mapped on 20 November 2024", "209–246 of 862", "25.8%"},
		{"Built-up area", "as mapped on 6 August 2021", "42.3–46.0 of 119.5 km²", "36.9%"},
		{"The land itself", fmt.Sprintf("%.1f of %.1f km²", want.HeldKm2, want.TerritoryKm2), fmt.Sprintf("%.1f%%", want.Percent)},
	} {
		row := p.rows("things table")[i]
		for _, one := range says {
			if !strings.Contains(strings.Join(row, " "), one) {
				t.Errorf("row %d is %q without %q", i, row, one)
			}
		}
	}
	js[any](p, `document.getElementById('things-built-up').click()`)
	p.until(`document.getElementById('sites-held')?.value === '44.1031'`)
	for selector, says := range map[string]string{
		"#sites-name": "Counted: Built-up area", "#sites-held": "42.28 to 45.99 of 119.53 km²", "#sites-mapped": "As mapped on 6 August 2021.",
		"#sites-answer .parts": "Nothing here says what still stands.",
	} {
		if got := p.text(selector); !strings.Contains(got, says) {
			t.Errorf("%s says %q, not %q", selector, got, says)
		}
	}
	if got := fmt.Sprint(p.rows("sites-districts")); got != "[[Rafah 42.28 to 45.99 of 119.53]]" {
		t.Errorf("the districts are %s", got)
	}
	if js[bool](p, `document.getElementById('sites-by').checkVisibility() || document.getElementById('sites-geojson') !== null`) {
		t.Error("a layer of the dataset's own is offered what only a file has")
	}
	js[any](p, `window.make = URL.createObjectURL; URL.createObjectURL = file => { window.saved = file.text(); return make.call(URL, file) }; window.saved = null; document.getElementById('sites-csv').click()`)
	p.until(`window.saved !== null`)
	query := "as_of=2026-01-20&basis=traced&layer=built-up&of=gaza-strip&party=israel&within=500"
	if got := js[string](p, `window.saved`); got != query {
		t.Errorf("the CSV is of %s", got)
	}
	if all := asked.All(); all[0] != "as_of=2026-01-20&basis=traced&of=gaza-strip" || all[len(all)-1] != query {
		t.Errorf("the page asked %q", all)
	}
	js[any](p, `document.getElementById('basis-line-cut').click()`)
	p.until(`document.getElementById('sites-held') !== null && document.getElementById('basis-line-cut').checked`)
	p.until(`performance.getEntriesByType('resource').some(one => one.name.includes('things?') && one.name.includes('basis=line-cut') && one.name.includes('layer=built-up'))`)
	p.inEveryLanguage("things", "#things", func() { p.until(`document.querySelectorAll('#things tr').length === 3`) })
	p.quiet()
}
