package browsers

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// readersOf are languages and sizes in which a section is looked at.
var readersOf = []struct {
	name, lang string
	screen     screen
}{
	{"desktop", "en", small}, {"phone", "en", phone}, {"desktop-ar", "ar", small}, {"phone-ar", "ar", phone},
	{"desktop-he", "he", small}, {"phone-he-dark", "he", phone.inTheDark()},
}

// inEveryLanguage goes through languages and sizes, holds what a section shows to axe
// and to the width of the screen, and takes its picture.
func (p *tab) inEveryLanguage(name, section string, prepare func()) {
	p.Helper()
	js[any](p, "%s", axeSource(p.T)+"; null")
	for _, reader := range readersOf {
		p.look(reader.screen)
		js[any](p, `(s => { if (s.value !== %q) { s.value = %[1]q; s.dispatchEvent(new Event('change')) } })(document.getElementById('lang'))`, reader.lang)
		p.until(`document.documentElement.lang === %q && document.querySelector(%q) !== null`, reader.lang, section)
		prepare()
		p.settle()
		js[any](p, `document.querySelector(%q).scrollIntoView({ block: 'start' })`, section)
		if wide := js[int64](p, `document.documentElement.scrollWidth`); wide > reader.screen.width {
			p.Errorf("%s: the page is %d px wide on a screen of %d", reader.name, wide, reader.screen.width)
		}
		for _, violation := range js[[]string](p, `axe.run(document.querySelector(%q), { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`, section) {
			p.Errorf("%s: %s", reader.name, violation)
		}
		p.shot(name + "-" + reader.name)
	}
}

// displaced tests that the yardstick says and draws what the API answers.
func displaced(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small)
	p.open(base + "/?lang=en&basis=line-cut")
	open := func() { js[any](p, `document.querySelector('.yardstick').open = true`) }
	open()
	p.until(`document.getElementById('displaced-percent') !== null`)
	var curve, reached, beyond data.Displacement
	query := "/v1/gaza/displacement?basis=line-cut&as_of=2026-01-20"
	getJSON(t, base+query, &curve)
	if got := js[string](p, `document.getElementById('displaced-percent').value`); got != fmt.Sprint(curve.Share.Percent) {
		t.Errorf("where the line lies the share is %s, the API's %v", got, curve.Share.Percent)
	}
	at := func(metres float64) float64 {
		for _, point := range curve.Curve {
			if point.DistanceM == metres {
				return point.Percent
			}
		}
		t.Fatalf("the curve has no point at %g m", metres)
		return 0
	}
	slide := func(metres float64) {
		js[any](p, `(s => { s.value = '%g'; s.dispatchEvent(new Event('input')) })(document.getElementById('displace'))`, metres)
	}
	slide(500)
	p.until(`document.getElementById('displaced-percent')?.value === %q`, fmt.Sprint(at(500)))
	p.until(`demarcMap.getSource('demarc-near').serialize().data.features[0]?.properties.side === 'free'`)
	slide(400)
	p.until(`Math.abs(document.getElementById('displaced-percent')?.value - %g) < 1e-9`, (at(300)+at(500))/2)
	slide(-300)
	p.until(`document.getElementById('displaced-percent')?.value === %q`, fmt.Sprint(at(-300)))
	p.until(`demarcMap.getSource('demarc-near').serialize().data.features[0]?.properties.side === 'held'`)
	js[any](p, `document.getElementById('displace-draw').click()`)
	p.until(`demarcMap.getSource('demarc-near').serialize().data.features.length === 0`)
	js[any](p, `document.getElementById('displace-draw').click()`)

	ask := func(percent string) {
		js[any](p, `document.getElementById('displace-percent').value = %q; document.getElementById('displace-go').click()`, percent)
	}
	ask("60")
	getJSON(t, base+query+"&percent=60", &reached)
	p.until(`document.querySelector('.yardstick .verdict')?.dataset.metres === %q`, fmt.Sprint(*reached.DisplacementM))
	want := fmt.Sprintf("For 60%% to be true the line would have to lie %g m further out, everywhere.", math.Round(*reached.DisplacementM))
	if got := p.text(".yardstick .verdict"); got != want {
		t.Errorf("the verdict is %q, not %q", got, want)
	}
	ask("90") // beyond the curve
	p.until(`document.getElementById('displaced-percent')?.value === '90'`)
	ask("60")
	p.until(`document.getElementById('displaced-percent')?.value === '60'`)
	p.inEveryLanguage("yardstick", ".yardstick", func() {
		open()
		p.until(`document.querySelector('.yardstick .verdict')?.checkVisibility()`)
	})
	js[any](p, `(s => { s.value = 'en'; s.dispatchEvent(new Event('change')) })(document.getElementById('lang'))`)
	p.until(`document.documentElement.lang === 'en'`)
	open()
	js[any](p, `(s => { s.value = 'rafah'; s.dispatchEvent(new Event('change')) })(document.getElementById('pick-district')); document.getElementById('basis-traced').click()`)
	ask("100")
	getJSON(t, base+"/v1/gaza/displacement?of=rafah&as_of=2026-01-20&percent=100", &beyond)
	p.until(`document.querySelector('.yardstick .verdict')?.dataset.reached === 'no'`)
	if got := p.text(".yardstick"); beyond.DisplacementM != nil || !strings.Contains(got, beyond.Reason) {
		t.Errorf("why no line reaches 100 %% is not said: %s", got)
	}
	p.quiet()
}
