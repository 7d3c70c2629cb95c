package browsers

import (
	"os"
	"testing"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/words"
)

// TestShots takes the pictures of the page that are looked at before a release:
// every size, in light and dark, in every language, the panel unrolled too.
// They are kept where DEMARC_SHOTS says; without it there is nothing to do.
func TestShots(t *testing.T) {
	if os.Getenv("DEMARC_SHOTS") == "" {
		t.Skip("run make shots")
	}
	b := openBrowser(t)
	base := servePage(t, gaza.Files, nil)
	for name, s := range map[string]screen{"1440x900": desktop, "768x1024": tablet, "390x844": phone} {
		p := b.tab(t, s)
		p.open(base + "/?lang=en")
		for _, lang := range words.Langs() {
			js[any](p, `(s => { if (s.value !== %q) { s.value = %[1]q; s.dispatchEvent(new Event('change')) } })(document.getElementById('lang'))`, lang)
			p.until(`document.documentElement.lang === %q`, lang)
			for theme, look := range map[string]screen{"light": s, "dark": s.inTheDark()} {
				p.look(look)
				p.until(`document.querySelector('.chart svg') !== null`)
				p.settle()
				p.shot(name + "-" + lang + "-" + theme)
			}
		}
		p.quiet()
	}
	// The whole panel at once, with what the reader drew.
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	p.draw("#draw-area", corners)
	js[any](p, `document.getElementById('finish').click()`)
	p.until(`document.getElementById('inside-percent') !== null`)
	p.draw("#draw-line", [][2]float64{{34.20, 31.52}, {34.45, 31.32}})
	js[any](p, `document.getElementById('finish').click()`)
	p.until(`document.getElementById('side-left') !== null`)
	p.settle()
	js[any](p, `document.querySelector('.map').style.display = 'none'`)
	unrolled := screen{width: 440, height: 4600}
	p.look(unrolled)
	p.shot("panel-en")
	p.look(unrolled.inTheDark())
	js[any](p, `(s => { s.value = 'ar'; s.dispatchEvent(new Event('change')) })(document.getElementById('lang'))`)
	p.until(`document.documentElement.lang === 'ar' && document.querySelector('.chart svg') !== null`)
	p.shot("panel-ar-dark")
}
