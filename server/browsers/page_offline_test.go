package browsers

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/static"

	"github.com/chromedp/chromedp"
)

// unplugged is a line to a server that can be pulled out: requests get no answer at all then.
type unplugged struct{ atomic.Bool }

func (u *unplugged) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !u.Load() {
			next.ServeHTTP(w, r)
			return
		}
		if connection, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = connection.Close()
		}
	})
}

// kept waits until the browser has kept the page and what it shows.
func (p *tab) kept() {
	p.Helper()
	p.until(`navigator.serviceWorker.controller !== null`)
	js[any](p, `(async () => {
		let [before, since] = [-1, performance.now()];
		while (performance.now() - since < 1500) {
			let now = 0;
			for (const name of await caches.keys()) now += (await (await caches.open(name)).keys()).length;
			const isThere = (await caches.match(location.href.replace(/#.*/, ''))) !== undefined;
			if (now !== before || !isThere) [before, since] = [now, performance.now()];
			await new Promise((done) => setTimeout(done, 100));
		}
	})()`)
}

// offline tests what a reader has where the server cannot be reached: what was known, and words that say so.
func offline(t *testing.T, b *chromium) {
	for _, at := range []struct{ name, path string }{{"at the root", "/"}, {"below a path", "/maps/"}} {
		t.Run(at.name, func(t *testing.T) {
			line := &unplugged{}
			under := func(next http.Handler) http.Handler {
				return line.wrap(http.StripPrefix(strings.TrimSuffix(at.path, "/"), next))
			}
			base := servePage(t, gaza.Files, under)
			p := b.tab(t, desktop.painted())
			p.open(base + at.path + "?lang=en")
			p.kept()
			if got := js[string](p, `navigator.serviceWorker.controller.scriptURL`); got != base+at.path+"sw.js" {
				t.Errorf("the worker is %s", got)
			}
			if !js[bool](p, `document.getElementById('offline').hidden`) {
				t.Error("the page says that it is offline while it is not")
			}
			p.quiet()
			percent := p.text("#percent")
			line.Store(true)
			p.do(chromedp.Reload())
			p.settle()
			if got := p.text("#percent"); got != percent {
				t.Errorf("offline the page shows %s, not %s", got, percent)
			}
			if got := p.text("#offline"); !strings.HasPrefix(got, "The server cannot be reached. What is shown was known on ") {
				t.Errorf("offline the page says %q", got)
			}
			for _, layer := range []string{"held-fill", "land", "context-land"} {
				if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: [%q]}).length`, layer); n == 0 {
					t.Errorf("offline the map shows nothing in layer %s", layer)
				}
			}
			p.shot("offline")
			js[any](p, `(f => { f.value = '2025-12-01'; f.dispatchEvent(new Event('change')) })(document.getElementById('as-of'))`)
			p.until(`document.getElementById('offline').textContent.includes('1 December 2025')`)
			p.until(`document.getElementById('offline').textContent.includes('1 December 2025')`)
			if got, want := p.text("#percent")+p.text("#offline"), "These are the figures of 20 January 2026; nothing known changed between that day and 1 December 2025."; !strings.HasPrefix(got, percent) || !strings.HasSuffix(got, want) {
				t.Errorf("another day of the same epoch: %q", got)
			}
			line.Store(false)
			js[any](p, `dispatchEvent(new Event('online'))`)
			p.until(`document.getElementById('offline').hidden`)
			p.until(`document.querySelector('.day').textContent === '1 December 2025'`)
		})
	}

	t.Run("without a worker another day of the same epoch keeps its figures", func(t *testing.T) {
		line := &unplugged{}
		p := b.tab(t, desktop)
		p.open(servePage(t, gaza.Files, line.wrap) + "/?lang=en")
		percent := p.text("#percent")
		line.Store(true)
		js[any](p, `(f => { f.value = '2025-12-01'; f.dispatchEvent(new Event('change')) })(document.getElementById('as-of'))`)
		p.until(`!document.getElementById('offline').hidden`)
		if got := p.text("#percent"); got != percent {
			t.Errorf("the page shows %s, not %s", got, percent)
		}
	})

	t.Run("not inside another page", func(t *testing.T) {
		p := b.tab(t, desktop)
		p.open(servePage(t, gaza.Files, nil) + "/?embed=1")
		js[any](p, `new Promise((done) => setTimeout(done, 4000))`)
		if n := js[int](p, `navigator.serviceWorker.getRegistrations().then((all) => all.length)`); n != 0 {
			t.Errorf("an embed has %d workers", n)
		}
	})

	t.Run("not where the operator wants none", func(t *testing.T) {
		var off atomic.Bool
		with, without := keeping(t, true), keeping(t, false)
		web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if off.Load() {
				without.ServeHTTP(w, r)
				return
			}
			with.ServeHTTP(w, r)
		}))
		t.Cleanup(web.Close)
		base := web.URL
		p := b.tab(t, desktop)
		p.open(base + "/?lang=en")
		p.kept()
		off.Store(true)
		p.do(chromedp.Reload())
		p.settle()
		js[any](p, `(async () => { while ((await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length > 0) await new Promise((done) => setTimeout(done, 100)); })()`)
		if r, _ := served.Ask(t, "GET", base+"/sw.js"); r.StatusCode != http.StatusNotFound {
			t.Errorf("the worker is answered with %s", r.Status)
		}
	})
}

// keeping serves the page and the embedded dataset, and lets browsers keep them or not.
func keeping(t *testing.T, keeps bool) http.Handler {
	t.Helper()
	files, built := static.Files()
	return served.Publishing(t, server.Options{Page: files, Built: built, Marks: marks, NoOffline: !keeps, Now: func() time.Time { return today },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}, served.Snapshot())
}
