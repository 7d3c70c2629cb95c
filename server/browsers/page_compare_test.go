package browsers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// change is what the API answers about two states.
type change struct {
	GainedKm2       float64 `json:"gained_km2"`
	LostKm2         float64 `json:"lost_km2"`
	KeptKm2         float64 `json:"kept_km2"`
	GainedSliverKm2 float64 `json:"gained_sliver_km2"`
	LostSliverKm2   float64 `json:"lost_sliver_km2"`
	Points          float64 `json:"points"`
	From, To        struct{ Percent float64 }
	Districts       []struct{ Of string }
	Features        []struct {
		ID         string
		Properties struct{ Slivers []int }
		Geometry   struct{ Coordinates json.RawMessage }
	}
}

// compared tests the comparison of two readings, which every dataset has, and of two
// days, which those with a history have.
func compared(t *testing.T, b *chromium) {
	base := servePageOn(t, later, gaza.Files, nil)
	t.Run("readings, as the API has them, on two maps of one camera", func(t *testing.T) { twoReadings(t, b, base) })
	t.Run("days, with what is taken away", func(t *testing.T) { twoDays(t, b) })
	t.Run("with a border for every hand", func(t *testing.T) { theBorder(t, b, base) })
	t.Run("an address that is wrong says so", func(t *testing.T) { wrongComparisons(t, b, base) })
	t.Run("in every language, with no fault that axe finds", func(t *testing.T) { comparedByEveryone(t, b, base) })
	t.Run("without WebGL", func(t *testing.T) { comparedWithoutMap(t, b, base) })
}

const differences = `['gained', 'lost', 'points'].map(id => Number(document.getElementById('compare-' + id).value))`

func twoReadings(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop)
	p.open(base + "/?lang=en")
	if js[bool](p, `window.demarcOther !== undefined || performance.getEntriesByType('resource').some(e => /compare/.test(e.name))`) {
		t.Error("what compares is there before it is asked for")
	}
	js[any](p, `document.querySelector('#compare').open = true`)
	p.until(`document.getElementById('compare-begin') !== null`)
	steps := js[int](p, `history.length`)
	js[any](p, `document.getElementById('compare-begin').click()`)
	p.until(`location.search.includes('against=') && document.getElementById('compare-gained') !== null`)
	p.settle()
	against := js[string](p, `new URLSearchParams(location.search).get('against')`)
	var want change
	getJSON(t, base+"/v1/gaza/changes?against="+against, &want)
	if want.GainedKm2+want.LostKm2 == 0 || len(want.Districts) != 5 {
		t.Fatalf("the API has %+v", want)
	}
	if got := js[[]float64](p, differences); !near(got, []float64{want.GainedKm2, want.LostKm2, want.Points}) {
		t.Errorf("the page says %v, the API %v, %v and %v", got, want.GainedKm2, want.LostKm2, want.Points)
	}
	if got := js[[]float64](p, `[...document.querySelectorAll('.sides-table strong data')].map(d => Number(d.value))`); len(got) != 2 ||
		math.Abs(got[0]-want.From.Percent) > 1e-9 || math.Abs(got[1]-want.To.Percent) > 1e-9 {
		t.Errorf("the sides have %v, the API %v and %v", got, want.From.Percent, want.To.Percent)
	}
	if got := js[int](p, `document.querySelectorAll('[data-district]').length`); got != len(want.Districts) {
		t.Errorf("%d districts", got)
	}
	if said := p.text("#compare-warning"); !strings.Contains(said, "no change on the ground") {
		t.Errorf("two readings of a day are not told from a change: %q", said)
	}
	if said := p.text(".differences"); strings.Contains(said, "Gained") || !strings.Contains(said, "Only under") {
		t.Errorf("land of one reading is called %q", said)
	}
	painted := js[map[string]float64](p, `(async () => {
		const { features } = await demarcMap.getSource('demarc-changes').getData();
		return Object.fromEntries(features.map(f => [f.properties.change + ' ' + f.properties.mark, f.geometry.coordinates.length]));
	})()`)
	for _, f := range want.Features {
		var pieces []json.RawMessage
		if err := json.Unmarshal(f.Geometry.Coordinates, &pieces); err != nil {
			t.Fatal(err)
		}
		if f.ID != "kept" && painted[f.ID+" "+f.ID]+painted[f.ID+" sliver"] != float64(len(pieces)) {
			t.Errorf("of %d pieces %s, %v are painted", len(pieces), f.ID, painted)
		}
		if f.ID != "kept" && painted[f.ID+" sliver"] != float64(len(f.Properties.Slivers)) {
			t.Errorf("of %d slivers %s, %v are painted as such", len(f.Properties.Slivers), f.ID, painted)
		}
	}
	for _, one := range []string{"demarcMap", "demarcOther"} {
		if n := js[int](p, `%s.queryRenderedFeatures({layers: ['change-fill']}).length`, one); n == 0 {
			t.Errorf("%s paints no difference", one)
		}
	}

	const cameras = `[demarcMap, demarcOther].map(m => [m.getZoom(), m.getCenter().lng, m.getCenter().lat].map(n => n.toFixed(6)).join(' '))`
	for _, move := range []string{`demarcMap.jumpTo({ zoom: 11, center: [34.4, 31.4] })`, `demarcOther.panBy([40, 30], { animate: false })`, `demarcMap.zoomTo(10.5, { animate: false })`} {
		before := js[[]string](p, cameras)
		js[any](p, "%s; null", move)
		if got := js[[]string](p, cameras); got[0] != got[1] || got[0] == before[0] {
			t.Errorf("after %s the cameras are %q", move, got)
		}
	}

	const swapped = `Math.abs(Number(document.getElementById('compare-points')?.value) + %v) < 1e-9`
	// The swap, side by side, a reload, and back to where it began.
	js[any](p, `document.getElementById('compare-swap').click()`)
	p.until(`location.search.includes('basis=%s') && location.search.includes('against=traced')`, against)
	p.until(swapped, want.Points)
	js[any](p, `document.getElementById('split-side').click()`)
	p.until(`location.hash.includes('split=side')`)
	p.settle()
	p.do(chromedp.Reload())
	p.settle()
	p.until(`window.demarcOther !== undefined && %s`, fmt.Sprintf(swapped, want.Points))
	p.settle()
	if got := js[[]float64](p, `[demarcMap, demarcOther].map(m => m.getCanvas().clientWidth)`); math.Abs(got[0]-got[1]) > 2 || got[0] > 520 {
		t.Errorf("side by side the maps are %v wide", got)
	}
	js[any](p, `history.back()`)
	p.until(`!location.search.includes('basis=')`)
	p.settle()
	js[any](p, `history.back()`)
	p.until(`!location.search.includes('against') && document.querySelectorAll('.map canvas.maplibregl-canvas').length === 1`)
	p.settle()
	if got := js[int](p, `history.length`); got != steps+2 {
		t.Errorf("the history has %d steps of the comparison, not 2", got-steps)
	}
	if js[bool](p, `document.querySelector('.map').classList.contains('side') || document.querySelector('.compared').checkVisibility()`) {
		t.Error("the second map is left")
	}
	p.quiet()
}

func twoDays(t *testing.T, b *chromium) {
	base := servePageOn(t, later, demo.Files(), nil)
	p := b.tab(t, desktop.painted())
	folder := t.TempDir()
	call(p, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder})
	p.open(base + "/?lang=en&as_of=2026-02-01&from=2025-10-01")
	p.until(`document.getElementById('compare-gained') !== null && window.demarcOther !== undefined`)
	p.settle()
	var want change
	getJSON(t, base+"/v1/demo/changes?from=2025-10-01&to=2026-02-01", &want)
	if got := js[[]float64](p, differences); !near(got, []float64{want.GainedKm2, want.LostKm2, want.Points}) || want.GainedKm2 == 0 || want.LostKm2 == 0 {
		t.Errorf("the page says %v, the API %+v", got, want)
	}
	if said := p.text(".differences"); !strings.Contains(said, "Gained") || js[bool](p, `document.getElementById('compare-warning') !== null`) {
		t.Errorf("what changed from day to day is called %q", said)
	}
	p.shot("compare-days")
	gained := fmt.Sprintf("Gained (Highland Army): %.2f km²", want.GainedKm2)
	js[any](p, `document.getElementById('download').click()`)
	p.until(`document.getElementById('caption') !== null`)
	for _, said := range []string{"Compared with 1 October 2025", fmt.Sprintf("%.1f%%", want.From.Percent), fmt.Sprintf("%.1f%%", want.To.Percent), gained, fmt.Sprintf("Lost (Highland Army): %.2f km²", want.LostKm2)} {
		if got := p.text("#caption"); !strings.Contains(got, said) {
			t.Errorf("the caption does not say %q: %s", said, got)
		}
	}
	js[any](p, `document.getElementById('png-1').click()`)
	file := saved(p, filepath.Join(folder, "demo-2026-02-01-seen-compared.png"), "IEND\xaeB`\x82")
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if shots := os.Getenv("DEMARC_SHOTS"); shots != "" {
		_ = os.WriteFile(filepath.Join(shots, "compare-png.png"), file, 0o600)
	}
	// Both states are in it: left and right of the border one and the same map would be as like as the days are.
	if wide := js[int](p, `demarcMap.getCanvas().clientWidth`); picture.Bounds().Dx() != wide {
		t.Errorf("the picture is %d wide, the map %d", picture.Bounds().Dx(), wide)
	}
	p.do(chromedp.KeyEvent(kb.Escape))

	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	js[any](p, `dispatchEvent(new Event('beforeprint'))`)
	p.until(`[...document.querySelectorAll('.sheet')].filter(s => s.complete && s.naturalWidth > 0).length === 2`)
	for selector, said := range map[string]string{".sheet-other": fmt.Sprintf("1 October 2025, What was seen: %.1f%%", want.From.Percent), ".sheet-lines": gained, ".key": gained} {
		if got := p.text(selector); !strings.Contains(got, said) {
			t.Errorf("on paper %s says %q, not %q", selector, got, said)
		}
	}
	if got := js[string](p, `document.querySelector('.sheet-other .sheet').getAttribute('src')`); !strings.Contains(got, "as_of=2025-10-01") {
		t.Errorf("the other drawing is %s", got)
	}
	pdf := call(p, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)}).Data
	if n := len(sheetOfPaper.FindAll(pdf, -1)); n != 1 {
		t.Errorf("a comparison is printed on %d pages", n)
	}
	if shots := os.Getenv("DEMARC_SHOTS"); shots != "" {
		_ = os.WriteFile(filepath.Join(shots, "compare-print.pdf"), pdf, 0o600)
	}
	p.quiet()
}

// theBorder tests that the border is moved by mouse, touch and keys, that each
// map shows its side of it, and that an arrow goes where it points.
func theBorder(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small)
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	at := func(want int) {
		t.Helper()
		p.until(`document.getElementById('divider').getAttribute('aria-valuenow') === '%d'`, want)
		hash := fmt.Sprintf("split=%d", want)
		p.until(`location.hash.includes(%q)`, hash)
		shape := fmt.Sprintf("inset(0px %d%% 0px 0px)", 100-want)
		if js[bool](p, `document.dir === 'rtl'`) {
			shape = fmt.Sprintf("inset(0px 0px 0px %d%%)", 100-want)
		}
		if got := js[string](p, `getComputedStyle(demarcOther.getCanvas()).clipPath.replace('calc(100%% - %d%%)', '%d%%')`, want, 100-want); got != shape {
			t.Errorf("at %d the other map is cut to %s, not %s", want, got, shape)
		}
	}
	x := func(percent float64) (float64, float64) {
		box := js[[]float64](p, `(r => [r.left, r.width, r.top + r.height / 2])(document.querySelector('.compared').getBoundingClientRect())`)
		return box[0] + box[1]*percent/100, box[2]
	}
	p.open(base + "/?lang=en&against=restricted")
	p.until(`window.demarcOther !== undefined`)
	p.settle()
	steps := js[int](p, `history.length`)
	js[any](p, `document.getElementById('divider').focus()`)
	p.do(chromedp.KeyEvent(kb.ArrowRight))
	at(52)
	p.do(chromedp.KeyEvent(kb.PageDown))
	at(42)
	fromX, y := x(42)
	toX, _ := x(70)
	for _, e := range []struct {
		kind input.DispatchMouseEventType
		x    float64
	}{{"mousePressed", fromX}, {"mouseMoved", (fromX + toX) / 2}, {"mouseMoved", toX}, {"mouseReleased", toX}} {
		if e.kind == "mouseReleased" { // what else changes meanwhile takes it out of no hand
			js[any](p, `document.getElementById('layer-places').click()`)
			p.until(`demarcOther.getLayoutProperty('place-dot', 'visibility') === 'none'`)
			p.settle()
		}
		call(p, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: e.kind, X: e.x, Y: y, Button: "left", Buttons: 1, ClickCount: 1})
	}
	at(70)
	js[any](p, `document.getElementById('layer-places').click()`)
	toX, _ = x(25)
	touch := func(kind input.DispatchTouchEventType, points ...*input.TouchPoint) {
		call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
	}
	// A browser with too much to do calls a touch off: then the finger comes again.
	for now, tries := 70.0, 0; now != 25 && tries < 10; tries++ {
		fromX, _ = x(now)
		touch("touchStart", &input.TouchPoint{X: fromX, Y: y})
		touch("touchMove", &input.TouchPoint{X: (fromX + toX) / 2, Y: y})
		touch("touchMove", &input.TouchPoint{X: toX, Y: y})
		touch("touchEnd", []*input.TouchPoint{}...)
		now = js[float64](p, `Number(document.getElementById('divider').getAttribute('aria-valuenow'))`)
	}
	at(25)
	if got := js[int](p, `history.length`); got != steps {
		t.Errorf("moving the border made %d steps of the history", got-steps)
	}
	// A click on a side is answered by that side's reading.
	camera := js[string](p, `demarcMap.getZoom().toFixed(3)`)
	clickX, _ := x(10)
	p.do(chromedp.MouseClickXY(clickX, y))
	if got := js[string](p, `demarcMap.getZoom().toFixed(3)`); got != camera {
		t.Errorf("a click zooms from %s to %s", camera, got)
	}
	js[any](p, `(s => { s.value = 'ar'; s.dispatchEvent(new Event('change')) })(document.getElementById('lang'))`)
	p.until(`document.dir === 'rtl'`)
	p.settle()
	at(25)
	js[any](p, `document.getElementById('divider').focus()`)
	p.do(chromedp.KeyEvent(kb.ArrowRight))
	at(23)
	p.do(chromedp.Reload())
	p.settle()
	p.until(`window.demarcOther !== undefined`)
	p.settle()
	at(23)
	p.quiet()
}

func wrongComparisons(t *testing.T, b *chromium, base string) {
	for query, said := range map[string]string{"against=nothing": "has no reading “nothing”", "from=2026-02-30": "“2026-02-30” is not a day"} {
		p := b.tab(t, small)
		p.open(base + "/?lang=en&" + query)
		if got := p.text(".absence"); !strings.Contains(got, said) || js[bool](p, `document.getElementById('percent')?.checkVisibility() ?? false`) {
			t.Errorf("%s: it says %q", query, got)
		}
		js[any](p, `document.querySelector('.absence button').click()`)
		p.until(`location.search === '?lang=en' && document.getElementById('percent')?.checkVisibility()`)
		p.quiet()
	}
	p := b.tab(t, small)
	p.open(base + "/?lang=en&from=2020-01-01")
	p.until(`document.querySelector('.told-difference .notice') !== null`)
	if got := p.text(".told-difference"); !strings.Contains(got, "There is no figure for 1 January 2020 under “Traced area”") && !strings.Contains(got, "1 January 2020") {
		t.Errorf("a day that is not mapped: %q", got)
	}
	if got := p.text(".compared .side-name"); !strings.Contains(got, "–") || strings.Contains(got, "%") {
		t.Errorf("its side of the map says %q", got)
	}
}

func comparedByEveryone(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop.painted())
	p.open(base + "/?lang=en&against=restricted")
	js[any](p, "%s", axeSource(t)+"; null")
	for _, view := range []struct {
		name, lang, split string
		screen            screen
	}{
		{"compare-desktop", "en", "swipe", desktop},
		{"compare-desktop-dark", "en", "side", desktop.inTheDark()},
		{"compare-desktop-ar", "ar", "swipe", desktop},
		{"compare-phone-ar-dark", "ar", "swipe", phone.inTheDark()},
		{"compare-phone", "en", "side", phone},
		{"compare-phone-he", "he", "swipe", phone},
	} {
		p.look(view.screen)
		js[any](p, `(s => { if (s.value !== %q) { s.value = %[1]q; s.dispatchEvent(new Event('change')) } })(document.getElementById('lang'))`, view.lang)
		p.until(`document.documentElement.lang === %q && document.getElementById('compare-points') !== null`, view.lang)
		js[any](p, `document.getElementById('split-%s').click()`, view.split)
		p.until(`location.hash.includes('split=side') === %v`, view.split == "side")
		p.settle()
		js[any](p, `document.querySelectorAll('#compare details').forEach(d => { d.open = true }); document.querySelector('#compare').scrollIntoView()`)
		p.shot(view.name)
		js[any](p, `document.querySelector('.map').scrollIntoView()`)
		if view.screen.phone {
			p.shot(view.name + "-map")
		}
		if wide := js[int64](p, `document.documentElement.scrollWidth`); wide > view.screen.width {
			t.Errorf("%s: the page is %d px wide on a screen of %d", view.name, wide, view.screen.width)
		}
		for _, violation := range js[[]string](p, `axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`) {
			t.Errorf("%s: %s", view.name, violation)
		}
	}
	p.quiet()
}

func comparedWithoutMap(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small)
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `const context = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return /webgl/.test(kind) ? null : context.call(this, kind, ...more) }`})
	p.open(base + "/?lang=en&against=restricted")
	p.until(`document.getElementById('compare-points') !== null`)
	if js[bool](p, `document.querySelector('.split-ways').checkVisibility() || document.querySelector('.compared') !== null`) {
		t.Error("ways to share a map are offered where there is none")
	}
	p.quiet()
}
