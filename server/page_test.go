package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"demarc/data"
	"demarc/data/gaza"
	"demarc/internal/referee"
	"demarc/server"
	"demarc/static"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// today is the day on which the page is read.
var today = time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC)

// servePage serves the built page and a dataset; wrap, when not nil, stands in front.
func servePage(t *testing.T, folder fs.FS, wrap func(http.Handler) http.Handler) string {
	t.Helper()
	files, built := static.Files()
	if !built {
		referee.Absent(t, "page", "the page is not built: npm ci && npm run build in static/web")
	}
	s, err := server.New(server.Options{Page: files, Built: built, Now: func() time.Time { return today },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	if folder != nil {
		snapshot, _, err := data.Read(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Publish(context.Background(), snapshot); err != nil {
			t.Fatal(err)
		}
	}
	var handler http.Handler = s
	if wrap != nil {
		handler = wrap(s)
	}
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	return web.URL
}

// share asks the API for a figure.
func share(t *testing.T, base, query string) (answer data.Share) {
	t.Helper()
	response, err := http.Get(base + "/v1/gaza/share?" + query)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", query, response.Status, err)
	}
	return answer
}

func TestThePage(t *testing.T) {
	b := openBrowser(t)
	base := servePage(t, gaza.Files, nil)

	t.Run("shows the map of all layers and the API's figure, and asks nobody else", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		want := share(t, base, "")
		if got := js[string](p, `document.getElementById('percent').value`); got != fmt.Sprint(want.Percent) {
			t.Errorf("the panel's exact percent is %s, the API's %v", got, want.Percent)
		}
		if got, want := p.text("#percent"), fmt.Sprintf("%.1f%%", want.Percent); got != want {
			t.Errorf("the panel shows %s, not %s", got, want)
		}
		if got, want := p.text(".areas"), fmt.Sprintf("%.1f km² of %.1f km²", want.HeldKm2, want.TerritoryKm2); got != want {
			t.Errorf("the panel shows %s, not %s", got, want)
		}
		if got, want := p.text(".day"), "20 January 2026"; got != want {
			t.Errorf("the panel's day is %s, not %s", got, want)
		}
		if got, want := p.text(".cite"), want.Cite; !sameButHost(got, want) {
			t.Errorf("the citation is %q, the API's %q", got, want)
		}
		for _, layer := range []string{"land", "coast", "district-line", "district-name", "zone-fill", "zone-line",
			"control-casing", "control-agreed", "control-name", "place-dot", "place-name"} {
			if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: [%q]}).length`, layer); n == 0 {
				t.Errorf("the map shows nothing in layer %s", layer)
			}
		}
		p.shot("desktop-light-en")
		p.quiet()
	})

	t.Run("colours held, free and foreign ground apart, by day and by night", func(t *testing.T) {
		for _, theme := range []struct {
			name             string
			screen           screen
			land, sea, shade color.RGBA
		}{
			{"light", desktop, color.RGBA{0xfd, 0xfc, 0xf9, 255}, color.RGBA{0xdf, 0xe5, 0xea, 255}, color.RGBA{0x00, 0x72, 0xb2, 255}},
			{"dark", desktop.inTheDark(), color.RGBA{0x28, 0x30, 0x39, 255}, color.RGBA{0x0e, 0x13, 0x18, 255}, color.RGBA{0x00, 0x72, 0xb2, 255}},
		} {
			p := b.tab(t, theme.screen)
			p.open(base + "/?lang=en")
			picture := p.shot("desktop-" + theme.name)
			for _, spot := range []struct {
				name     string
				lon, lat float64
				want     color.RGBA
			}{
				{"held", 34.535, 31.545, mixed(theme.land, theme.shade)},
				{"free", 34.400, 31.465, theme.land},
				{"sea", 34.300, 31.500, theme.sea},
			} {
				if got := p.pixel(picture, spot.lon, spot.lat); distance(got, spot.want) > 3 {
					t.Errorf("%s, %s ground at %g %g: %v, want %v", theme.name, spot.name, spot.lon, spot.lat, got, spot.want)
				}
			}
			p.quiet()
		}
	})

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
		for _, want := range []string{"Held by Israel", "observed", "Since 10 October 2025", "100 m", "North Gaza"} {
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

func TestThePageGoesFromChangeToChange(t *testing.T) {
	thorough(t)
	// Two epochs, and in the second also a zone that is only claimed.
	folder := changed(t, "zones.geojson", func(file map[string]any) {
		features := file["features"].([]any)
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
	b := openBrowser(t)
	p := b.tab(t, desktop)
	p.open(servePage(t, folder, nil) + "/?lang=en&as_of=2025-11-01")
	expect := func(step, day, badge, slider, field string, hatched bool) {
		t.Helper()
		p.until(`document.querySelector('.day').textContent === %q`, day)
		p.settle()
		p.until(`(demarcMap.queryRenderedFeatures({layers: ['zone-hatch']}).length > 0) === %v`, hatched)
		got := js[[]string](p, `[document.querySelector('.badge').textContent, document.getElementById('slider').value, document.getElementById('as-of').value]`)
		if want := []string{badge, slider, field}; !slices.Equal(got, want) {
			t.Errorf("%s: badge, slider and field are %q, not %q", step, got, want)
		}
	}
	expect("a day of the first period", "1 November 2025", "Earlier period", "0", "2025-11-01", false)
	p.do(chromedp.Click(chromedp.CSS("#next")))
	expect("next", "10 January 2026", "Latest", "1", "2026-01-10", true)
	p.shot("claimed-hatch")
	if !js[bool](p, `document.getElementById('next').disabled`) {
		t.Error("there is a next change after the last")
	}
	js[any](p, `document.getElementById('slider').focus()`)
	p.do(chromedp.KeyEvent(kb.ArrowLeft))
	expect("slider", "10 October 2025", "Earlier period", "0", "2025-10-10", false)
	p.do(chromedp.Click(chromedp.CSS("#now")))
	expect("now", "20 January 2026", "Latest", "1", "2026-01-20", true)
	if got := js[string](p, `location.search`); got != "?lang=en" {
		t.Errorf("now has the address %s", got)
	}
	p.quiet()
}

// at returns where a position (degrees) is drawn, in CSS pixels of the tab.
func (p *tab) at(lon, lat float64) (x, y float64) {
	p.Helper()
	xy := js[[]float64](p, `((r, q) => [r.x + q.x, r.y + q.y])(demarcMap.getCanvas().getBoundingClientRect(), demarcMap.project([%g, %g]))`, lon, lat)
	return xy[0], xy[1]
}

func (p *tab) pixel(picture image.Image, lon, lat float64) color.RGBA {
	p.Helper()
	x, y := p.at(lon, lat)
	return color.RGBAModel.Convert(picture.At(int(x), int(y))).(color.RGBA)
}

func mixed(a, b color.RGBA) color.RGBA {
	half := func(a, b uint8) uint8 { return uint8((int(a) + int(b)) / 2) }
	return color.RGBA{half(a.R, b.R), half(a.G, b.G), half(a.B, b.B), 255}
}

// distance is the largest difference of a channel.
func distance(a, b color.RGBA) float64 {
	d := func(a, b uint8) float64 { return math.Abs(float64(a) - float64(b)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B))
}

func near(a, b []float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 0.001 {
			return false
		}
	}
	return len(a) == len(b)
}

// sameDay compares a day in English words with YYYY-MM-DD.
func sameDay(words, day string) bool {
	t, err := time.Parse("2 January 2006", words)
	return err == nil && t.Format(time.DateOnly) == day
}

// sameButHost compares texts that hold an address of this machine under two names.
func sameButHost(a, b string) bool {
	strip := func(s string) string { return strings.ReplaceAll(s, "localhost", "127.0.0.1") }
	return strip(a) == strip(b)
}
