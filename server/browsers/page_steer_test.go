package browsers

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// steering tests that address, controls, figures and map agree.
func steering(t *testing.T, b *chromium, base string) {
	t.Run("is restored from its address by a reload", func(t *testing.T) {
		p := b.tab(t, desktop)
		address := base + "/?as_of=2025-12-01&of=rafah&basis=line-cut&lang=he#map=11.5/31.3/34.3"
		want := share(t, base, "as_of=2025-12-01&of=rafah&basis=line-cut")
		check := func(when string) {
			t.Helper()
			if got := js[string](p, `location.href`); got != address {
				t.Errorf("%s: the address is %s, not %s", when, got, address)
			}
			if got := js[string](p, `document.getElementById('percent').value`); got != fmt.Sprint(want.Percent) {
				t.Errorf("%s: percent %s, not %v", when, got, want.Percent)
			}
			if got := js[string](p, `document.getElementById('as-of').value`); got != "2025-12-01" {
				t.Errorf("%s: the field holds %s", when, got)
			}
			if got := js[string](p, `document.documentElement.lang + ' ' + document.documentElement.dir`); got != "he rtl" {
				t.Errorf("%s: language and direction are %s", when, got)
			}
			if !js[bool](p, `document.getElementById('basis-line-cut').checked`) {
				t.Errorf("%s: the reading is not checked", when)
			}
			if got := js[[]float64](p, `(c => [demarcMap.getZoom(), c.lat, c.lng])(demarcMap.getCenter())`); !near(got, []float64{11.5, 31.3, 34.3}) {
				t.Errorf("%s: the camera is at %v", when, got)
			}
		}
		p.open(address)
		check("opened")
		p.do(chromedp.Reload())
		p.settle()
		check("reloaded")
		p.quiet()
	})

	t.Run("keeps its controls, its figures and its address equal", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		expect := func(step, query, api string) {
			t.Helper()
			p.until(`location.search === %q`, query)
			want := share(t, base, api)
			p.until(`document.getElementById('percent').value === %q`, fmt.Sprint(want.Percent))
			p.settle()
			if got, want := p.text(".day"), want.AsOf.String(); !sameDay(got, want) {
				t.Errorf("%s: the day in words is %s, not %s", step, got, want)
			}
		}
		p.do(chromedp.Click(chromedp.CSS(`label.card:has(#basis-line-cut)`)))
		expect("other reading", "?basis=line-cut&lang=en", "basis=line-cut")
		p.do(chromedp.Click(chromedp.CSS(`#of-khan-younis`)))
		expect("a district", "?of=khan-younis&basis=line-cut&lang=en", "basis=line-cut&of=khan-younis")
		js[any](p, `(f => { f.value = '2025-11-05'; f.dispatchEvent(new Event('change')) })(document.getElementById('as-of'))`)
		expect("a day", "?as_of=2025-11-05&of=khan-younis&basis=line-cut&lang=en", "basis=line-cut&of=khan-younis&as_of=2025-11-05")
		p.do(chromedp.Click(chromedp.CSS(`#now`)))
		expect("now", "?of=khan-younis&basis=line-cut&lang=en", "basis=line-cut&of=khan-younis")
		js[any](p, `history.back()`)
		expect("one step back", "?as_of=2025-11-05&of=khan-younis&basis=line-cut&lang=en", "basis=line-cut&of=khan-younis&as_of=2025-11-05")
		p.quiet()
	})

	t.Run("says what stands at a place, and gives the keyboard back", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		x, y := p.at(34.535, 31.545)
		p.do(chromedp.MouseClickXY(x, y))
		p.until(`document.querySelector('.told') !== null`)
		said := p.text(".told")
		for _, want := range []string{"behind the line published by Israel", "published on a map", "as mapped on 19 October 2025", "Since 10 October 2025", "100 m", "North Gaza"} {
			if !strings.Contains(said, want) {
				t.Errorf("the popup does not say %q: %s", want, said)
			}
		}
		if got := js[string](p, `document.querySelector('.told a').href`); got != "https://github.com/mushon/nibal" {
			t.Errorf("the source link is %s", got)
		}
		if !js[bool](p, `document.querySelector('.maplibregl-popup').contains(document.activeElement)`) {
			t.Error("the popup does not take the focus")
		}
		p.shot("popup")
		p.do(chromedp.KeyEvent(kb.Escape))
		p.until(`document.querySelector('.told') === null && document.activeElement.tagName === 'CANVAS'`)
		p.quiet()
	})
}

func fromChangeToChange(t *testing.T, b *chromium) {
	p := b.tab(t, desktop)
	p.open(servePage(t, twoPeriods(t), nil) + "/?lang=en&as_of=2025-11-01")
	expect := func(step, day, mapped, slider, field string, hatched bool) {
		t.Helper()
		p.until(`document.querySelector('.day').textContent === %q`, day)
		p.settle()
		p.until(`(demarcMap.queryRenderedFeatures({layers: ['zone-hatch']}).length > 0) === %v`, hatched)
		got := js[[]string](p, `[document.querySelector('.mapped > span').textContent, document.getElementById('slider').value, document.getElementById('as-of').value]`)
		if want := []string{"Gaza Strip, " + mapped, slider, field}; !slices.Equal(got, want) {
			t.Errorf("%s: evidence, slider and field are %q, not %q", step, got, want)
		}
	}
	expect("a day of the first period", "1 November 2025", "as last mapped on 19 October 2025", "0", "2025-11-01", false)
	p.do(chromedp.Click(chromedp.CSS("#next")))
	expect("next", "10 January 2026", "as mapped on 10 January 2026", "1", "2026-01-10", true)
	p.shot("claimed-hatch")
	if !js[bool](p, `document.getElementById('next').disabled`) {
		t.Error("there is a next change after the last")
	}
	steps := js[int](p, `history.length`)
	js[any](p, `document.getElementById('slider').focus()`)
	for _, key := range []string{kb.ArrowLeft, kb.ArrowRight, kb.ArrowLeft} {
		p.do(chromedp.KeyEvent(key))
	}
	if got := js[int](p, `history.length`); got != steps+1 {
		t.Errorf("three moves of the slider are %d steps of the history, not one", got-steps)
	}
	expect("slider", "10 October 2025", "as mapped on 19 October 2025", "0", "2025-10-10", false)
	p.do(chromedp.Click(chromedp.CSS("#now")))
	expect("now", "20 January 2026", "as mapped on 10 January 2026", "1", "2026-01-20", true)
	if got := js[string](p, `location.search`); got != "?lang=en" {
		t.Errorf("now has the address %s", got)
	}
	p.quiet()
}

// twoPeriods is the embedded dataset as it stood today, with two epochs, and in the second also a zone that is only
// claimed.
func twoPeriods(t *testing.T) fs.FS {
	t.Helper()
	isLater := func(feature any) bool {
		from, _ := feature.(map[string]any)["properties"].(map[string]any)["valid_from"].(string)
		return from > today.Format(time.DateOnly)
	}
	lines := served.Changed(t, "control_lines.geojson", func(file map[string]any) {
		file["features"] = slices.DeleteFunc(file["features"].([]any), isLater)
	})
	return served.ChangedIn(t, lines, "zones.geojson", func(file map[string]any) {
		features := slices.DeleteFunc(file["features"].([]any), isLater)
		first := features[0].(map[string]any)
		for _, status := range []string{"observed", "claimed"} {
			properties := maps.Clone(first["properties"].(map[string]any))
			properties["status"], properties["valid_from"] = status, "2026-01-10"
			next := maps.Clone(first)
			next["id"], next["properties"] = status+"-in-january", properties
			features = append(features, next)
		}
		first["properties"].(map[string]any)["valid_to"] = "2026-01-10"
		file["features"] = features
	})
}
