package browsers

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// placeAsked is what the API says of a place on the day of the page.
func placeAsked(t *testing.T, base string, lon, lat float64) (answer data.Standing) {
	t.Helper()
	getJSON(t, fmt.Sprintf("%s/v1/gaza/at?lon=%v&lat=%v&as_of=2026-01-20", base, lon, lat), &answer)
	return answer
}

// expectPlace compares what the page says of the place that it asks about with the API's answer.
func expectPlace(p *tab, base, step string, basis string, side string) {
	p.Helper()
	p.until(`document.querySelector('.asked [data-basis=%q]') !== null`, basis)
	at := js[[]float64](p, `(([, lat, lon]) => [Number(lon), Number(lat)])(/at=([-.\d]+)\/([-.\d]+)/.exec(location.hash))`)
	want := placeAsked(p.T, base, at[0], at[1])
	for _, reading := range want.Readings {
		if reading.Basis != basis {
			continue
		}
		row := fmt.Sprintf(`.asked [data-basis=%q]`, basis)
		if got := js[string](p, `document.querySelector(%q).dataset.side`, row); got != side {
			p.Errorf("%s: the place lies %s by the page, not %s: %s", step, got, side, p.text(".asked"))
		}
		// The address has five decimals, a place that is clicked all: a metre.
		got := js[float64](p, `Number(document.querySelector(%q).value)`, row+" .asked-distance")
		if math.Abs(got-reading.Lines[0].Nearest.DistanceM) > 2 {
			p.Errorf("%s: the line is %v m away by the page, %v m by the API", step, got, reading.Lines[0].Nearest.DistanceM)
		}
	}
}

// asking asks the map about places: held, free, near the line, in the sea.
func asking(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop)
	p.open(base + "/?lang=en")
	click := func(lon, lat float64) {
		js[any](p, `document.querySelector('.maplibregl-popup-close-button')?.click()`)
		x, y := p.at(lon, lat)
		p.do(chromedp.MouseClickXY(x, y))
		p.until(`new RegExp('at=' + %q).test(location.hash)`, fmt.Sprintf("%.2f", math.Floor(lat*100)/100))
	}
	says := func(step string, all ...string) {
		t.Helper()
		said := p.text(".told")
		for _, want := range all {
			if !strings.Contains(said, want) {
				t.Errorf("%s: the map does not say %q: %s", step, want, said)
			}
		}
	}
	click(34.345, 31.335)
	expectPlace(p, base, "held", "line-cut", "held")
	says("held", "Khan Younis", "Behind the line published by Israel", "Since 10 October 2025", "as mapped on 19 October 2025", "from the line")
	p.shot("asked-held")
	click(34.405, 31.465)
	expectPlace(p, base, "free", "line-cut", "free")
	says("free", "Not behind the line", "from the line")
	click(34.205, 31.445)
	p.until(`document.querySelector('.asked [data-side=outside]') !== null`)
	says("in the sea", "Outside Gaza Strip", "from the line")
	if js[bool](p, `performance.getEntriesByType('resource').some(({ name }) => /\/at\?.*(lon|lat)=/.test(name))`) {
		t.Error("the place stands in the address of a request")
	}
	address := js[string](p, `location.href`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`document.querySelector('.told') === null && document.activeElement.tagName === 'CANVAS' && document.querySelector('.asked-mark') === null && !/at=/.test(location.hash)`)

	// The link has the place, and the answer takes no focus from who follows it.
	p.do(chromedp.Navigate("about:blank"))
	p.open(address)
	p.until(`document.querySelector('.asked [data-side=outside]') !== null && document.querySelector('.asked-mark') !== null`)
	if js[bool](p, `document.querySelector('.maplibregl-popup').contains(document.activeElement)`) {
		t.Error("an answer of the link takes the focus")
	}

	// On the very line nothing can be told; the keyboard asks for the middle of the map.
	p.do(chromedp.Navigate("about:blank"))
	p.open(base + "/?lang=en#map=15/31.43/34.4083")
	js[any](p, `demarcMap.getCanvas().focus()`)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector('.asked [data-basis=line-cut]') !== null`)
	if side := js[string](p, `document.querySelector('.asked [data-basis=line-cut]').dataset.side`); side != "unsure" {
		t.Errorf("a place on the line lies %s: %s", side, p.text(".asked"))
	}
	says("on the line", "Within the accuracy of the line (100 m)", "cannot be told")
	if !js[bool](p, `document.querySelector('.maplibregl-popup').contains(document.activeElement)`) {
		t.Error("the answer does not take the focus of who asked")
	}
	js[any](p, `(s => { s.value = 'ar'; s.dispatchEvent(new Event('change')) })(document.getElementById('lang'))`)
	p.until(`document.querySelector('.asked-unsure')?.textContent.includes('دقة الخط')`)
	p.shot("asked-arabic")
	p.quiet()

	dark := b.tab(t, phone.inTheDark())
	dark.open(base + "/?lang=en#at=31.465/34.405")
	dark.until(`document.querySelector('.asked [data-basis=line-cut]') !== null`)
	dark.shot("asked-phone")
	dark.quiet()
}

// findsTheReader finds the reader, who is asked for it first and told what not to rely on.
func findsTheReader(t *testing.T, b *chromium, base string) {
	p := b.tab(t, desktop)
	p.open(base + "/?lang=en")
	call(p, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "geolocation"}, Setting: browser.PermissionSettingGranted, Origin: base})
	lat, lon, accuracy := 31.465, 34.405, 5000.0
	call(p, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{Latitude: &lat, Longitude: &lon, Accuracy: &accuracy})
	js[any](p, `window.times = 0; const real = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
		navigator.geolocation.getCurrentPosition = (...all) => { window.times++; real(...all); }; document.getElementById('locate').click()`)
	p.until(`document.getElementById('locating')?.open`)
	if said := p.text("#locating"); !strings.Contains(said, "Do not rely on this for your safety") || js[int](p, `window.times`) != 0 {
		t.Errorf("before the browser is asked the page says %q", said)
	}
	p.shot("locating")
	js[any](p, `document.getElementById('locate-go').click()`)
	p.until(`document.querySelector('.asked [data-basis=line-cut]') !== null`)
	if side := js[string](p, `document.querySelector('.asked [data-basis=line-cut]').dataset.side`); side != "unsure" {
		t.Errorf("a position accurate to 5 km lies %s", side)
	}
	if said := p.text(".asked"); !strings.Contains(said, "accurate to 5 km") || !strings.Contains(said, "5.1 km together") || !strings.Contains(said, "safety") {
		t.Errorf("the answer is %q", said)
	}
	if hash := js[string](p, `location.hash`); strings.Contains(hash, "at=") {
		t.Errorf("the reader's position stands in the address: %s", hash)
	}
	p.shot("located")
	p.quiet()
}
