package browsers

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"

	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/static"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// serveMade serves the built page and a dataset made by bench/gen, read on the last of so many days.
func serveMade(t *testing.T, name string, days int) string {
	t.Helper()
	files, built := static.Files()
	if !built {
		t.Skip("the page is not built: npm ci && npm run build in static/web")
	}
	set, err := gen.Named(name, 1)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := set.Write(folder); err != nil {
		t.Fatal(err)
	}
	first, err := time.Parse(time.DateOnly, gen.FirstDay)
	if err != nil {
		t.Fatal(err)
	}
	today := first.AddDate(0, 0, days-1).Add(12 * time.Hour)
	s, err := server.New(server.Options{Page: files, Built: built, Marks: marks, Now: func() time.Time { return today }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	var dataset fs.FS = os.DirFS(folder)
	snapshot, _, err := data.Read(t.Context(), dataset)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(context.Background(), snapshot); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return web.URL
}

// countWork counts what a page makes that it could have kept: formatters of numbers and days, and elements.
const countWork = `window.made = { formats: 0, nodes: 0 };
	for (const name of ['NumberFormat', 'DateTimeFormat', 'ListFormat', 'PluralRules', 'Collator']) {
		Intl[name] = new Proxy(Intl[name], { construct: (made, given) => (window.made.formats++, new made(...given)) });
	}
	for (const name of ['createElement', 'createElementNS']) {
		const make = Document.prototype[name];
		Document.prototype[name] = function (...given) { window.made.nodes++; return make.apply(this, given); };
	}`

// noWebGL leaves the page without a map that can be drawn, as an old machine does.
const noWebGL = `const get = HTMLCanvasElement.prototype.getContext;
	HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind.startsWith('webgl') ? null : get.call(this, kind, ...more); };`

// before runs a script in every document of the tab before its own.
func (p *tab) before(script string) {
	p.Helper()
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

// work is what one move of the slider costs.
type work struct {
	own, whole     float64 // milliseconds until the figures are painted, and until the map is idle too
	formats, nodes int
}

// slide moves the slider so many steps to the left and tells what each costs.
func (p *tab) slide(steps int) []work {
	p.Helper()
	const painted = `new Promise(done => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(() => setTimeout(() => done(null))))))`
	js[any](p, `document.getElementById('slider').focus()`)
	var all []work
	for range steps {
		js[any](p, `Object.assign(window.made, { formats: 0, nodes: 0 })`)
		start := p.busy()
		p.do(chromedp.KeyEvent(kb.ArrowLeft))
		js[any](p, painted)
		one := work{own: p.busy() - start}
		// The map and the tables of the day wait until the hand rests.
		time.Sleep(250 * time.Millisecond)
		p.settle()
		one.whole = p.busy() - start
		one.formats, one.nodes = js[int](p, `window.made.formats`), js[int](p, `window.made.nodes`)
		all = append(all, one)
	}
	return all
}

// busy is the processor time that the page's main thread took so far, in milliseconds.
func (p *tab) busy() float64 {
	p.Helper()
	for _, metric := range call(p, performance.GetMetrics, cdp.Empty{}).Metrics {
		if metric.Name == "TaskDuration" {
			return metric.Value * 1000
		}
	}
	p.Fatal("Chromium does not say how long its tasks took")
	return 0
}

// measured has Chromium count processor time in the tab.
func (p *tab) measured() *tab {
	p.Helper()
	call(p, performance.Enable, performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	return p
}

// lightInTheHand tests that a move of the slider makes nothing that could have been kept, and is no step of the history.
func lightInTheHand(t *testing.T, b *chromium) {
	p := b.tab(t, desktop).measured()
	p.before(countWork)
	p.open(serveMade(t, "days-40", 40) + "/?lang=en")
	p.until(`document.querySelector('.chart svg') !== null`)
	p.slide(2) // the first is a step of the history, and brings what is made once
	steps := js[int](p, `history.length`)
	for i, one := range p.slide(12) {
		if one.formats > 0 {
			t.Errorf("move %d makes %d formatters", i, one.formats)
		}
		if one.nodes > mostNodes {
			t.Errorf("move %d makes %d elements, not at most %d", i, one.nodes, mostNodes)
		}
	}
	if got := js[int](p, `history.length`); got != steps {
		t.Errorf("twelve moves of the slider are %d steps of the history", got-steps)
	}
	p.quiet()
}

// mostNodes is how many elements a move may make: those of the figures that changed, whatever the number of days.
const mostNodes = 60

// measuredHand measures what a reader's hand feels, where DEMARC_HAND is set, and says it: nothing is asserted, since
// the machine may be at work on much else. Targets: 50 ms a step of 769 without a map, 100 ms with it; no task over
// 200 ms on a map of 100,000 zones; over a slow line the figure within 3 s and the map within 10 s.
func measuredHand(t *testing.T, b *chromium) {
	if os.Getenv("DEMARC_HAND") == "" {
		t.Skip("run with DEMARC_HAND=1")
	}
	t.Run("slider", func(t *testing.T) {
		base := serveMade(t, "days-769", 769)
		for _, kind := range []struct{ name, script string }{{"without WebGL", noWebGL}, {"with a map", ""}} {
			p := b.tab(t, desktop.painted()).measured()
			p.before(countWork + kind.script)
			p.open(base + "/?lang=en")
			p.until(`document.querySelector('.chart svg') !== null`)
			p.slide(2)
			all := p.slide(40)
			for name, of := range map[string]func(work) float64{
				"ms until painted": func(w work) float64 { return w.own }, "ms until idle": func(w work) float64 { return w.whole },
				"formatters": func(w work) float64 { return float64(w.formats) }, "elements": func(w work) float64 { return float64(w.nodes) },
			} {
				t.Logf("%s, a step of 769: %s: %s", kind.name, name, spread(all, of))
			}
		}
	})
	t.Run("zones", func(t *testing.T) { manyZones(t, b) })
	t.Run("slow", func(t *testing.T) { slowLine(t, b) })
}

func spread(all []work, of func(work) float64) string {
	values := make([]float64, len(all))
	for i, one := range all {
		values[i] = of(one)
	}
	slices.Sort(values)
	return fmt.Sprintf("p50 %.1f, p95 %.1f", values[len(values)/2], values[len(values)*95/100])
}

// manyZones opens a map of 100,000 zones, pans and zooms it, and tells of the tasks that held up the hand.
func manyZones(t *testing.T, b *chromium) {
	p := b.tab(t, desktop.painted())
	p.before(countTasks)
	p.open(serveMade(t, "blocks-100k", 1) + "/?lang=en")
	t.Logf("100,000 zones: idle after %.0f ms, longest task %.0f ms", js[float64](p, `performance.now()`), js[float64](p, `Math.max(0, ...window.tasks)`))
	js[any](p, `window.tasks.length = 0, null`)
	for _, move := range []string{`panBy([300, 0])`, `zoomTo(demarcMap.getZoom() + 1)`, `panBy([0, 300])`, `zoomTo(demarcMap.getZoom() + 2)`, `panBy([-500, 0])`, `zoomTo(demarcMap.getZoom() - 2)`} {
		js[any](p, `demarcMap.%s, new Promise(done => demarcMap.once('idle', () => done(null)))`, move)
		t.Logf("%s: longest task %.0f ms", move, js[float64](p, `Math.max(0, ...window.tasks.splice(0))`))
	}
}

const countTasks = `window.tasks = []; new PerformanceObserver(list => { for (const one of list.getEntries()) window.tasks.push(one.duration); }).observe({ type: 'longtask', buffered: true });`

// slowLine opens the page over a slow line on a slow machine: 400 kbit/s, 400 ms, a quarter of the processor.
func slowLine(t *testing.T, b *chromium) {
	base := servePage(t, gaza.Files, nil)
	for name, s := range map[string]screen{"phone": phone.painted(), "desktop": desktop.painted()} {
		p := b.tab(t, s)
		p.countShifts()
		p.before(`new MutationObserver((_, seen) => {
			if (!(document.getElementById('percent')?.value > 0)) return;
			seen.disconnect(); requestAnimationFrame(() => setTimeout(() => window.figureAt = performance.now()));
		}).observe(document, { subtree: true, childList: true, attributes: true })`)
		const rate = 400 * 1000 / 8
		call(p, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{{Latency: 400, DownloadThroughput: rate, UploadThroughput: rate}}})
		call(p, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
		p.open(base + "/?lang=en")
		t.Logf("%s over a slow line: figure after %.1f s, map after %.1f s, CLS %.3f, %.0f kB", name, js[float64](p, `window.figureAt`)/1000, js[float64](p, `performance.now()`)/1000,
			js[float64](p, `window.shifted`), js[float64](p, `performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0)`)/1000)
	}
}
