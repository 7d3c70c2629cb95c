package browsers

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/gaza"

	"github.com/chromedp/cdproto/page"
)

// screens are those on which the first view is looked at.
var screens = map[string]screen{
	"1440x900": desktop, "1024x768": {width: 1024, height: 768}, "390x844": phone, "320x640": {width: 320, height: 640, phone: true},
}

// languages are those in which it is looked at; each script on a phone.
var languages = map[string][]string{"1440x900": {"en"}, "1024x768": {"en"}, "390x844": {"en", "ar"}, "320x640": {"en", "he"}}

// later is a day on which the dataset has two kinds of evidence, the first of them old.
var later = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// firstView tests what a reader has within five seconds: the finding with its days
// and its figures before any scrolling, on every screen, at the first paint, without
// a request for it, and with nothing moving afterwards.
func firstView(t *testing.T, b *chromium) {
	base := servePageOn(t, later, gaza.Files, nil)
	for name, s := range screens {
		for _, lang := range languages[name] {
			p := b.tab(t, s)
			p.countShifts()
			p.open(base + "/?lang=" + lang)
			p.until(`document.querySelector('.chart svg') !== null`)
			for _, seen := range []string{".product", ".badge.old", ".finding", ".scale", "#percent", ".band", ".others"} {
				if below := js[float64](p, `document.querySelector(%q).getBoundingClientRect().bottom - innerHeight`, seen); below > 0 || !js[bool](p, `document.querySelector(%q).checkVisibility()`, seen) {
					t.Errorf("%s, %s: %s ends %.0f px below the first view", name, lang, seen, below)
				}
			}
			if shifts := js[float64](p, `window.shifted`); shifts > 0.05 {
				t.Errorf("%s, %s: the layout shifts by %.3f", name, lang, shifts)
			}
			p.shot("first-" + name + "-" + lang)
			p.quiet()
		}
	}

	t.Run("with two kinds of evidence, each with its own day", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		for selector, want := range map[string]string{
			".finding": "Gaza Strip: 53% lay behind the line published by Israel in October 2025; 64% was restricted by Israel in September 2026",
			".others":  "Up to the orange line: 64.4% = 235.0 km², 24 September 2026",
			".cards":   "GazaMaps, 19 October 2025",
		} {
			if got := p.text(selector); !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
				t.Errorf("%s shows %q, not %q", selector, got, want)
			}
		}
		ends := js[[]float64](p, `['.part', '.more', '.scale'].map((part) => document.querySelector(part).getBoundingClientRect().width)`)
		if share := ends[1] / ends[2]; share < 0.63 || share > 0.66 || ends[0] >= ends[1] {
			t.Errorf("the bar has %v px of the first kind, up to %v of the second, of %v", ends[0], ends[1], ends[2])
		}
	})

	t.Run("without a request for its figures", func(t *testing.T) {
		closed := func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/v1/") {
					<-r.Context().Done()
					return
				}
				next.ServeHTTP(w, r)
			})
		}
		address := servePage(t, gaza.Files, closed) + "/?lang=en"
		p := b.tab(t, phone)
		js[any](p, `location.href = %q; null`, address)
		p.until(`document.getElementById('percent')?.value > 53 && document.querySelectorAll('.districts tbody tr').length === 5`)
	})
}

// countShifts adds up how far the layout of the pages opened from now on moves by itself (Layout Instability API).
func (p *tab) countShifts() {
	p.Helper()
	call(p, page.Enable, page.EnableParams{})
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
		window.shifted = 0;
		new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.shifted += shift.value; }).observe({ type: 'layout-shift', buffered: true });`})
}
