package browsers

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// overlaps lists controls of the map that lie on each other or leave the page, among those that are shown.
const overlaps = `(() => {
	const parts = [...document.querySelectorAll('.controls, .doing-place, .credit, .key, .locator, .maplibregl-ctrl-scale, .banner:not(.offline)')].filter((one) => one.checkVisibility());
	const boxes = parts.map((one) => [one.className, one.getBoundingClientRect()]).filter(([, box]) => box.width > 0 && box.height > 0);
	const found = [];
	for (const [i, [name, a]] of boxes.entries()) {
		if (a.left < -1 || a.right > innerWidth + 1) found.push(name + ' leaves the page');
		for (const [other, b] of boxes.slice(i + 1)) {
			if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) found.push(name + ' and ' + other);
		}
	}
	if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
	return found;
})()`

// oldMachines tests the page without WebGL, in few pixels, turned, and in the reader's own colours.
func oldMachines(t *testing.T, b *chromium, base string) {
	t.Run("without WebGL nothing is offered that cannot be done", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.before(noWebGL)
		p.open(base + "/?lang=en")
		p.until(`document.querySelector('.chart svg') !== null && document.querySelector('.still').complete`)
		for _, dead := range []string{".controls button", "#draw-area", "#draw-line", "#layer-zones"} {
			if js[bool](p, `document.querySelector(%q)?.checkVisibility() ?? false`, dead) {
				t.Errorf("%s is shown", dead)
			}
		}
		js[any](p, `document.querySelector('.yardstick').open = true`)
		if js[bool](p, `document.querySelector('#displace-draw').checkVisibility()`) {
			t.Error("land is offered to be drawn on a map that is a picture")
		}
		if width := js[int](p, `document.querySelector('.still').naturalWidth`); width == 0 {
			t.Error("there is no picture in place of the map")
		}
		p.shot("old-no-webgl")
	})
	for name, s := range map[string]screen{
		"200 %": {width: 720, height: 450}, "400 %": {width: 360, height: 225}, "turned": {width: 844, height: 390, phone: true},
	} {
		t.Run("nothing overlaps at "+name, func(t *testing.T) {
			for _, lang := range []string{"en", "ar"} {
				p := b.tab(t, s)
				p.open(base + "/?lang=" + lang)
				p.until(`document.querySelectorAll('.key:not(.awaited) li').length > 0`)
				if found := js[[]string](p, overlaps); len(found) > 0 {
					t.Errorf("%s: %v", lang, found)
				}
				p.shot("old-" + name + "-" + lang)
			}
		})
	}
	t.Run("in the reader's own colours the bar and what is pressed are seen", func(t *testing.T) {
		p := b.tab(t, desktop)
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		p.open(base + "/?lang=en")
		const part, around = `getComputedStyle(document.querySelector('.part')).backgroundColor`, `getComputedStyle(document.querySelector('.scale')).backgroundColor`
		if !js[bool](p, part+` !== `+around) {
			t.Error("the bar has the colour of what it lies on")
		}
		if got := js[string](p, `getComputedStyle(document.getElementById('now')).outlineStyle`); got != "solid" {
			t.Errorf("what is pressed has the outline %s", got)
		}
		p.shot("old-forced-colours")
	})
}
