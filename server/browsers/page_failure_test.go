package browsers

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"

	"github.com/demarc-map/demarc/data/gaza"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// failures tests that what cannot be shown is said in words, on small screens so that little is drawn.
func failures(t *testing.T, b *chromium, base string) {
	t.Run("a day before the evidence names the first day, and shows no zone", func(t *testing.T) {
		p := b.tab(t, small)
		p.open(base + "/?lang=en&as_of=2020-01-01")
		if said := p.text(".notice"); !strings.Contains(said, "Not mapped on 1 January 2020") || !strings.Contains(said, "10 October 2025") {
			t.Errorf("it says: %s", said)
		}
		if js[bool](p, `document.getElementById('percent') !== null && document.getElementById('percent').checkVisibility()`) {
			t.Error("it shows a figure")
		}
		if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: ['held-fill', 'control-casing']}).length`); n != 0 {
			t.Errorf("the map shows %d zones and lines of another day", n)
		}
		p.shot("before-the-evidence")
		p.quiet()
		p.do(chromedp.Click(chromedp.CSS(".notice button")))
		p.until(`location.search === '?as_of=2025-10-10&lang=en' && document.getElementById('percent')?.checkVisibility()`)
		p.settle()
		p.until(`demarcMap.queryRenderedFeatures({layers: ['held-fill']}).length > 0`)
		p.quiet()
	})

	t.Run("a day to come is refused in words, with no figure", func(t *testing.T) {
		p := b.tab(t, small)
		p.open(servePage(t, gaza.Files, refuseTomorrow) + "/?lang=en&as_of=2027-01-01")
		expectNoFigure(p, "1 January 2027 is still to come", "Today is 20 January 2026")
	})

	for query, want := range map[string]string{
		"as_of=2026-02-30": "“2026-02-30” is not a day of the calendar",
		"as_of=yesterday":  "“yesterday” is not a day of the calendar",
		"of=nowhere":       "This dataset has no place “nowhere”",
		"basis=xyz":        "This dataset has no reading “xyz”",
	} {
		t.Run("an address with "+query+" is refused in words, and stays as it is", func(t *testing.T) {
			p := b.tab(t, small)
			p.open(base + "/?lang=en&" + query)
			expectNoFigure(p, want, "no figure is shown")
			if got := js[string](p, `location.search`); got != "?lang=en&"+query {
				t.Errorf("the address became %s", got)
			}
			p.do(chromedp.Click(chromedp.CSS(".absence button")))
			p.until(`document.getElementById('percent')?.checkVisibility()`)
		})
	}

	t.Run("tiles that fail leave the figures, and can be asked for again", func(t *testing.T) {
		var broken atomic.Bool
		broken.Store(true)
		p := b.tab(t, small)
		p.open(servePage(t, gaza.Files, refuse(&broken, "/tiles/gaza/")) + "/?lang=en")
		p.until(`document.querySelector('.map > .banner').checkVisibility()`)
		if got := p.text("#percent"); got != "53.1%" {
			t.Errorf("the figure is %q", got)
		}
		p.shot("tiles-failed")
		broken.Store(false)
		p.do(chromedp.Click(chromedp.CSS(".map > .banner button")))
		p.until(`!document.querySelector('.map > .banner').checkVisibility() && demarcMap.getLayer('held-fill') !== undefined &&
			demarcMap.queryRenderedFeatures({layers: ['held-fill']}).length > 0`)
		p.settle()
	})

	t.Run("figures that fail say so, and can be asked for again", func(t *testing.T) {
		var broken atomic.Bool
		broken.Store(true)
		p := b.tab(t, small)
		p.open(servePage(t, gaza.Files, func(next http.Handler) http.Handler { return bare(refuse(&broken, "/v1/gaza/shares")(next)) }) + "/?lang=en")
		p.until(`document.querySelector('.notice').checkVisibility()`)
		if said := p.text(".notice"); !strings.Contains(said, "The server is not ready") {
			t.Errorf("it says: %s", said)
		}
		broken.Store(false)
		p.do(chromedp.Click(chromedp.CSS(".notice button")))
		p.until(`document.getElementById('percent')?.value > 53`)
	})

	t.Run("a server without data says so", func(t *testing.T) {
		p := b.tab(t, phone)
		p.open(servePage(t, nil, nil) + "/?lang=en")
		if said := p.text(".notice"); !strings.Contains(said, "The server is not ready") || !strings.Contains(said, "Try again") {
			t.Errorf("it says: %s", said)
		}
		p.shot("no-data")
	})

	t.Run("an unknown dataset is named", func(t *testing.T) {
		p := b.tab(t, small)
		p.open(base + "/?lang=en&area=atlantis")
		if said := p.text(".notice"); !strings.Contains(said, "Not found") || !strings.Contains(said, "atlantis") {
			t.Errorf("it says: %s", said)
		}
	})

	t.Run("without JavaScript there are the figures and the drawing", func(t *testing.T) {
		p := b.tab(t, small)
		call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		p.do(chromedp.Navigate(base + "/?as_of=2026-01-20&basis=line-cut"))
		words, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("noscript")))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"54.5%", "20 January 2026", "199.1 km² of 365.0 km²", "Rafah", "OCHA COD-AB"} {
			if !strings.Contains(words, want) {
				t.Errorf("it does not say %q: %s", want, words)
			}
		}
		p.shot("no-javascript")
		p.quiet()
	})

	t.Run("hostile text stays text", func(t *testing.T) {
		hostile := `<img src=x onerror="document.title='broken in'"><script>document.title='broken in'</script>`
		folder := served.Changed(t, "dataset.json", func(file map[string]any) {
			for _, member := range []string{"title", "description", "attribution", "disclaimer"} {
				file[member].(map[string]any)["en"] = hostile
			}
			for _, one := range file["sources"].([]any) {
				one.(map[string]any)["title"], one.(map[string]any)["note"] = hostile, hostile
			}
		})
		p := b.tab(t, small)
		p.open(servePage(t, folder, nil) + "/?lang=en")
		if got := p.text("h1"); got != hostile {
			t.Errorf("the title reads %q", got)
		}
		if n := js[int](p, `document.querySelectorAll('#page img:not(.locator, .sheet), #page script').length`); n != 0 {
			t.Errorf("%d elements were made of text", n)
		}
		if got := js[string](p, `document.title`); strings.Contains(got, "broken in") && !strings.Contains(got, "<img") {
			t.Errorf("the text ran: %s", got)
		}
		p.quiet()
	})

	t.Run("without WebGL there is the server's drawing, and all figures", func(t *testing.T) {
		p := b.tab(t, small)
		call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `HTMLCanvasElement.prototype.getContext = () => null`})
		p.open(base + "/?lang=ar&of=rafah")
		p.until(`(i => i !== null && i.complete && i.naturalWidth === 900)(document.querySelector('.map img.still'))`)
		if got := js[string](p, `new URL(document.querySelector('.map img.still').src).search`); got != "?area=gaza&of=rafah&basis=traced&lang=ar&as_of=2026-01-20" {
			t.Errorf("the drawing is of %s", got)
		}
		if said := p.text(".map .notice"); !strings.Contains(said, "لا يمكن رسم الخريطة هنا") {
			t.Errorf("it says: %s", said)
		}
		for _, dead := range []string{"draw-area", "draw-line"} {
			if js[bool](p, `document.getElementById(%q).checkVisibility()`, dead) {
				t.Errorf("%s is offered without a map to draw on", dead)
			}
		}
		p.shot("no-webgl")
		p.quiet()
	})
}

// refuseTomorrow answers as a server does that is asked about a day after today.
func refuseTomorrow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		day := r.URL.Query().Get("as_of")
		if day <= today.Format(time.DateOnly) || r.URL.Path == "/" {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]any{"status": http.StatusBadRequest,
			"detail": "as_of: " + day + " is after today, " + today.Format(time.DateOnly) + ": there is no evidence of days to come"})
	})
}

// expectNoFigure checks that the page says something and shows no figure and no land that is held.
func expectNoFigure(p *tab, said ...string) {
	p.Helper()
	p.until(`document.querySelector('.notice')?.checkVisibility()`)
	got := p.text(".notice")
	for _, want := range said {
		if !strings.Contains(got, want) {
			p.Errorf("it does not say %q: %s", want, got)
		}
	}
	if js[bool](p, `document.getElementById('percent')?.checkVisibility() ?? false`) {
		p.Error("it shows a figure")
	}
	if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: ['held-fill', 'control-casing']}).length`); n != 0 {
		p.Errorf("the map shows %d zones and lines", n)
	}
}

// broughtAlong are the first answers that the server writes into the page.
var broughtAlong = regexp.MustCompile(`(?s)<template id="demarc-first">.*?</template>`)

// bare takes them out, so that the page asks for them.
func bare(next http.Handler) http.Handler {
	return rewriting(next, "/", func(text []byte) []byte { return broughtAlong.ReplaceAll(text, nil) })
}

// rewriting gives another text for what is answered at a path.
func rewriting(next http.Handler, path string, edit func(text []byte) []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != path {
			next.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Accept-Encoding")
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		w.Header().Del("Content-Length")
		w.WriteHeader(answer.Code)
		_, _ = w.Write(edit(answer.Body.Bytes()))
	})
}

// refuse answers 503 below a path for as long as it is broken.
func refuse(broken *atomic.Bool, path string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if broken.Load() && strings.HasPrefix(r.URL.Path, path) {
				http.Error(w, "broken for the test", http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
