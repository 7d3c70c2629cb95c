package browsers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// lookedUp looks up districts, places and positions with the keyboard alone.
func lookedUp(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop)
	p.open(base + "/?lang=en")
	open := func() {
		t.Helper()
		js[any](p, `document.getElementById('search').click()`)
		p.until(`document.activeElement?.id === 'search-text'`)
	}
	options := func() []string {
		return js[[]string](p, `[...document.querySelectorAll('#search-list [role=option]')].map((row) => row.innerText.replace(/\s+/g, ' '))`)
	}
	typed := func(text string) {
		t.Helper()
		js[any](p, `(f => { f.value = %q; f.dispatchEvent(new Event('input')) })(document.getElementById('search-text'))`, text)
	}
	open()
	p.until(`performance.getEntriesByType('resource').some(({ name }) => name.includes('gaza-places/items'))`)
	for text, want := range map[string]string{
		"khan you": "Khan Younis district", "خان يونس": "Khan Younis district", "رَفَح": "Rafah district", "רפיח": "Rafah district",
		"DEIR AL BALAH": "Deir Al-Balah district", "erez": "Erez place", "jabal": "Jabalia place",
	} {
		typed(text)
		p.until(`[...document.querySelectorAll('#search-list [role=option]')].some((row) => row.innerText.replace(/\s+/g, ' ').toLowerCase() === %q)`, strings.ToLower(want))
	}
	p.shot("searched")
	before := js[int](p, `performance.getEntriesByType('resource').length`)
	typed("rafah")
	if got := js[int](p, `performance.getEntriesByType('resource').length`); got != before {
		t.Errorf("what is typed makes %d requests", got-before)
	}
	if got := js[string](p, `document.getElementById(document.getElementById('search-text').getAttribute('aria-activedescendant'))?.getAttribute('aria-selected') + document.getElementById('search-text').getAttribute('aria-expanded')`); got != "truetrue" {
		t.Errorf("the choice is not told: %s", got)
	}
	typed("nowhere at all")
	if got := p.text(".lookup-told"); !strings.Contains(got, "nowhere at all") || len(options()) != 0 {
		t.Errorf("%q, %q", got, options())
	}
	for text, want := range map[string]string{
		"31.5, 34.46": "31.5, 34.46 read as latitude, longitude", "34.46, 31.5": "31.5, 34.46 read as longitude, latitude",
		"34.46 E 31.5 N": "31.5, 34.46 read as longitude, latitude", "10 120": "10, 120 read as latitude, longitude", "120 10": "10, 120 read as longitude, latitude",
	} {
		typed(text)
		if got := options(); len(got) != 1 || got[0] != want {
			t.Errorf("%q is read as %q, not %q", text, got, want)
		}
	}
	typed("31.465, 34.405")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector('.lookup') === null && document.querySelector('.asked [data-side=free]') !== null && /at=31.465\/34.405/.test(location.hash)`)
	p.shot("found-position")

	open()
	typed("a")
	p.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	if got, n := js[string](p, `document.getElementById('search-text').getAttribute('aria-activedescendant')`), len(options()); n < 2 || got != "search-"+string(rune('0'+n-1)) {
		t.Errorf("up from the first of %d choices goes to %s", n, got)
	}
	typed("khan younis")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`/of=khan-younis/.test(location.search) && document.activeElement === demarcMap.getCanvas()`)
	open()
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`document.querySelector('.lookup') === null && document.activeElement?.id === 'search'`)
	p.quiet()
}
