package browsers

import (
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
)

// A sheet in a PDF file, and one of 210 by 297 mm, in points.
var (
	sheetOfPaper = regexp.MustCompile(`/Type\s*/Page\b`)
	paperA4      = regexp.MustCompile(`MediaBox \[0 0 59[45][.0-9]* 84[12][.0-9]*\]`)
)

// printed tests that the page is one sheet of A4 with the finding, the map, its key,
// the districts and whose work it is, light from a dark screen too, and that the
// drawing is fetched for it and not before.
func printed(t *testing.T, b *chromium) {
	gazas := servePageOn(t, later, gaza.Files, nil)
	for _, c := range []struct {
		name, address string
		screen        screen
	}{
		{"desktop, English", gazas + "/?lang=en", desktop},
		{"a dark phone, Arabic", gazas + "/?lang=ar&of=rafah", phone.inTheDark()},
		{"three parties, Hebrew", servePageOn(t, later, demo.Files(), nil) + "/?lang=he", small.inTheDark()},
	} {
		p := b.tab(t, c.screen)
		p.open(c.address)
		p.until(`document.querySelectorAll('.key:not(.awaited) li').length > 0`)
		if js[bool](p, `performance.getEntriesByType('resource').some((one) => one.name.includes('map.svg'))`) {
			t.Errorf("%s: the drawing is fetched although nothing is printed", c.name)
		}
		pdf := call(p, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)}).Data
		if n := len(sheetOfPaper.FindAll(pdf, -1)); n != 1 {
			t.Errorf("%s: %d pages", c.name, n)
		}
		if !paperA4.Match(pdf) {
			t.Errorf("%s: it is not A4: %s", c.name, regexp.MustCompile(`MediaBox[^/]*`).Find(pdf))
		}
		p.until(`(drawing => drawing.complete && drawing.naturalWidth > 0)(document.querySelector('.sheet'))`)

		theme := "light"
		if c.screen.dark {
			theme = "dark"
		}
		call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}})
		for _, part := range []string{".product", ".badge", ".finding", ".scale", "#percent", ".sheet", ".key", ".districts tfoot", ".imprint"} {
			if !js[bool](p, `document.querySelector(%q).checkVisibility()`, part) {
				t.Errorf("%s: %s is not printed", c.name, part)
			}
		}
		for _, part := range []string{".map > .canvas", ".tools", ".doing", ".controls", ".cards", "#claims"} {
			if js[bool](p, `document.querySelector(%q).checkVisibility()`, part) {
				t.Errorf("%s: %s is printed", c.name, part)
			}
		}
		if said := p.text(".imprint"); !strings.Contains(said, "sha256:") || !strings.Contains(said, "http") || strings.HasPrefix(c.address, gazas) != strings.Contains(said, "GeoNames") {
			t.Errorf("%s: it does not say whose work it is and how to check it: %s", c.name, said)
		}
		if paper := js[string](p, `getComputedStyle(document.body).backgroundColor`); paper != "rgb(255, 255, 255)" {
			t.Errorf("%s: the paper is %s", c.name, paper)
		}
		p.quiet()
	}

	p := b.tab(t, desktop)
	p.open(gazas + "/?lang=en")
	js[any](p, `window.print = () => { window.printedWith = document.querySelector('.sheet').complete; }; document.getElementById('print').click()`)
	p.until(`window.printedWith === true`)
}
