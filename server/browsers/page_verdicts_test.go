package browsers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
)

// inThePage is an English text of the server as the page writes numbers.
var inThePage = strings.NewReplacer(" %", "%", " to ", "–", ",", "")

// saysVerdicts holds what the page says in English of a claim against what the server
// says of it: numbers aside, it is word for word the same.
func (p *tab) saysVerdicts(claim data.CheckedClaim, said string) {
	p.Helper()
	said = inThePage.Replace(strings.Join(strings.Fields(said), " "))
	for _, one := range claim.Computed {
		if want := inThePage.Replace(one.Words); !strings.Contains(said, want) {
			p.Errorf("%s under %s does not say %q: %s", claim.ID, one.Basis, want, said)
		}
	}
	for _, one := range claim.Yardsticks {
		if want := ": " + inThePage.Replace(one.Words); !strings.Contains(said, want) {
			p.Errorf("%s, yardstick of %s, does not say %q: %s", claim.ID, one.Basis, want, said)
		}
	}
	if len(claim.Computed) == 0 {
		return
	}
	if got := js[string](p, `document.querySelector('#claim-%s p.verdict').dataset.verdict`, claim.ID); got != string(claim.Verdict) {
		p.Errorf("%s is judged %q, by the API %q", claim.ID, got, claim.Verdict)
	}
	nearest, _, _ := strings.Cut(claim.Words, " (")
	if got := inThePage.Replace(p.text("#claim-" + claim.ID + " p.verdict")); !strings.HasPrefix(got, inThePage.Replace(nearest)) {
		p.Errorf("%s: the verdict is %q, not %q", claim.ID, got, claim.Words)
	}
}

// everyVerdict are claims of every kind about the invented place, by their ids.
var everyVerdict = map[string]string{
	"open-share":   `"kind":"share","unit":"percent","low":1`,
	"far-share":    `"kind":"share","unit":"percent","low":36,"high":36.5`,
	"no-share":     `"kind":"share","unit":"percent","low":100,"high":100`,
	"area":         `"kind":"area","unit":"km2","low":1,"high":5000`,
	"change":       `"kind":"change","unit":"km2","from":"2024-03-01","to":"2024-06-01","low":-900,"high":-900`,
	"change-over":  `"kind":"change","unit":"km2","from":"2024-03-01","to":"2024-06-01","low":900,"high":900`,
	"rounded":      `"kind":"change","unit":"km2","from":"2024-03-01","to":"2024-06-01","low":111,"high":111`,
	"points":       `"kind":"change","unit":"points","from":"2024-03-01","to":"2024-06-01","low":50,"high":60`,
	"record":       `"kind":"rate","unit":"km2-a-day","from":"2024-05-01","to":"2024-06-01","record_since":"2024-03-15","low":700,"high":700`,
	"rate":         `"kind":"rate","unit":"km2-a-month","from":"2024-03-01","to":"2024-06-01","low":-500,"high":500`,
	"moved":        `"kind":"distance","unit":"m","low":100,"high":300`,
	"moved-far":    `"kind":"distance","unit":"m","from":"2024-03-01","to":"2024-06-01","low":5,"high":5`,
	"moved-beyond": `"kind":"distance","unit":"m","low":100`,
	"moved-away":   `"kind":"distance","unit":"m","low":200000,"high":200000`,
	"things":       `"kind":"tally","unit":"wells","low":195,"high":195`,
	"not-checked":  `"kind":"share","unit":"percent","low":60,"high":60,"not_checkable":"nobody knows"`,
}

// verdicts tests that claims of every kind have their verdicts in the words of each
// language, with the numbers that the API gives.
func verdicts(t *testing.T, b *chromium) {
	var texts []string
	for id, members := range everyVerdict {
		texts = append(texts, fmt.Sprintf(`{"id":%q,"stated_on":"2024-06-12","measures":"m","who":"w","wording":"w","publisher":"p","seen_in":"s","url":"https://example.org/%[1]s","of":"velmar","party":"army",%s}`, id, members))
	}
	p := b.tab(t, small)
	base := servePage(t, with(t, demo.Files(), "claims.json", "["+strings.Join(texts, ",")+"]"), withCounted)
	p.open(base + "/?lang=en")
	var answer struct{ Claims []data.CheckedClaim }
	getJSON(t, base+"/v1/demo/claims", &answer)
	p.until(`document.querySelectorAll('#claims tbody').length > 0`)
	seen, words := map[data.Verdict]int{}, ""
	for _, claim := range answer.Claims {
		p.saysVerdicts(claim, js[string](p, `document.querySelector('#claim-%s').textContent`, claim.ID))
		for _, one := range claim.Computed {
			seen[one.Verdict]++
			words += one.Words + "\n"
		}
	}
	for _, want := range []string{"agrees\n", "as rounded", "further in", "further out", "no line found", "above", "below", "; a record", "; not the record", "would be more than", "not of the whole line"} {
		if !strings.Contains(words, want) {
			t.Errorf("no claim is told as %q", want)
		}
	}
	for _, verdict := range []data.Verdict{data.Agrees, data.NeedsLineMoved, data.Differs, data.AnotherKind, data.OutOfReach} {
		if seen[verdict] == 0 {
			t.Errorf("no claim comes to %q: %v", verdict, seen)
		}
	}
	said := map[string]string{}
	p.inEveryLanguage("verdicts", "#claims", func() {
		p.until(`document.querySelectorAll('#claims tbody').length > 0`)
		js[any](p, `document.querySelector('.unchecked').open = true`)
		lang := js[string](p, `document.documentElement.lang`)
		for _, claim := range answer.Claims {
			for i, one := range claim.Computed {
				cell := js[string](p, `document.querySelectorAll('#claim-%s td[data-verdict=%s]')[%d]?.textContent ?? ''`, claim.ID, one.Verdict, before(claim.Computed[:i], one.Verdict))
				if cell == "" || lang != "en" && strings.ContainsAny(strings.ReplaceAll(strings.ReplaceAll(cell, "km", ""), "wells", ""), "abcdefghijklmnopqrstuvwxyz") {
					t.Errorf("%s: %s under %s says %q", lang, claim.ID, one.Basis, cell)
				}
				if m := one.DisplacementM; m != nil && one.Verdict == data.NeedsLineMoved && !strings.Contains(strings.ReplaceAll(cell, ",", ""), fmt.Sprintf("%.0f", math.Abs(*m))) {
					t.Errorf("%s: %s under %s does not say %g m: %q", lang, claim.ID, one.Basis, *m, cell)
				}
			}
		}
		said[lang] = p.text("#claim-no-share p.verdict")
		if got := js[string](p, `(q => { q.lang = 'en'; document.querySelector('#claims').append(q); const marks = getComputedStyle(q).quotes; q.remove(); return marks })(document.createElement('q'))`); got != `"“" "”"` {
			t.Errorf("%s: an English quote stands between %s", lang, got)
		}
	})
	if len(said) != 3 || said["ar"] == said["he"] || said["ar"] == said["en"] {
		t.Errorf("a figure that no line reaches is told as %q", said)
	}
	p.quiet()
}

// withCounted adds a claim about a number of things to the claims that the server checks.
func withCounted(page http.Handler) http.Handler {
	const counted = `{"claims":[{"id":"counted","stated_on":"2024-06-12","kind":"tally","low":195,"high":195,"unit":"wells","measures":"m","who":"w","wording":"w","publisher":"p","seen_in":"s",
		"url":"https://example.org/counted","of":"velmar","party":"army","published":"195 wells","checkable":true,"verdict":"differs","words":"computed 12 wells, 183 below what is published (seen)","computed":[
		{"basis":"seen","percent":37,"percent_low":36,"percent_high":38,"difference_points":0,"inside_band":false,"displacement_m":null,"figure":12,"figure_low":10,"figure_high":14,"unit":"wells",
		"difference":-183,"verdict":"differs","words":"computed 12 wells, 183 below what is published","self":"v1/demo"}]},`
	return rewriting(page, "/v1/demo/claims", func(text []byte) []byte {
		_, claims, _ := bytes.Cut(text, []byte(`"claims":[`))
		return append([]byte(counted), claims...)
	})
}

// before counts the comparisons that come to a verdict.
func before(all []data.Comparison, verdict data.Verdict) (n int) {
	for _, one := range all {
		if one.Verdict == verdict {
			n++
		}
	}
	return n
}

// with is a dataset's folder in which one file is another.
func with(t *testing.T, folder fs.FS, name, text string) fs.FS {
	t.Helper()
	if !json.Valid([]byte(text)) {
		t.Fatalf("%s is no JSON: %s", name, text)
	}
	out := copied(t, folder)
	out[name] = &fstest.MapFile{Data: []byte(text)}
	return out
}

// copied is a dataset's folder, to be changed.
func copied(t *testing.T, folder fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	names, err := fs.Glob(folder, "*.*json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: text}
	}
	return out
}
