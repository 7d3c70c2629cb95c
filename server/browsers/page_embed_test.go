package browsers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/words"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// embedded tests the page inside an article of another origin: what is copied must
// keep the finding, its day and age, the map and its key on the narrowest phone.
func embedded(t *testing.T, b *chromium, base string) {
	article := func(markup string) string {
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `<!doctype html><meta name="viewport" content="width=device-width"><body style="margin:0">%s<script>
				addEventListener('message', (event) => { if (event.data.type === 'demarc:height') window.told = event.data.height; });</script>`, markup)
		}))
		t.Cleanup(web.Close)
		return web.URL
	}
	narrowest := screen{width: 320, height: 640, phone: true}

	t.Run("keeps finding, date, age, map and key at 320 by 420 px, and nothing to steer by", func(t *testing.T) {
		base := servePageOn(t, later, gaza.Files, nil)
		for _, lang := range words.Langs() {
			p := b.tab(t, screen{width: 320, height: 420, phone: true})
			p.countShifts()
			p.open(base + "/?embed=1&lang=" + lang)
			p.until(`document.querySelectorAll('.key:not(.awaited) li').length > 0`)
			for _, seen := range []string{".mapped", ".badge.old", ".finding", ".key"} {
				if below := js[float64](p, `document.querySelector(%q).getBoundingClientRect().bottom - innerHeight`, seen); below > 0 {
					t.Errorf("%s: %s ends %.0f px below the frame", lang, seen, below)
				}
			}
			if height := js[float64](p, `document.querySelector('.map > .canvas').getBoundingClientRect().height`); height < 240 {
				t.Errorf("%s: the map is %.0f px high", lang, height)
			}
			for _, tool := range []string{".doing-place", ".tools", ".when", "#basis-traced"} {
				if js[bool](p, `document.querySelector(%q)?.checkVisibility() ?? false`, tool) {
					t.Errorf("%s: %s is shown", lang, tool)
				}
			}
			if shifts := js[float64](p, `window.shifted`); shifts > 0.05 {
				t.Errorf("%s: the layout shifts by %.3f", lang, shifts)
			}
			p.shot("embed-320-" + lang)
			p.quiet()
		}
	})

	t.Run("offers markup that works, with the height that it needs", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en&of=rafah")
		js[any](p, `document.getElementById('embed').click()`)
		p.until(`document.getElementById('embed-code')?.value !== undefined`)
		markup := js[string](p, `document.getElementById('embed-code').value`)
		for _, part := range []string{`<iframe src="` + base, "embed=1", "as_of=2026-01-20", `title="88.2% · Rafah · as mapped on 19 October 2025"`, `loading="lazy"`, `width="100%"`} {
			if !strings.Contains(markup, part) {
				t.Errorf("the markup lacks %s: %s", part, markup)
			}
		}
		js[any](p, `document.getElementById('embed-newest').click()`)
		if live := js[string](p, `document.getElementById('embed-code').value`); strings.Contains(live, "as_of") {
			t.Errorf("what is to move with the evidence keeps a day: %s", live)
		}
		p.do(chromedp.KeyEvent(kb.Escape))
		p.until(`document.getElementById('embedding') === null`)
		p.quiet()

		p = b.tab(t, narrowest)
		p.do(chromedp.Navigate(article(markup)))
		p.until(`window.told > 420`)
		// A frame of this height has nothing that needs scrolling.
		told := js[int64](p, `window.told`)
		p = b.tab(t, screen{width: 320, height: told, phone: true})
		p.open(strings.ReplaceAll(strings.Split(markup, `"`)[1], "&amp;", "&"))
		p.until(`document.querySelectorAll('.key:not(.awaited) li').length > 0`)
		if over := js[int64](p, `document.documentElement.scrollHeight - innerHeight`); over > 1 {
			t.Errorf("in a frame of %d px the page is %d px too high", told, over)
		}
	})
}
