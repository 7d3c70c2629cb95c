package browsers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// sharedExactly tests that an address carries what is on screen beside the answers
// of the server, that a reload and another reader have it, and that the server does not.
func sharedExactly(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	js[any](p, `document.getElementById('paste').value = '{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}'; document.getElementById('paste-go').click()`)
	p.until(`document.getElementById('inside-percent') !== null`)
	p.draw("#draw-line", [][2]float64{{34.20, 31.52}, {34.45, 31.32}})
	js[any](p, `document.getElementById('finish').click()`)
	p.until(`document.getElementById('side-left') !== null`)
	js[any](p, `document.getElementById('layer-places').click(); (s => { s.value = 'dark'; s.dispatchEvent(new Event('change')) })(document.getElementById('theme'))`)
	p.until(`/off=places/.test(location.hash) && /theme=dark/.test(location.hash) && /map=/.test(location.hash)`)
	p.settle()
	js[any](p, `localStorage.clear(); navigator.clipboard.writeText = async (text) => { window.copied = text; }; document.getElementById('share').click()`)
	address := js[string](p, `window.copied`)
	if !strings.Contains(address, "as_of=2026-01-20") || strings.Contains(strings.Split(address, "#")[0], "area=") {
		t.Errorf("the address is %s", address)
	}
	const shown = `[document.getElementById('inside-percent').value, document.getElementById('side-left').value, document.getElementById('layer-places').checked,
		document.documentElement.dataset.theme, demarcMap.getZoom().toFixed(1), demarcMap.getLayoutProperty('place-dot', 'visibility')].join(' ')`
	want := js[string](p, shown)
	if !strings.Contains(want, "false dark") || !strings.HasSuffix(want, "none") {
		t.Errorf("shown is %s", want)
	}

	other := b.tab(t, small)
	other.open(address)
	other.until(`document.getElementById('inside-percent') !== null && document.getElementById('side-left') !== null`)
	if got := js[string](other, shown); got != want {
		t.Errorf("another reader sees %s, not %s", got, want)
	}
	if kept := js[string](other, `String(localStorage.getItem('demarc-theme'))`); kept != "null" {
		t.Errorf("the link changes the reader's own choice to %s", kept)
	}
	other.quiet()

	p.do(chromedp.Reload())
	p.until(`document.body.dataset.state === 'idle' && document.getElementById('side-left') !== null && document.getElementById('inside-percent') !== null`)
	if got := js[string](p, shown); got != want {
		t.Errorf("after a reload it is %s, not %s", got, want)
	}
	js[any](p, `document.getElementById('clear-area').click(); document.getElementById('clear-line').click()`)
	p.until(`!/area=|line=/.test(location.hash)`)

	p = b.tab(t, small)
	p.open(base + "/?lang=en#area=!&line=A&measured=AAA&off=everything&theme=pink")
	p.until(`!/off=|theme=|area=/.test(location.hash)`)
	if js[bool](p, `document.getElementById('inside-percent') !== null`) || !js[bool](p, `document.getElementById('layer-places').checked`) {
		t.Error("what is not well formed is shown")
	}
	p.quiet()
}
