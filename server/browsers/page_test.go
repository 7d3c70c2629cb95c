package browsers

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/static"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// today is the day on which the page is read.
var today = time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC)

// marks are those of the page that was built.
var marks = server.PageMarks{HeadStart: static.HeadStart, HeadEnd: static.HeadEnd, FiguresStart: static.FiguresStart, FiguresEnd: static.FiguresEnd}

// servePage serves the built page and a dataset; wrap, when not nil, stands in front.
func servePage(t *testing.T, folder fs.FS, wrap func(http.Handler) http.Handler) string {
	t.Helper()
	return servePageOn(t, today, folder, wrap)
}

// servePageOn does what servePage does, read on another day.
func servePageOn(t *testing.T, day time.Time, folder fs.FS, wrap func(http.Handler) http.Handler) string {
	t.Helper()
	files, built := static.Files()
	if !built {
		referee.Absent(t, "page", "the page is not built: npm ci && npm run build in static/web")
	}
	s, err := server.New(server.Options{Page: files, Built: built, Marks: marks, Context: served.GazaContext, Now: func() time.Time { return day },
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
	getJSON(t, base+"/v1/gaza/share?"+query, &answer)
	return answer
}

// TestThePage has one browser for all. What runs by default loads the page once;
// the rest runs where DEMARC_REQUIRE names chromium.
func TestThePage(t *testing.T) {
	b := openBrowser(t)
	base := servePage(t, gaza.Files, nil)
	t.Run("shows, computes and draws what the API says", func(t *testing.T) { firstLook(t, b, base) })
	t.Run("shows where it is", func(t *testing.T) { surroundings(t, b, base) })
	t.Run("thoroughly", func(t *testing.T) {
		thorough(t)
		t.Run("says the finding in the first view", func(t *testing.T) { firstView(t, b) })
		t.Run("is asked about places", func(t *testing.T) { asking(t, b, base) })
		t.Run("is drawn on by keyboard", func(t *testing.T) { drawnByKeys(t, b, base) })
		t.Run("looks up places", func(t *testing.T) { lookedUp(t, b, base) })
		t.Run("finds the reader", func(t *testing.T) { findsTheReader(t, b, base) })
		t.Run("is embedded", func(t *testing.T) { embedded(t, b, base) })
		t.Run("is printed", func(t *testing.T) { printed(t, b) })
		t.Run("is taken away", func(t *testing.T) { takenAway(t, b, base) })
		t.Run("is passed on as it is", func(t *testing.T) { sharedExactly(t, b, base) })
		t.Run("compares", func(t *testing.T) { compared(t, b) })
		t.Run("goes along the changes", func(t *testing.T) { alongTheMap(t, b) })
		t.Run("is animated", func(t *testing.T) { animated(t, b) })
		t.Run("is steered", func(t *testing.T) { steering(t, b, base) })
		t.Run("goes from change to change", func(t *testing.T) { fromChangeToChange(t, b) })
		t.Run("displaces the line", func(t *testing.T) { displaced(t, b, base) })
		t.Run("counts what was gained and lost", func(t *testing.T) { gainedAndLost(t, b, base) })
		t.Run("counts the reader's own things", func(t *testing.T) { ownThings(t, b, base) })
		t.Run("tells what is on the land", func(t *testing.T) { onTheLand(t, b, base) })
		t.Run("tells which of them changed side", func(t *testing.T) { changedSides(t, b) })
		t.Run("gives every verdict in every language", func(t *testing.T) { verdicts(t, b) })
		t.Run("is drawn on by touch", func(t *testing.T) { drawnByTouch(t, b, base) })
		t.Run("is for every reader", func(t *testing.T) { everyReader(t, b, base) })
		t.Run("looks at a file", func(t *testing.T) { filesLookedAt(t, b, base) })
		t.Run("says what it cannot show", func(t *testing.T) { failures(t, b, base) })
		t.Run("draws and names what the server says", func(t *testing.T) { painted(t, b) })
		t.Run("is kept for when the server cannot be reached", func(t *testing.T) { offline(t, b) })
		t.Run("works on old machines and small screens", func(t *testing.T) { oldMachines(t, b, base) })
		t.Run("is light in the hand", func(t *testing.T) { lightInTheHand(t, b) })
		t.Run("is measured in the hand", func(t *testing.T) { measuredHand(t, b) })
		t.Run("answers promptly", func(t *testing.T) { promptness(t, b) })
	})
}

// firstLook goes through the page as a reader does, on one load of it.
func firstLook(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small.painted())
	p.open(base + "/?lang=en")
	want := share(t, base, "")
	if got := js[string](p, `document.getElementById('percent').value`); got != fmt.Sprint(want.Percent) {
		t.Errorf("the panel's exact percent is %s, the API's %v", got, want.Percent)
	}
	for selector, said := range map[string]string{
		"#percent": fmt.Sprintf("%.1f%%", want.Percent),
		".areas":   fmt.Sprintf("%.1f%% = %.1f km² of %.1f km²", want.Percent, want.HeldKm2, want.TerritoryKm2),
		".day":     "20 January 2026",
		".mapped":  "Gaza Strip, as mapped on 19 October 2025 93 days old on 20 January 2026",
		".finding": "Gaza Strip: 53% lay behind the line published by Israel in October 2025",
	} {
		if got := p.text(selector); got != said {
			t.Errorf("%s shows %s, not %s", selector, got, said)
		}
	}
	if got, want := p.text(".cite"), want.Cite; !sameButHost(got, want) {
		t.Errorf("the citation is %q, the API's %q", got, want)
	}
	if got, want := js[string](p, `document.title`), "53.1% · Gaza Strip · as mapped on 19 October 2025"; got != want {
		t.Errorf("the title is %q, not %q", got, want)
	}
	for _, layer := range []string{"context-land", "context-builtup", "context-road", "context-main-road", "context-city", "context-town-inside", "context-town", "land", "coast", "district-line", "held-fill", "held-line",
		"control-casing", "control-name", "place-dot", "place-name"} {
		if n := js[int](p, `demarcMap.queryRenderedFeatures({layers: [%q]}).length`, layer); n == 0 {
			t.Errorf("the map shows nothing in layer %s", layer)
		}
	}
	js[any](p, `document.getElementById('download').click()`)
	p.until(`document.querySelectorAll('.links a').length > 0`)
	links := js[[]string](p, `[...document.querySelectorAll('.links a')].map((a) => a.href)`)
	p.do(chromedp.KeyEvent(kb.Escape))
	if len(links) < 10 {
		t.Errorf("only %d things to take away: %v", len(links), links)
	}
	for _, address := range links {
		if r, _ := served.Ask(t, "GET", address); r.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, r.Status)
		}
	}
	checkClaims(p, base)
	checkKey(p)
	checkColours(p, color.RGBA{0xfd, 0xfc, 0xf9, 255}, color.RGBA{0xd4, 0xe3, 0xec, 255})
	p.look(small.inTheDark())
	p.until(`demarcMap.getPaintProperty('land', 'fill-color') === '#283039' && document.body.dataset.state === 'idle'`)
	checkColours(p, color.RGBA{0x28, 0x30, 0x39, 255}, color.RGBA{0x0c, 0x18, 0x20, 255})
	drawnByMouse(p, base)
	p.quiet()
}

// checkClaims compares the table and the dots with GET /v1/gaza/claims.
func checkClaims(p *tab, base string) {
	p.Helper()
	p.until(`document.querySelectorAll('#claims tbody').length > 0 && document.querySelector('.chart svg') !== null`)
	var answer struct{ Claims []data.CheckedClaim }
	getJSON(p.T, base+"/v1/gaza/claims", &answer)
	for _, claim := range answer.Claims {
		said := p.text("#claim-" + claim.ID)
		if !claim.Checkable {
			said = js[string](p, `document.querySelector('#claim-%s').textContent`, claim.ID)
			if !strings.Contains(said, claim.Reason) {
				p.Errorf("%s: the reason it cannot be computed is not given: %s", claim.ID, said)
			}
		}
		p.saysVerdicts(claim, said)
		for _, one := range claim.Computed {
			if claim.Kind != "" {
				continue
			}
			points := strings.Replace(fmt.Sprintf("%+.1f points", one.DifferencePoints), "-", "−", 1)
			points = strings.TrimLeft(points, map[bool]string{true: "+−"}[strings.HasSuffix(points, "0.0 points")])
			for _, want := range []string{claim.Wording, claim.Quote, fmt.Sprintf("%.1f%%", one.Percent), points} {
				if !strings.Contains(said, want) {
					p.Errorf("%s under %s does not say %q: %s", claim.ID, one.Basis, want, said)
				}
			}
		}
		if href := js[string](p, `document.querySelector('#claim-%s .said a')?.href ?? ''`, claim.ID); href == "" || claim.Checkable && claim.URL == "" {
			p.Errorf("%s has no address: the page links to %q", claim.ID, href)
		}
		dots := 1
		if claim.Kind != "" { // the axis is one of shares
			dots = 0
		}
		if claim.DayUnknown {
			dots = 0
			if said := js[string](p, `document.querySelector('#claim-%s').textContent`, claim.ID); !strings.Contains(said, "day not shown") {
				p.Errorf("%s does not say that its day is not shown: %s", claim.ID, said)
			}
		}
		if n := js[int](p, `document.querySelectorAll('.chart [data-claim=%q]').length`, claim.ID); n != dots {
			p.Errorf("%s has %d dots on the chart, not %d", claim.ID, n, dots)
		}
	}
}

// checkKey reads the key on the map: what is drawn and the rest of the land, and nothing else.
func checkKey(p *tab) {
	p.Helper()
	p.until(`document.querySelectorAll('.key li').length > 0`)
	if got := js[[]string](p, `[...document.querySelectorAll('.key li')].map((row) => row.textContent)`); len(got) != 2 || !strings.Contains(got[0], "Israel") {
		p.Errorf("the key says %q", got)
	}
	if js[bool](p, `document.querySelector('.key .omitted') !== null`) {
		p.Error("the key says that the tiles leave something out")
	}
}

// heldFill is the colour that the map fills Israel's land with.
func heldFill(p *tab) (out color.RGBA) {
	p.Helper()
	hex := js[string](p, `(fill => Array.isArray(fill) ? fill[fill.indexOf('israel') + 1] : fill)(demarcMap.getPaintProperty('held-fill', 'fill-color'))`)
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &out.R, &out.G, &out.B); err != nil {
		p.Fatalf("held land is filled with %q", hex)
	}
	out.A = 255
	return out
}

// checkColours looks at three places of the map: held, free and foreign.
func checkColours(p *tab, land, sea color.RGBA) {
	p.Helper()
	picture := p.shot("")
	for _, spot := range []struct {
		name     string
		lon, lat float64
		want     color.RGBA
	}{
		{"held", 34.340, 31.285, mixed(land, heldFill(p))},
		{"free", 34.425, 31.480, land},
		{"sea", 34.300, 31.500, sea},
	} {
		if got := p.pixel(picture, spot.lon, spot.lat); served.Distance(got, spot.want) > 3 {
			p.Errorf("%s ground at %g %g: %v, want %v", spot.name, spot.lon, spot.lat, got, spot.want)
		}
	}
}

// getJSON asks the API.
func getJSON(t *testing.T, address string, into any) {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, response.Status, err)
	}
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
