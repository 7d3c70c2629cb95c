package browsers

import (
	"math"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// press presses keys one after another, and waits for the map after each.
func (p *tab) press(keys ...string) {
	p.Helper()
	for _, key := range keys {
		p.do(chromedp.KeyEvent(key))
		p.until(`!demarcMap.isMoving()`)
	}
}

// begin presses a button by the keyboard and waits until the map takes the keys.
func (p *tab) begin(button string) {
	p.Helper()
	js[any](p, `document.querySelector(%q).focus()`, button)
	p.press(kb.Enter)
	p.until(`document.querySelector('#finish')?.checkVisibility() && demarcMap.getStyle().layers.some(l => l.id.startsWith('td-')) && document.activeElement === demarcMap.getCanvas()`)
}

// drawnByKeys draws an area, a line and a distance with the keyboard alone, takes
// points back, and changes a corner.
func drawnByKeys(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop)
	p.open(base + "/?lang=en")
	shape := `demarcMap.getSource('demarc-sketches').serialize().data.features[0]?.geometry.coordinates`
	p.begin("#draw-area")
	p.press(kb.ArrowLeft, kb.ArrowLeft, kb.Enter, kb.ArrowRight, kb.Enter, kb.ArrowDown, kb.Enter, kb.Backspace)
	p.shot("drawing-by-keys")
	if !js[bool](p, `document.querySelector('.draw-cross')?.checkVisibility() === true`) {
		t.Error("no cross says where a point is set")
	}
	p.press(kb.ArrowDown, kb.Enter, kb.Enter)
	p.until(`document.getElementById('inside-percent') !== null && document.body.dataset.state === 'idle'`)
	if got := js[int](p, `(%s)[0].length`, shape); got != 4 {
		t.Errorf("three points by keyboard, one taken back and set elsewhere, make %d corners", got-1)
	}
	// 200 pixels down from the second point, for the point after 100 was taken back.
	if got := js[float64](p, `(ys => Math.max(...ys) - Math.min(...ys))((%s)[0].map((corner) => demarcMap.project(corner).y))`, shape); math.Abs(got-200) > 2 {
		t.Errorf("the third corner lies %v pixels below the others, not 200", got)
	}
	if js[bool](p, `document.querySelector('.draw-cross') !== null`) {
		t.Error("the cross outlives the drawing")
	}
	p.expectAsPosted("share", "inside-percent", "percent", 0)

	// A corner is dragged; Escape leaves all as it is, Enter keeps it.
	before := js[string](p, `JSON.stringify(%s)`, shape)
	for _, end := range []string{kb.Escape, kb.Enter} {
		js[any](p, `document.getElementById('edit-area').click()`)
		p.until(`document.querySelector('#finish')?.checkVisibility() && demarcMap.getStyle().layers.some(l => l.id.startsWith('td-'))`)
		corner := js[[]float64](p, `(([x, y]) => [x, y])(JSON.parse(%q)[0][0])`, before)
		x, y := p.at(corner[0], corner[1])
		drag(p, x, y, x-60, y-40)
		if end == kb.Enter {
			p.shot("corner-dragged")
		}
		p.press(end)
		p.until(`!document.querySelector('#finish')?.checkVisibility() && document.body.dataset.state === 'idle'`)
		p.until(`%s !== undefined && (%v || JSON.stringify(%s) !== %q)`, shape, end == kb.Escape, shape, before)
		if same := js[bool](p, `JSON.stringify(%s) === %q`, shape, before); same != (end == kb.Escape) {
			t.Errorf("after %q the shape is the same: %v", end, same)
		}
	}
	if got := js[float64](p, `(r => demarcMap.project(JSON.parse(%q)[0][0]).x - demarcMap.project(r[0]).x)((%s)[0])`, before, shape); math.Abs(got-60) > 4 {
		t.Errorf("the corner was moved by %v pixels, not by 60", got)
	}
	p.expectAsPosted("share", "inside-percent", "percent", 0)
	js[any](p, `document.getElementById('clear-area').click()`)

	p.begin("#draw-line")
	p.press(kb.ArrowLeft, kb.ArrowLeft, kb.ArrowUp, kb.ArrowLeft, kb.Enter, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.ArrowDown, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.Enter)
	js[any](p, `document.getElementById('finish').click()`)
	p.until(`document.getElementById('sides').textContent !== '' && %s !== undefined`, shape)
	if got := js[int](p, `(%s).length`, shape); got != 2 {
		t.Errorf("the line has %d points, not 2", got)
	}

	p.begin("#measure")
	p.press(kb.Enter, kb.ArrowRight, kb.Enter, kb.Enter)
	p.until(`document.getElementById('measured') !== null`)
	perPixel := js[float64](p, `2 * Math.PI * 6378137 * Math.cos(demarcMap.getCenter().lat * Math.PI / 180) / (512 * 2 ** demarcMap.getZoom())`)
	if got := js[float64](p, `Number(document.getElementById('measured').value)`); math.Abs(got*1000/perPixel-100) > 3 {
		t.Errorf("an arrow's 100 pixels of %v m are %v km", perPixel, got)
	}
	p.quiet()
}

// drag moves the pressed mouse from a place of the window to another.
func drag(p *tab, x, y, toX, toY float64) {
	p.Helper()
	event := func(kind input.DispatchMouseEventType, x, y float64, buttons int64) {
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: "left", Buttons: buttons, ClickCount: 1})
	}
	event("mouseMoved", x, y, 0)
	event("mousePressed", x, y, 1)
	for i := range 10 {
		part := float64(i+1) / 10
		event("mouseMoved", x+part*(toX-x), y+part*(toY-y), 1)
	}
	event("mouseReleased", toX, toY, 0)
}
