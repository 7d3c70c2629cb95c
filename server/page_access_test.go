package server_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"demarc/data/gaza"
	"demarc/internal/referee"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestThePageIsForEveryReader(t *testing.T) {
	thorough(t)
	b := openBrowser(t)
	base := servePage(t, gaza.Files, nil)

	t.Run("reads right to left in Arabic and Hebrew, and never scrolls sideways", func(t *testing.T) {
		narrow := screen{width: 360, height: 740, phone: true}
		for lang, want := range map[string]string{"en": "ltr", "ar": "rtl", "he": "rtl"} {
			p := b.tab(t, narrow)
			p.open(base + "/?lang=" + lang)
			if got := js[string](p, `document.documentElement.lang + ' ' + getComputedStyle(document.body).direction`); got != lang+" "+want {
				t.Errorf("%s: language and direction are %s", lang, got)
			}
			if wide := js[int](p, `document.documentElement.scrollWidth`); wide > 360 {
				t.Errorf("%s: the page is %d px wide on a screen of 360", lang, wide)
			}
			js[any](p, `document.querySelectorAll('details').forEach(d => { d.open = true })`)
			if wide := js[int](p, `document.documentElement.scrollWidth`); wide > 360 {
				t.Errorf("%s: with all opened the page is %d px wide on a screen of 360", lang, wide)
			}
			p.shot("phone-360-" + lang)
			p.quiet()
		}
	})

	t.Run("has no fault that axe finds, in light, dark, on a phone and right to left", func(t *testing.T) {
		axe := axeSource(t)
		for name, view := range map[string]struct {
			screen screen
			query  string
		}{
			"desktop-axe":       {desktop, "lang=en"},
			"desktop-axe-dark":  {desktop.inTheDark(), "lang=en&of=rafah&basis=line-cut"},
			"tablet-axe":        {tablet, "lang=en"},
			"phone-axe":         {phone, "lang=en"},
			"phone-axe-he-dark": {phone.inTheDark(), "lang=he"},
			"desktop-axe-ar":    {desktop, "lang=ar"},
			"early-axe":         {desktop, "lang=en&as_of=2020-01-01"},
			"embed-axe":         {screen{width: 700, height: 420}, "lang=en&embed=1"},
		} {
			p := b.tab(t, view.screen)
			p.open(base + "/?" + view.query)
			js[any](p, `document.querySelectorAll('details').forEach(d => { d.open = true })`)
			js[any](p, "%s", axe+"; null")
			found := js[[]string](p, `axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`)
			for _, violation := range found {
				t.Errorf("%s: %s", name, violation)
			}
			p.shot(name)
			p.quiet()
		}
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
		if got := p.text(".label"); got != "تحت سيطرة إسرائيل: غزة" {
			t.Errorf("the figure is labelled %q", got)
		}
		if got := js[string](p, `location.hash`); got != before {
			t.Errorf("the camera moved from %s to %s", before, got)
		}
		p.quiet()
	})

	t.Run("fits a tablet and a phone", func(t *testing.T) {
		for name, s := range map[string]screen{"tablet": tablet, "phone": phone, "phone-dark": phone.inTheDark()} {
			p := b.tab(t, s)
			p.open(base + "/?lang=en")
			height := js[float64](p, `document.querySelector('.map').getBoundingClientRect().height / innerHeight`)
			if height < 0.45 || height > 0.6 {
				t.Errorf("%s: the map takes %.0f %% of the screen", name, 100*height)
			}
			if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: ['zone-fill']}).length`); n == 0 {
				t.Errorf("%s: the map shows no zone", name)
			}
			p.shot(name)
			p.quiet()
		}
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
