package browsers

import (
	"testing"

	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// alongTheMap tests the strip of all changes: a stop for each, keys, hand, play and
// pause, nothing of it in the history, and no strip where nothing ever changes.
func alongTheMap(t *testing.T, b *chromium) {
	base := servePageOn(t, later, demo.Files(), nil)
	var dataset struct {
		Epochs []struct{ From string }
	}
	getJSON(t, base+"/v1/demo", &dataset)
	epochs := dataset.Epochs
	for epochs[len(epochs)-1].From > later.Format("2006-01-02") {
		epochs = epochs[:len(epochs)-1]
	}
	p := b.tab(t, small)
	call(p, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "UTC"})
	p.countShifts()
	p.open(base + "/?lang=en&as_of=" + epochs[1].From)
	p.until(`document.getElementById('timeline') !== null`)
	p.settle()
	if shift := js[float64](p, `window.shifted`); shift > 0.05 {
		t.Errorf("the page shifts by %.3f as the strip comes", shift)
	}
	if got := js[int](p, `Number(document.getElementById('timeline').getAttribute('aria-valuemax'))`); got != len(epochs)-1 {
		t.Errorf("%d stops of %d changes", got+1, len(epochs))
	}
	if got := js[int](p, `document.querySelectorAll('.timeline-ticks').length`); got != 1 {
		t.Errorf("the ticks are %d elements", got)
	}
	steps := js[int](p, `history.length`)
	on := func(index int) {
		t.Helper()
		p.until(`location.search.includes('as_of=%s') && document.getElementById('timeline').getAttribute('aria-valuenow') === '%d'`, epochs[index].From, index)
		p.settle()
	}
	js[any](p, `document.getElementById('timeline').focus()`)
	p.do(chromedp.KeyEvent(kb.ArrowRight))
	on(2)
	p.do(chromedp.KeyEvent(kb.End))
	on(len(epochs) - 1)
	p.do(chromedp.KeyEvent(kb.Home))
	on(0)
	if js[bool](p, `document.getElementById('play').checkVisibility()`) {
		t.Error("something can move by itself for a reader who asked that nothing does")
	}
	box := js[[]float64](p, `(r => [r.left, r.top + r.height / 2, r.width])(document.getElementById('timeline').getBoundingClientRect())`)
	p.do(chromedp.MouseClickXY(box[0]+box[2]-1, box[1]))
	on(len(epochs) - 1)

	// Play, from the last change but two, to the end; and pause.
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}}})
	p.until(`document.getElementById('play').checkVisibility()`)
	p.do(chromedp.KeyEvent(kb.ArrowLeft))
	on(len(epochs) - 2)
	p.do(chromedp.KeyEvent(kb.ArrowLeft))
	on(len(epochs) - 3)
	js[any](p, `window.seen = []; new MutationObserver(() => window.seen.push(document.getElementById('timeline').getAttribute('aria-valuenow'))).observe(document.getElementById('timeline'), { attributes: true, attributeFilter: ['aria-valuenow'] }); document.getElementById('play').click()`)
	p.until(`document.getElementById('play').getAttribute('aria-label') === 'Pause'`)
	on(len(epochs) - 1)
	p.until(`document.getElementById('play').getAttribute('aria-label') === 'Play the changes'`)
	if got := js[int](p, `[...new Set(window.seen)].length`); got < 2 {
		t.Errorf("it jumped to the end: %d changes were seen", got)
	}
	js[any](p, `document.getElementById('play').click()`)
	p.until(`location.search.includes(%q)`, epochs[1].From)
	js[any](p, `document.getElementById('play').click()`)
	at := js[string](p, `location.search`)
	js[any](p, `new Promise(done => setTimeout(done, 1500))`)
	if got := js[string](p, `location.search`); got != at {
		t.Errorf("after a pause it goes on from %s to %s", at, got)
	}
	if got := js[int](p, `history.length`); got != steps {
		t.Errorf("sliding and playing made %d steps of the history", got-steps)
	}
	p.settle()
	js[any](p, `document.getElementById('timeline-next').click()`)
	p.until(`history.length === %d`, steps+1)
	p.settle()
	p.quiet()

	for name, s := range map[string]screen{"timeline": desktop, "timeline-dark": desktop.inTheDark(), "timeline-phone": phone} {
		for _, lang := range []string{"en", "ar"} {
			p := b.tab(t, s)
			p.open(base + "/?lang=" + lang + "&as_of=" + epochs[len(epochs)/2].From)
			p.until(`document.querySelector('.timeline-share') !== null`)
			p.settle()
			p.shot(name + "-" + lang)
			js[any](p, "%s", axeSource(t)+"; null")
			for _, violation := range js[[]string](p, `axe.run(document.querySelector('.map'), { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`) {
				t.Errorf("%s, %s: %s", name, lang, violation)
			}
			p.quiet()
		}
	}

	p = b.tab(t, small)
	p.open(servePage(t, gaza.Files, nil) + "/?lang=en&embed=1")
	if js[bool](p, `document.querySelector('.strip').checkVisibility()`) {
		t.Error("an embedded map has a strip")
	}
}
