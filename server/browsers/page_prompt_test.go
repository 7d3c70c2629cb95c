package browsers

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// emptyPage is a page with a slider and an empty MapLibre map: what the machine can do at all.
const emptyPage = `<!doctype html><title>empty</title><link rel="stylesheet" href="/empty/maplibre-gl.css">
<div id="map" style="width:100%;height:600px"></div><input id="slider" type="range" min="0" max="1">
<script type="module">import * as m from '/empty/maplibre-gl.mjs'; m.setWorkerUrl('/empty/maplibre-gl-worker.mjs');
const map = new m.Map({ container: 'map', style: { version: 8, sources: {}, layers: [] } });
map.on('idle', () => { document.body.dataset.state = 'idle' });</script>`

// promptness reports the time from a key on the slider to the next paint, beside
// the same on an empty page, and the time until the map is idle. It asserts no
// time, since the machine may be at work on much else.
func promptness(t *testing.T, b *chromium) {
	library := http.StripPrefix("/empty/", http.FileServer(http.Dir(filepath.Join(referee.Root(), "static", "web", "node_modules", "maplibre-gl", "dist"))))
	base := servePage(t, twoPeriods(t), func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/empty/":
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write([]byte(emptyPage))
			case strings.HasPrefix(r.URL.Path, "/empty/"):
				library.ServeHTTP(w, r)
			default:
				next.ServeHTTP(w, r)
			}
		})
	})
	for _, subject := range []struct{ name, address string }{{"an empty MapLibre page", "/empty/"}, {"the page", "/?lang=en"}} {
		p := b.tab(t, screen{width: 1000, height: 680}.painted())
		p.do(chromedp.Navigate(base + subject.address))
		p.until(`document.body.dataset.state === 'idle' && document.getElementById('slider') !== null`)
		idle := js[float64](p, `performance.now()`)
		js[any](p, `window.took = new Map(); window.own = 0; new PerformanceObserver(list => {
			for (const e of list.getEntries().filter(e => e.interactionId)) {
				window.took.set(e.interactionId, Math.max(e.duration, window.took.get(e.interactionId) ?? 0));
				window.own = Math.max(window.own, e.processingEnd - e.startTime);
			}
		}).observe({ type: 'event', durationThreshold: 16, buffered: true })`)
		js[any](p, `document.getElementById('slider').focus()`)
		for i := range 10 {
			p.do(chromedp.KeyEvent([]string{kb.ArrowLeft, kb.ArrowRight}[i%2]))
			js[any](p, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))`)
		}
		p.until(`document.body.dataset.state === 'idle'`)
		took := js[[]float64](p, `[...window.took.values()]`)
		slices.Sort(took)
		if len(took) == 0 {
			t.Logf("%s: idle by %.0f ms; every one of 10 key presses painted within 16 ms", subject.name, idle)
			continue
		}
		t.Logf("%s: idle by %.0f ms; %d of 10 key presses above 16 ms, middle %.0f ms, longest (INP) %.0f ms, of which %.0f ms at most until the page's own work is done",
			subject.name, idle, len(took), took[len(took)/2], took[len(took)-1], js[float64](p, `window.own`))
	}
}
