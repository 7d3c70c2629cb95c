package browsers

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

// surroundings tests the background of the map: what it shows, that it can be taken
// off, and that the map can be turned upright.
func surroundings(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop)
	p.open(base + "/?lang=en")
	p.settle()
	names := func() []string {
		return js[[]string](p, `demarcMap.queryRenderedFeatures({layers: ['context-city', 'context-town-inside', 'context-town', 'context-area']}).map((f) => f.properties.name_en)`)
	}
	if seen := names(); !slices.Contains(seen, "Gaza City") || !slices.Contains(seen, "Rafah") || !slices.Contains(seen, "Israel") || !slices.Contains(seen, "Mediterranean Sea") {
		t.Errorf("a stranger reads %q", seen)
	}
	if credit := p.text(".credit"); !strings.Contains(credit, "Background as mapped in 2021: © OpenStreetMap contributors (ODbL 1.0)") {
		t.Errorf("the credit is %q", credit)
	}
	p.until(`document.querySelector('.locator').complete && document.querySelector('.locator').naturalWidth > 0`)
	if alt := js[string](p, `document.querySelector('.locator').alt`); alt != "Where Gaza Strip is" {
		t.Errorf("the inset is %q to those who do not see it", alt)
	}
	// Zones lie above all of the background but its names.
	order := js[[]string](p, `demarcMap.getStyle().layers.map(({ id }) => id)`)
	for _, below := range []string{"context-land", "context-builtup", "context-road", "context-border"} {
		if slices.Index(order, below) > slices.Index(order, "held-fill") {
			t.Errorf("%s lies above the zones", below)
		}
	}
	turnedUpright(p)

	js[any](p, `document.getElementById('layer-background').click()`)
	p.until(`demarcMap.getPaintProperty('around', 'background-color') === '#dfe5ea' && document.body.dataset.state === 'idle'`)
	p.until(`demarcMap.queryRenderedFeatures({layers: ['district-name']}).length > 0`)
	if seen := names(); len(seen) > 0 {
		t.Errorf("without the background the map still names %q", seen)
	}
	if credit := p.text(".credit"); strings.Contains(credit, "2021") {
		t.Errorf("the credit without the background is %q", credit)
	}
	if !js[bool](p, `document.querySelector('.locator').hidden`) {
		t.Error("the inset is still there")
	}
	address := js[string](p, `location.href`)
	if !strings.Contains(address, "off=background") {
		t.Errorf("the link does not keep it: %s", address)
	}
	p.open(strings.Replace(address, "lang=en", "lang=he", 1))
	p.settle()
	if js[bool](p, `document.getElementById('layer-background').checked`) || len(names()) > 0 {
		t.Error("who follows the link sees the background")
	}
	p.quiet()

	small := b.tab(t, phone)
	small.open(base + "/?lang=ar")
	small.settle()
	if js[float64](small, `document.querySelector('.locator').getBoundingClientRect().width`) > 0 {
		t.Error("the inset covers the map of a phone")
	}
	if !slices.Contains(js[[]string](small, `demarcMap.queryRenderedFeatures({layers: ['context-city']}).map((f) => f.properties.name_ar)`), "خان يونس") {
		t.Error("on a phone in Arabic, Khan Younis is not named")
	}
	small.quiet()
}

// turnedUpright turns the map and back: the territory stands on it whole, from bottom to top.
func turnedUpright(p *tab) {
	p.Helper()
	before := js[float64](p, `demarcMap.getZoom()`)
	turn := func(bearing float64) {
		js[any](p, `document.getElementById('upright').click()`)
		p.until(`Math.abs(demarcMap.getBearing() - %g) < 0.01 && !demarcMap.isMoving() && document.body.dataset.state === 'idle'`, bearing)
	}
	turn(40)
	corners := js[[][2]float64](p, `demarcMap.querySourceFeatures('demarc-names', {sourceLayer: 'territories', filter: ['==', ['get', 'kind'], 'territory']})
		.flatMap((f) => f.geometry.coordinates.flat(f.geometry.type === 'Polygon' ? 0 : 1).flat())
		.map((at) => demarcMap.project(at))
		.map(({ x, y }) => [x / demarcMap.getContainer().clientWidth, y / demarcMap.getContainer().clientHeight])`)
	box := orb.Bound{Min: corners[0], Max: corners[0]}
	for _, corner := range corners {
		box = box.Union(orb.Point(corner).Bound())
	}
	if box.Min[0] < 0 || box.Min[1] < 0 || box.Max[0] > 1 || box.Max[1] > 1 || box.Max[1]-box.Min[1] < 0.75 {
		p.Errorf("upright the territory takes %v of the map", box)
	}
	if !strings.HasPrefix(js[string](p, `document.querySelector('#upright svg').style.rotate`), "-40") || js[string](p, `document.getElementById('upright').ariaPressed`) != "true" {
		p.Error("the arrow does not point to the north")
	}
	if !strings.HasSuffix(js[string](p, `location.hash`), "/40") {
		p.Errorf("the address has not which way is up: %s", js[string](p, `location.hash`))
	}
	p.shot("upright")
	turn(0)
	if zoom := js[float64](p, `demarcMap.getZoom()`); math.Abs(zoom-before) > 0.2 {
		p.Errorf("back again the map is at zoom %.2f, not %.2f", zoom, before)
	}
}
