package browsers

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// chromium is one Chromium for all tests of the page. Every request that it
// makes to anything but this machine goes to a proxy that only writes it down,
// whether the page makes it or a worker of the page.
type chromium struct {
	ctx     context.Context
	foreign *served.Log
}

// openBrowser starts Chromium, or ends the test by referee.Absent. A short run, which
// is the one that looks for races, has no browser: what a page asks is asked without one too.
func openBrowser(t *testing.T) *chromium {
	t.Helper()
	if testing.Short() {
		t.Skip("without a browser: run without -short")
	}
	referee.Need(t, "chromium")
	foreign := &served.Log{}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ownServices[r.URL.Hostname()] {
			foreign.Add(r.Method + " " + r.Host + r.URL.Path)
		}
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox,
		chromedp.Flag("lang", "en-GB"),
		chromedp.Flag("proxy-server", strings.TrimPrefix(proxy.URL, "http://")),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("use-gl", "angle"),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("enable-unsafe-swiftshader", true),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, quit := chromedp.NewContext(allocator)
	t.Cleanup(quit)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return &chromium{ctx, foreign}
}

// thorough skips a long test where nobody asked for it: DEMARC_REQUIRE has to
// name chromium, as it does in CI.
func thorough(t *testing.T) {
	t.Helper()
	for name := range strings.SplitSeq(os.Getenv("DEMARC_REQUIRE"), ",") {
		if name == "chromium" || name == "all" {
			return
		}
	}
	t.Skip("run with DEMARC_REQUIRE=chromium")
}

// ownServices are what Chromium itself calls, whatever page it shows.
var ownServices = map[string]bool{
	"accounts.google.com": true, "clients2.google.com": true, "content-autofill.googleapis.com": true,
	"optimizationguide-pa.googleapis.com": true, "update.googleapis.com": true,
}

// screen is how a tab looks at the page.
type screen struct {
	width, height int64
	dark          bool
	phone         bool
	scale         float64 // device pixels in a CSS pixel, 1 when 0
	drawn         bool    // the test looks at pixels of the map
}

// noDrawing leaves a map as it is but for its pixels: it knows what it shows and where, and the
// processor, which does here what a graphics card does elsewhere, has nothing to do.
const noDrawing = `for (const one of [WebGLRenderingContext, WebGL2RenderingContext]) one.prototype.drawElements = one.prototype.drawArrays = () => {}`

var (
	desktop = screen{width: 1440, height: 900}
	narrow  = screen{width: 360, height: 740, phone: true}
	small   = screen{width: 1000, height: 680}
	tablet  = screen{width: 768, height: 1024}
	phone   = screen{width: 390, height: 844, phone: true}
)

func (s screen) inTheDark() screen { s.dark = true; return s }

// painted is for tests that look at pixels of the map, or measure how long they take.
func (s screen) painted() screen { s.drawn = true; return s }

// tab is one page of the browser, with what went wrong in it so far.
type tab struct {
	*testing.T
	ctx     context.Context
	browser *chromium
	faults  *served.Log // console errors, exceptions, and answers of 400 and above
}

// tab opens an empty tab that closes with the test.
func (b *chromium) tab(t *testing.T, s screen) *tab {
	t.Helper()
	ctx, shut := chromedp.NewContext(b.ctx)
	t.Cleanup(shut)
	p := &tab{T: t, ctx: ctx, browser: b, faults: &served.Log{}}
	if err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*network.EventResponseReceived); ok && e.Response.Status >= 400 {
			p.faults.Add(fmt.Sprint(e.Response.Status, " ", e.Response.URL))
		}
	}); err != nil {
		t.Fatal(err)
	}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.IsException() || m.Type == "error" || m.Type == "warning" {
				p.faults.Add(m.String())
			}
		}
	}()
	call(p, network.Enable, network.EnableParams{})
	if !s.drawn && os.Getenv("DEMARC_SHOTS") == "" {
		call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: noDrawing})
	}
	p.look(s)
	return p
}

// look changes size and theme of the tab without loading the page again.
func (p *tab) look(s screen) {
	p.Helper()
	if s.scale == 0 {
		s.scale = 1
	}
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: s.width, Height: s.height, DeviceScaleFactor: s.scale, Mobile: s.phone})
	theme := "light"
	if s.dark {
		theme = "dark"
	}
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
}

// call runs one command of the DevTools protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) R {
	p.Helper()
	result, err := chromedp.Call(p.ctx, command, params)
	if err != nil {
		p.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// patience is how long anything may take: this machine may be at work on much else.
const patience = 90 * time.Second

// do runs actions, all within the patience.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.Fatal(err)
	}
}

// js returns the value of an expression in the page; promises are awaited.
func js[T any](p *tab, format string, args ...any) T {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	expression := fmt.Sprintf(format, args...)
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for an expression to become true.
func (p *tab) until(format string, args ...any) {
	p.Helper()
	expression := fmt.Sprintf(format, args...)
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	poll := chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(patience), chromedp.WithPollingInterval(40*time.Millisecond))
	_, err := chromedp.Run(ctx, poll)
	for err != nil && ctx.Err() == nil && strings.Contains(err.Error(), leftDocument) {
		_, err = chromedp.Run(ctx, poll)
	}
	if err != nil {
		p.Fatalf("waiting for %s: %v; faults: %q", expression, err, p.faults.All())
	}
}

// leftDocument is what Chromium says of a question to a document that another has just
// taken the place of.
const leftDocument = "Cannot find context"

// open goes to an address and waits until the map, or what stands for it, is there.
func (p *tab) open(address string) {
	p.Helper()
	p.do(chromedp.Navigate(address))
	p.settle()
}

// settle waits until the figures are there and the map is drawn.
func (p *tab) settle() {
	p.Helper()
	p.until(`['idle', 'no-map', 'failed'].includes(document.body.dataset.state) &&
		document.getElementById('figures').getAttribute('aria-busy') === 'false'`)
}

// text returns what a reader sees in an element.
func (p *tab) text(selector string) string {
	p.Helper()
	return js[string](p, `document.querySelector(%q).innerText`, selector)
}

// quiet fails the test when anything went wrong or anything foreign was asked for.
func (p *tab) quiet() {
	p.Helper()
	for _, fault := range p.faults.All() {
		p.Errorf("the page reported: %s", fault)
	}
	for _, request := range p.browser.foreign.All() {
		p.Errorf("the page asked another origin: %s", request)
	}
}

// shot returns what the tab shows; with DEMARC_SHOTS=folder it is kept there too, under its name.
func (p *tab) shot(name string) image.Image {
	p.Helper()
	data, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	if folder := os.Getenv("DEMARC_SHOTS"); folder != "" && name != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".png"), data, 0o600); err != nil {
			p.Error(err)
		}
	}
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		p.Fatal(err)
	}
	return picture
}
