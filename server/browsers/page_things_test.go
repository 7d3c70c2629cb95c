package browsers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/served"
)

// onTheLand tests that the dataset's layers of things stand beside the land itself, as
// the API tells of them, and that one that is chosen is told as the reader's own things are.
func onTheLand(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	var want data.ThingTallies
	getJSON(t, base+"/v1/gaza/things?as_of=2026-01-20", &want)
	p.until(`document.querySelectorAll('#things tr').length === %d`, len(want.Layers)+1)
	land := share(t, base, "as_of=2026-01-20")
	says := [][]string{}
	for _, layer := range want.Layers {
		of, digits := layer.Readings[0].Total, 1
		if layer.Counts == data.CountNumber {
			digits = 0
		}
		low, high := fmt.Sprintf("%.*f", digits, of.HeldLow), fmt.Sprintf("%.*f", digits, of.HeldHigh)
		if low != high {
			low += "–" + high
		}
		says = append(says, []string{layer.Title["en"], fmt.Sprintf("%s of %.*f", low, digits, of.All), fmt.Sprintf("%.1f%%", *of.HeldPercent)})
	}
	for i, row := range p.rows("things table") {
		want := []string{"The land itself", fmt.Sprintf("%.1f of %.1f km²", land.HeldKm2, land.TerritoryKm2), fmt.Sprintf("%.1f%%", land.Percent)}
		if i < len(says) {
			want = says[i]
		}
		for k, one := range want {
			if !strings.HasPrefix(row[k], one) {
				t.Errorf("row %d is %q without %q", i, row, one)
			}
		}
	}
	if got := fmt.Sprint(p.rows("things table")); !strings.Contains(got, "as mapped on 6 August 2021") {
		t.Errorf("the day of the built-up area is missing: %s", got)
	}

	js[any](p, `document.getElementById('things-built-up').click()`)
	p.builtUp(base, "traced", "42.28 to 45.99 of 119.53 km²")
	if js[bool](p, `document.getElementById('sites-by').checkVisibility() || document.getElementById('sites-geojson') !== null`) {
		t.Error("a layer of the dataset's own is offered what only a file has")
	}
	for selector, says := range map[string]string{
		"#sites-name": "Counted: Built-up area", "#sites-mapped": "As mapped on 6 August 2021.", "#sites-answer .parts": "Nothing here says what is still standing.",
	} {
		if got := p.text(selector); !strings.Contains(got, says) {
			t.Errorf("%s says %q, not %q", selector, got, says)
		}
	}
	if got := fmt.Sprint(p.rows("sites-districts")); strings.Contains(got, "In no district") {
		t.Errorf("slivers are told of: %s", got)
	}
	js[any](p, `document.getElementById('basis-line-cut').click()`)
	p.builtUp(base, "line-cut", "")
	js[any](p, `window.make = URL.createObjectURL; URL.createObjectURL = file => { window.saved = file.text(); return make.call(URL, file) }; window.saved = null; document.getElementById('sites-csv').click()`)
	p.until(`window.saved !== null`)
	r, text := served.Ask(t, "GET", base+"/v1/gaza/things.csv?as_of=2026-01-20&basis=line-cut&layer=built-up&within=500")
	if got := js[string](p, `window.saved`); got == "" || !sameButHost(got, string(text)) {
		t.Errorf("%s: the CSV is %.300s, the API's %.300s", r.Status, got, text)
	}
	p.inEveryLanguage("things", "#things", func() { p.until(`document.querySelectorAll('#things tr').length === %d`, len(want.Layers)+1) })
	p.quiet()
}

// builtUp holds what the page says of the built-up area against the API.
func (p *tab) builtUp(base, basis, says string) {
	p.Helper()
	var want data.ThingTallies
	getJSON(p.T, base+"/v1/gaza/things?as_of=2026-01-20&layer=built-up&within=500&basis="+basis, &want)
	of := want.Layers[0].Readings[0].Total
	p.until(`document.getElementById('sites-held')?.value === %q && document.getElementById('basis-%s').checked`, fmt.Sprint(of.Held), basis)
	if got := p.text("#sites-held"); says != "" && got != says {
		p.Errorf("%s: %q is told, not %q", basis, got, says)
	}
	if got := p.rows("sites-sides"); got[1][1] != fmt.Sprintf("%.2f", of.NearHeld) || got[2][1] != fmt.Sprintf("%.2f to %.2f", of.FreeLow, of.FreeHigh) {
		p.Errorf("%s: the sides are %q, the API has %+v", basis, got, of)
	}
}
