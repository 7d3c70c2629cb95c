package browsers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/words"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// everyReader tests languages, themes, sizes and keys: one load of the page that
// then changes its look, and one for the keyboard.
func everyReader(t *testing.T, b *chromium, base string) {
	t.Run("has no fault that axe finds and never scrolls sideways, in each language, theme and size", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		js[any](p, "%s", axeSource(t)+"; null")
		for _, view := range []struct {
			name, lang string
			screen     screen
			basis      string
		}{
			{"desktop-light", "en", desktop, "traced"},
			{"desktop-dark", "en", desktop.inTheDark(), "line-cut"},
			{"tablet", "en", tablet, "traced"},
			{"desktop-ar", "ar", desktop, "traced"},
			{"desktop-fr", "fr", desktop, "traced"},
			{"phone-ru", "ru", narrow, "traced"},
			{"phone-uk-dark", "uk", narrow.inTheDark(), "traced"},
			{"phone-ar", "ar", narrow, "traced"},
			{"phone-he-dark", "he", narrow.inTheDark(), "traced"},
			{"phone", "en", phone, "traced"},
		} {
			p.look(view.screen)
			js[any](p, `(s => { if (s.value !== %q) { s.value = %[1]q; s.dispatchEvent(new Event('change')) } })(document.getElementById('lang'))`, view.lang)
			js[any](p, `document.getElementById('basis-%s').click()`, view.basis)
			p.until(`document.documentElement.lang === %q && document.querySelector('.chart svg') !== null`, view.lang)
			p.settle()
			if got, want := js[string](p, `getComputedStyle(document.body).direction`), words.In(view.lang).Dir; got != want {
				t.Errorf("%s: text runs %s", view.name, got)
			}
			js[any](p, `document.querySelectorAll('details').forEach(d => { d.open = true })`)
			if wide := js[int64](p, `document.documentElement.scrollWidth`); wide > view.screen.width {
				t.Errorf("%s: the page is %d px wide on a screen of %d", view.name, wide, view.screen.width)
			}
			if height := js[float64](p, `document.querySelector('.map > .canvas').getBoundingClientRect().height / innerHeight`); view.screen.phone && (height < 0.45 || height > 0.6) {
				t.Errorf("%s: the map takes %.0f %% of the screen", view.name, 100*height)
			}
			for _, violation := range js[[]string](p, `axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`) {
				t.Errorf("%s: %s", view.name, violation)
			}
		}
		p.quiet()
	})

	t.Run("has no fault that axe finds in what its actions open", func(t *testing.T) {
		p := b.tab(t, phone.inTheDark())
		p.open(base + "/?lang=ar")
		js[any](p, "%s", axeSource(t)+"; null")
		for action, dialog := range map[string]string{"embed": "embedding", "download": "download-dialog"} {
			js[any](p, `(button => { button.focus(); button.click() })(document.getElementById(%q))`, action)
			p.until(`document.getElementById(%q)?.open === true`, dialog)
			for _, violation := range js[[]string](p, `axe.run(document.getElementById(%q), { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`, dialog) {
				t.Errorf("%s: %s", dialog, violation)
			}
			p.do(chromedp.KeyEvent(kb.Escape))
			p.until(`document.activeElement.id === %q`, action)
		}
		p.quiet()
	})

	t.Run("is worked with the keyboard alone", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		camera := js[string](p, `location.hash`)
		p.do(chromedp.KeyEvent(kb.Tab))
		if got := js[string](p, `document.activeElement.textContent`); got != "Skip to the figures" {
			t.Errorf("the first stop is %q", got)
		}
		p.do(chromedp.KeyEvent(kb.Enter))
		if got := js[string](p, `document.activeElement.id`); got != "figures" {
			t.Errorf("the skip link leads to %q", got)
		}
		if got := js[string](p, `location.hash`); got != camera {
			t.Errorf("the skip link changes the camera from %s to %s", camera, got)
		}
		js[any](p, `document.getElementById('basis-traced').focus()`)
		p.do(chromedp.KeyEvent(kb.ArrowRight))
		p.until(`location.search === '?basis=line-cut&lang=en' && document.activeElement.id === 'basis-line-cut'`)
		p.settle()
		js[any](p, `document.getElementById('of-rafah').focus()`)
		p.do(chromedp.KeyEvent(kb.Enter))
		p.until(`location.search.includes('of=rafah') && document.activeElement.id === 'of-rafah'`)
		p.settle()
		js[any](p, `document.querySelector('.maplibregl-canvas').focus()`)
		p.do(chromedp.KeyEvent(kb.Enter))
		p.until(`document.querySelector('.told') !== null`)
		p.do(chromedp.KeyEvent(kb.Escape))
		p.until(`document.activeElement.tagName === 'CANVAS'`)
		p.quiet()
	})

	t.Run("changes its language without losing place or focus", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en&of=gaza")
		before := js[string](p, `location.hash`)
		js[any](p, `(s => { s.focus(); s.value = 'ar'; s.dispatchEvent(new Event('change')) })(document.getElementById('lang'))`)
		p.until(`document.documentElement.dir === 'rtl' && location.search === '?of=gaza&lang=ar' && document.activeElement.id === 'lang'`)
		p.settle()
		if got := p.text(".finding"); !strings.Contains(got, "خلف الخط المنشور من جانب إسرائيل في أكتوبر 2025") {
			t.Errorf("the finding is %q", got)
		}
		if got := js[string](p, `location.hash`); got != before {
			t.Errorf("the camera moved from %s to %s", before, got)
		}
		p.quiet()
	})
}

// axeSource is axe-core as npm installed it for the page.
func axeSource(t *testing.T) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(referee.Root(), "static", "web", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		referee.Absent(t, "axe", "axe-core is not installed: npm ci in static/web")
	}
	return strings.TrimSpace(string(source))
}
