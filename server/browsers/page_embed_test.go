package browsers

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/words"
	"github.com/demarc-map/demarc/internal/pages"

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

	t.Run("is an element of another page", func(t *testing.T) {
		p := b.tab(t, screen{width: 700, height: 900})
		markup := strings.ReplaceAll(markupIn(t, "<demarc-map"), "https://demarc.example.org", base)
		p.do(chromedp.Navigate(article(markup)))
		p.until(`window.told > 0`)
		const frame = `document.querySelector('demarc-map').shadowRoot.querySelector('iframe')`
		if got, want := js[string](p, frame+`.src`), base+"/?embed=1&area=gaza&as_of=2026-01-20&basis=line-cut&lang=ar#theme=dark"; got != want {
			t.Errorf("the frame is of %s, not %s", got, want)
		}
		if got := js[string](p, frame+`.title`); got != "Gaza Strip, 20 January 2026" {
			t.Errorf("the frame is called %q", got)
		}
		if got, told := js[float64](p, frame+`.getBoundingClientRect().height`), js[float64](p, `window.told`); got != told || told < 240 {
			t.Errorf("the frame is %.0f px high, and has to be %.0f", got, told)
		}
		if js[bool](p, `document.querySelector('demarc-map a').checkVisibility()`) {
			t.Error("what is for readers without a frame is shown beside it")
		}
		p.shot("embed-element")
		steps := js[int](p, `history.length`)
		js[any](p, `(e => { window.told = 0; e.setAttribute('of', 'rafah'); e.setAttribute('lang', 'en'); })(document.querySelector('demarc-map'))`)
		p.until(`window.told > 0`)
		if got, want := js[string](p, frame+`.src`), base+"/?embed=1&area=gaza&as_of=2026-01-20&basis=line-cut&of=rafah&lang=en#theme=dark"; got != want {
			t.Errorf("with other attributes the frame is of %s, not %s", got, want)
		}
		if got := js[int](p, `history.length`); got != steps {
			t.Errorf("other attributes are %d steps of the history", got-steps)
		}
		p.quiet()
	})

	t.Run("is what stands inside the element where the frame may not be shown", func(t *testing.T) {
		closed := servePage(t, gaza.Files, func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Get("embed") == "1" {
					w.Header().Set("Content-Security-Policy", "frame-ancestors https://news.example.org")
					_, _ = w.Write(nil)
					return
				}
				next.ServeHTTP(w, r)
			})
		})
		p := b.tab(t, small)
		p.do(chromedp.Navigate(article(strings.ReplaceAll(markupIn(t, "<demarc-map"), "https://demarc.example.org", closed))))
		p.until(`document.querySelector('demarc-map img').checkVisibility()`)
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

// markupIn is the block of docs/embedding.md that has a text in it.
func markupIn(t *testing.T, text string) string {
	t.Helper()
	const page = "docs/embedding.md"
	all, err := pages.Text(page)
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := pages.Blocks(page, all)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range blocks {
		if strings.Contains(b.Text, text) {
			return b.Text
		}
	}
	t.Fatalf("no block of %s has %s", page, text)
	return ""
}
