package browsers

import (
	"fmt"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
)

// gainedAndLost tests that bars and their table are of the periods that the API
// answers, with gaps and new sources marked, and that there are none where nothing
// ever changes.
func gainedAndLost(t *testing.T, b *chromium, gaza string) {
	base := servePage(t, demo.Files(), nil)
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	allBreaks, allGaps := 0, 0
	for _, every := range []string{"month", "year", "week"} {
		js[any](p, `(s => { s.value = %q; s.dispatchEvent(new Event('change')) })(document.getElementById('every'))`, every)
		var answer data.Periods
		getJSON(t, base+"/v1/demo/series?every="+every, &answer)
		p.until(`document.querySelectorAll('.bars [data-period]').length === %d && document.querySelector('.bars tr[data-period="%s"]') !== null`, 2*len(answer.Periods), answer.Periods[0].Name)
		breaks, gaps := 0, 0
		for _, period := range answer.Periods {
			if period.MethodBreak {
				breaks++
			}
			if period.GainedKm2 == nil || period.LostKm2 == nil {
				gaps++
				continue
			}
			row := js[[]string](p, `[...document.querySelectorAll('.bars tr[data-period="%s"] data')].map(d => d.value)`, period.Name)
			if got, want := fmt.Sprint(row), fmt.Sprint([]float64{*period.GainedKm2, *period.LostKm2, *period.NetKm2}); got != want {
				t.Errorf("%s: the table has %s, the API %s", period.Name, got, want)
			}
		}
		if got := js[int](p, `document.querySelectorAll('.bars [data-period] .chart-break').length`); got != breaks {
			t.Errorf("by %s %d breaks are drawn, not %d", every, got, breaks)
		}
		if got := js[int](p, `document.querySelectorAll('.bars [data-period] .bar-gap').length`); got != gaps {
			t.Errorf("by %s %d gaps are drawn, not %d", every, got, gaps)
		}
		allBreaks, allGaps = allBreaks+breaks, allGaps+gaps
	}
	if allBreaks == 0 || allGaps == 0 {
		t.Errorf("the dataset has %d breaks and %d gaps", allBreaks, allGaps)
	}
	js[any](p, `(s => { s.value = 'month'; s.dispatchEvent(new Event('change')) })(document.getElementById('every'))`)
	p.inEveryLanguage("bars", ".bars", func() {
		p.until(`document.querySelector('.bars .chart svg')?.checkVisibility()`)
		js[any](p, `document.querySelector('.bars details').open = true`)
	})
	p.quiet()

	p = b.tab(t, small)
	p.open(gaza + "/?lang=en")
	p.until(`document.querySelector('.over-time .chart svg') !== null`)
	p.settle()
	if js[bool](p, `document.querySelector('.bars').checkVisibility()`) {
		t.Error("there are bars where nothing ever changes")
	}
}
