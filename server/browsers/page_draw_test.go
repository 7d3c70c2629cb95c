package browsers

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// corners are of a quadrangle that holds land, sea and both sides of the line.
var corners = [][2]float64{{34.32, 31.30}, {34.42, 31.30}, {34.42, 31.42}, {34.30, 31.42}}

// drawnByMouse pastes an area, draws one, draws a line and measures another,
// each time comparing what the page says with what the API answers to the same shape.
func drawnByMouse(p *tab, base string) {
	p.Helper()
	// A file and a pasted text take the same way.
	name := filepath.Join(p.TempDir(), "area.geojson")
	if err := os.WriteFile(name, []byte(`{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}}`), 0o600); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#upload"), []string{name}))
	p.expectAsPosted("share", "inside-percent", "percent", 0)
	js[any](p, `document.getElementById('paste').closest('details').open = true; document.getElementById('paste').value = 'no JSON'; document.getElementById('paste-go').click()`)
	p.until(`document.querySelector('.wrong').checkVisibility()`)

	p.draw("#draw-area", corners)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.body.dataset.state === 'idle' && Math.abs(demarcMap.getSource('demarc-sketches').serialize().data.features[0].geometry.coordinates[0][0][0] - %g) < 0.001`, corners[0][0])
	p.expectAsPosted("share", "inside-percent", "percent", 0)

	p.draw("#draw-area", corners[:2])
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`!document.querySelector('.task').checkVisibility() && document.getElementById('inside-percent') !== null`)

	p.draw("#draw-line", [][2]float64{{34.20, 31.52}, {34.45, 31.32}})
	p.do(chromedp.Click(chromedp.CSS("#finish")))
	p.expectAsPosted("split", "side-left", "left.percent", 1)
	p.shot("drawn")

	p.draw(`.controls button[aria-label="Measure a distance"]`, [][2]float64{{34.30, 31.40}, {34.40, 31.40}})
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.getElementById('measured') !== null`)
	// GeodSolve -i: 31.4 34.3 31.4 34.4 is 9510.2 m; a pixel of this map is some 60 m.
	if km := js[float64](p, `Number(document.getElementById('measured').value)`); km < 9.3 || km > 9.7 {
		p.Errorf("the measured line is %g km long", km)
	}
}

// draw presses a button and clicks places of the map, waiting for each to be taken.
func (p *tab) draw(button string, places [][2]float64) {
	p.Helper()
	js[any](p, `document.querySelector(%q).click()`, button)
	p.until(`document.querySelector('#finish')?.checkVisibility() && demarcMap.getStyle().layers.some(l => l.id.startsWith('td-'))`)
	for _, place := range places {
		x, y := p.at(place[0], place[1])
		p.do(chromedp.MouseClickXY(x, y))
	}
}

// expectAsPosted posts a shape that the page shows and compares one member of the answer.
func (p *tab) expectAsPosted(path, id, member string, index int) {
	p.Helper()
	p.until(`document.getElementById(%q) !== null && document.body.dataset.state === 'idle' && demarcMap.getSource('demarc-sketches').serialize().data.features.length > %d`, id, index)
	js[any](p, `window.posted = (async () => {
		const shape = demarcMap.getSource('demarc-sketches').serialize().data.features[%d].geometry;
		const query = %q === 'share' ? '?as_of=2026-01-20&basis=traced' : '';
		const answer = await (await fetch('/v1/gaza/' + %[2]q + query, { method: 'POST', body: JSON.stringify(shape) })).json();
		return String(%[3]q.split('.').reduce((part, name) => part[name], answer));
	})(); null`, index, path, member)
	want := js[string](p, `window.posted`)
	p.until(`document.getElementById(%q)?.value === %q`, id, want)
}

// drawnByTouch draws with a finger on a phone.
func drawnByTouch(t *testing.T, b *chromium, base string) {
	p := b.tab(t, phone)
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	p.open(base + "/?lang=en")
	js[any](p, `document.getElementById('draw-area').click()`)
	p.until(`document.querySelector('#finish')?.checkVisibility() && demarcMap.getStyle().layers.some(l => l.id.startsWith('td-'))`)
	for _, place := range corners {
		x, y := p.at(place[0], place[1])
		call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchStart", TouchPoints: []*input.TouchPoint{{X: x, Y: y}}})
		call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: "touchEnd", TouchPoints: []*input.TouchPoint{}})
	}
	js[any](p, `document.getElementById('finish').click()`)
	p.expectAsPosted("share", "inside-percent", "percent", 0)
	if got := js[int](p, `demarcMap.getSource('demarc-sketches').serialize().data.features[0].geometry.coordinates[0].length`); got != 5 {
		t.Errorf("four taps made %s", fmt.Sprint(got-1, " corners"))
	}
	p.shot("phone-drawn")
	p.quiet()
}
