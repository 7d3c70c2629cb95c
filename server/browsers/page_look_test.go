package browsers

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/demo"
)

// painted tests that the page draws and names what the server says, and has no rule of its own: with colours and
// words that no rule would give, of a dataset with three parties.
func painted(t *testing.T, b *chromium) {
	p := b.tab(t, small)
	p.open(servePage(t, demo.Files(), told) + "/?lang=en")
	p.until(`document.querySelectorAll('.key li').length > 0`)
	want := []string{"What the army has", "What the militia has", "What the front has", "What nobody has"}
	got := js[[]string](p, `[...document.querySelectorAll('.key li')].map((row) => row.textContent)`)
	for _, words := range want {
		if !slices.Contains(got, words) {
			t.Errorf("the key does not say %q: %q", words, got)
		}
	}
	for party, fill := range map[string]string{"army": "#112233", "front": "#445566", "militia": "#778899"} {
		if got := js[string](p, `(fill => fill[fill.indexOf(%q) + 1])(demarcMap.getPaintProperty('held-fill', 'fill-color'))`, party); got != fill {
			t.Errorf("land of the %s is filled with %s, not %s", party, got, fill)
		}
		if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: ['held-fill']}).filter((f) => f.properties.party === %q).length`, party); n == 0 {
			t.Errorf("nothing is filled as land of the %s", party)
		}
	}
	if got := js[float64](p, `demarcMap.getPaintProperty('held-fill', 'fill-opacity')`); got != 0.25 {
		t.Errorf("fills have an opacity of %g", got)
	}
	if got := js[string](p, `document.documentElement.style.getPropertyValue('--held')`); !strings.Contains(got, "#112233") {
		t.Errorf("bars have the colour %q", got)
	}

	if got := p.text(".finding"); !strings.Contains(got, "got kept by Highland Army") {
		t.Errorf("the finding is not in the server's words: %q", got)
	}
	if got := js[string](p, `document.querySelector('.card').innerText`); !strings.Contains(got, "kept") {
		t.Errorf("what a reading measures is not in the server's word: %q", got)
	}

	p.until(`document.querySelector('.key .omitted')?.textContent.includes('left out')`)

	p.until(`document.querySelectorAll('.parties tbody tr').length > 0`)
	rows := js[[]string](p, `[...document.querySelectorAll('.parties tbody tr')].map((row) => row.innerText.replace(/\s+/g, ' ').trim())`)
	if want := []string{"Highland Army alone 44.99 900.0 km²", "Southern Front alone 15.02 300.0 km²",
		"Highland Army and Southern Front together 14.99 299.8 km²", "Nobody 25.00 500.0 km²"}; !slices.Equal(rows, want) {
		t.Errorf("whose the land is: %q, not %q", rows, want)
	}
	p.shot("look")
	p.quiet()
}

// omittedLayer is a layer of a vector tile by which it says that it leaves something out: one point in its middle.
// Behind another tile it is one more layer of it (Vector Tile Specification 2.1, 4.1).
const omittedLayer = "\x1a\x19\x0a\x07omitted\x12\x09\x18\x01\x22\x05\x09\x80\x20\x80\x20\x28\x80\x20\x78\x02"

// told gives the demo dataset colours, words, a table of parties and something left out, made for the test.
func told(next http.Handler) http.Handler {
	return bare(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Accept-Encoding") // so that answers can be read and added to
		switch r.URL.Path {
		case "/v1/demo":
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			var body map[string]any
			if err := json.NewDecoder(bytes.NewReader(answer.Body.Bytes())).Decode(&body); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			body["look"] = madeLook()
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(body)
		case "/v1/demo/parties":
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"of": "velmar", "rows": []any{
				holder("alone", 900, 44.99, "army"), holder("alone", 300, 15.02, "front"),
				holder("shared", 299.8, 14.99, "army", "front"), holder("nobody", 500, 25)}})
		default:
			if !strings.HasPrefix(r.URL.Path, "/tiles/demo/") {
				next.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			maps.Copy(w.Header(), answer.Header())
			w.Header().Del("Content-Length")
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
			if answer.Code == http.StatusOK {
				_, _ = io.WriteString(w, omittedLayer)
			}
		}
	}))
}

func madeLook() map[string]any {
	party := func(id, fill string) map[string]any {
		return map[string]any{"party": id, "fill": fill, "outline": "#000000", "dark": map[string]any{"fill": fill, "outline": "#ffffff"}}
	}
	entry := func(mark, party, words string) map[string]any {
		return map[string]any{"mark": mark, "party": party, "words": map[string]any{"en": words}}
	}
	return map[string]any{
		"opacity": 0.25, "parties": []any{party("army", "#112233"), party("front", "#445566"), party("militia", "#778899")},
		"statuses": []any{}, "lines": []any{},
		"measures": []any{map[string]any{"measure": "held", "phrase": map[string]any{"en": "kept by {party}"}, "said": map[string]any{"en": "got kept by {party}"}, "short": map[string]any{"en": "kept"}}},
		"legend": map[string]any{"seen": []any{
			entry("held", "army", "What the army has"), entry("held", "front", "What the front has"), entry("held", "militia", "What the militia has"),
			map[string]any{"mark": "rest", "words": map[string]any{"en": "What nobody has"}}}},
	}
}

func holder(kind string, km2, percent float64, parties ...string) map[string]any {
	return map[string]any{"holder": kind, "parties": append([]string{}, parties...), "km2": km2, "percent": percent, "percent_rounded": percent}
}
