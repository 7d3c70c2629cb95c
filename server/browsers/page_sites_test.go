package browsers

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// someSites are invented; one lies 59 m from the line, which is known to 100 m.
const someSites = `name,lon,lat,kind,pupils
a,34.465,31.52,school,600
b,34.27,31.25,school,350
c,34.23832446,31.3138565,clinic,
d,34.34,31.42,school,420
e,34.35643,31.38268,clinic,
f,34.20,31.60,school,10
`

// located is what the tally tells of a thing, as far as the page shows it.
type located struct {
	Side      data.LandSide
	DistanceM *float64 `json:"distance_m"`
	Certain   bool
	Changes   []data.SideChange
}

// tallied is an answer of the tally.
type tallied struct {
	data.Tally
	Located []located
}

// postedTally asks the API about a file.
func postedTally(t *testing.T, base, query, text string) string {
	t.Helper()
	response, err := http.Post(base+"/v1/"+query, "application/octet-stream", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %s", query, response.Status, err, answer)
	}
	return string(answer)
}

// tallyOf is an answer of the API as JSON.
func tallyOf(t *testing.T, base, query, text string) (out tallied) {
	t.Helper()
	if err := json.Unmarshal([]byte(postedTally(t, base, query, text)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// chooseSites gives the page a file to count.
func (p *tab) chooseSites(name, text string) {
	p.Helper()
	js[any](p, `document.getElementById('sites').open = true`)
	p.until(`document.getElementById('sites-file') !== null`)
	path := filepath.Join(p.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#sites-file"), []string{path}))
	p.until(`document.querySelector('#sites-sides, #sites-answer .notice') !== null`)
}

// drop drops a file on the page.
func (p *tab) drop(name, text string) {
	p.Helper()
	js[any](p, `(() => {
		const data = new DataTransfer();
		data.items.add(new File([%q], %q));
		document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
	})()`, text, name)
}

// set changes a control as a hand does.
func (p *tab) set(id, value string) {
	p.Helper()
	js[any](p, `(s => { s.value = %q; s.dispatchEvent(new Event('change')) })(document.getElementById(%q))`, value, id)
}

// rows are the texts of a table's cells.
func (p *tab) rows(id string) [][]string {
	p.Helper()
	return js[[][]string](p, `[...document.querySelectorAll("#%s tbody tr")].map(row => [...row.cells].map(cell => cell.innerText.trim()))`, id)
}

// ownThings tests that the page counts the reader's things as the API does, whatever
// is asked, and shows each as it lies.
func ownThings(t *testing.T, b *chromium, plain string) {
	slow := make(chan struct{}) // what is asked under another reading is answered once this is closed
	base := servePage(t, gaza.Files, func(page http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("basis") == "line-cut" && strings.HasSuffix(r.URL.Path, "/tally") {
				select {
				case <-slow:
				case <-r.Context().Done():
				}
			}
			page.ServeHTTP(w, r)
		})
	})
	p := b.tab(t, small.painted())
	p.open(base + "/?lang=en")
	if js[bool](p, `performance.getEntriesByType('resource').some(one => one.name.includes('/sites-'))`) {
		t.Error("what counts things is fetched before anybody wants it")
	}
	js[any](p, `document.querySelector('#sites summary').focus()`)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.getElementById('sites-file')?.checkVisibility()`)
	if got := p.text("#sites"); !strings.Contains(got, "Nothing of it is stored") {
		t.Errorf("it does not say that nothing is stored: %s", got)
	}
	p.chooseSites("sites.csv", someSites)
	p.counts(base, "basis=traced&within=500")
	for id, want := range map[string]string{
		"sites-sides":     "[[Behind the line published by Israel 2 to 3] [within 500 m of the line 1] [Not behind the line 2 to 3] [within 500 m of the line 0] [Outside Gaza Strip 1] [All 6]]",
		"sites-districts": "[[Deir Al-Balah 0 of 1] [Gaza 0 of 1] [Khan Younis 0 to 1 of 1] [North Gaza –] [Rafah 2 of 2] [In no district 0 of 1]]",
		"sites-readings":  "[[Traced area 2 to 3 of 6] [Cut by the line 2 to 3 of 6]]",
	} {
		if got := fmt.Sprint(p.rows(id)); got != want {
			t.Errorf("%s shows %s, not %s", id, got, want)
		}
	}
	p.marked()

	// Whatever is asked otherwise is asked anew, and what was said before is gone meanwhile.
	p.set("sites-by", "kind")
	p.counts(base, "basis=traced&within=500&by=kind")
	p.set("sites-weight", "pupils")
	p.counts(base, "basis=traced&within=500&by=kind&weight=pupils")
	if got, want := fmt.Sprint(p.rows("sites-groups")), "[[school 1 of 4 350 of 1,380] [clinic 1 to 2 of 2 –]]"; got != want {
		t.Errorf("the groups are %s, not %s", got, want)
	}
	if got := p.text("#sites-weighed"); got != "350 of 1,380 pupils" {
		t.Errorf("the weight is told as %q", got)
	}
	p.set("sites-within", "5000")
	p.counts(base, "basis=traced&within=5000&by=kind&weight=pupils")
	js[any](p, `document.getElementById('basis-line-cut').click()`)
	p.until(`document.getElementById('sites-held') === null && document.getElementById('sites-csv') === null && document.querySelector('.key .thing') === null`)
	p.until(`demarcMap.getSource('demarc-things').serialize().data.features.length === 0`)
	close(slow)
	p.counts(base, "basis=line-cut&within=5000&by=kind&weight=pupils")
	p.set("pick-district", "rafah")
	p.counts(base, "basis=line-cut&within=5000&by=kind&weight=pupils&of=rafah")
	p.takenAway(base, "basis=line-cut&within=5000&by=kind&weight=pupils&of=rafah")
	p.set("pick-district", "gaza-strip")
	js[any](p, `document.getElementById('basis-traced').click()`)
	p.counts(base, "basis=traced&within=5000&by=kind&weight=pupils")
	p.inEveryLanguage("sites", "#sites", func() {
		p.until(`document.querySelector('#sites-things') !== null`)
		js[any](p, `document.querySelectorAll('#sites details').forEach(d => { d.open = true })`)
	})
	p.set("lang", "en")
	p.until(`document.documentElement.lang === 'en' && document.getElementById('sites-paste') !== null`)
	p.pasted(base)
	js[any](p, `document.getElementById('sites-clear').click()`)
	p.until(`!document.getElementById('sites-answer').checkVisibility() && document.querySelector('.key .thing') === null`)
	p.until(`demarcMap.getSource('demarc-things').serialize().data.features.length === 0`)
	p.quiet()
	refusedThings(t, b, plain)
	droppedThings(t, b, plain)
	withoutTheCode(t, b)
}

// counts holds the headline, the amounts by side and the things one by one against the
// API's answer to the same question.
func (p *tab) counts(base, query string) {
	p.Helper()
	want := tallyOf(p.T, base, "gaza/tally?name=sites.csv&as_of=2026-01-20&"+query, someSites)
	state, err := json.Marshal(struct {
		Held, By, Weight, Of string
		Things               int
	}{fmt.Sprint(want.Readings[0].Total.Held.Value.Number), want.By, want.Weight, want.Of, len(want.Located)})
	if err != nil {
		p.Fatal(err)
	}
	p.until(`(want => document.getElementById('sites-held')?.value === want.Held && document.querySelectorAll('#sites-things tbody tr').length === want.Things &&
		(document.getElementById('sites-groups')?.querySelector('th').innerText ?? '') === want.By && (want.Weight === '' || document.querySelector('#sites-sides thead').innerText.includes(want.Weight)) &&
		document.querySelector('#sites-sides tr:nth-child(2)').innerText.includes(%q))(%s)`, within(want.WithinM), state)
	held := want.Readings[0].Total.Held
	said := fmt.Sprintf("%g", held.Low.Number)
	if held.High != held.Low {
		said = fmt.Sprintf("%g to %g", held.Low.Number, held.High.Number)
	}
	if got := p.text("#sites-held"); got != fmt.Sprintf("%s of %d", said, want.Things) {
		p.Errorf("%s: the page says %q, the API %s of %d", query, got, said, want.Things)
	}
	for i, row := range p.rows("sites-things") {
		one := want.Located[i]
		certain := map[bool]string{true: "certain", false: "may be on either side"}[one.Certain]
		if metres := strings.ReplaceAll(row[2], ",", ""); metres != fmt.Sprintf("%.0f", *one.DistanceM) || row[3] != certain {
			p.Errorf("%s: row %d is %q, the API says %g m and %s", query, i, row, *one.DistanceM, certain)
		}
		kind := js[string](p, `document.querySelectorAll('#sites-things tbody .mark')[%d].getAttribute('class')`, i)
		if got := strings.Contains(kind, "unsure"); !strings.Contains(kind, string(one.Side)) || got == one.Certain {
			p.Errorf("%s: row %d is marked %q, the API says %s, certain: %t", query, i, kind, one.Side, one.Certain)
		}
	}
}

func within(metres float64) string {
	if metres == 5000 {
		return "5,000"
	}
	return fmt.Sprint(metres)
}

// marked tests the marks on the map: a shape for each side, hollow where either side is
// possible, told in the key and on a click.
func (p *tab) marked() {
	p.Helper()
	p.until(`document.body.dataset.state === 'idle' && demarcMap.getSource('demarc-things').serialize().data.features.length === 6 && document.querySelectorAll('.key .thing').length === 4`)
	if n := js[int](p, `new Set(demarcMap.queryRenderedFeatures({ layers: ['thing-mark'] }).map(one => one.properties.name)).size`); n != 6 {
		p.Errorf("%d of 6 marks are on the map", n)
	}
	same := func(a, b string) bool {
		return js[bool](p, `((a, b) => a.length === b.length && a.every((ink, i) => i %% 4 !== 3 || ink === b[i]))(...[%q, %q].map(name => demarcMap.getImage('thing light traced ' + name).data.data))`, a, b)
	}
	if same("held sure", "free sure") || same("held sure", "outside sure") || same("free sure", "outside sure") {
		p.Error("two sides have marks of one shape")
	}
	picture := p.shot("")
	sure, unsure := p.pixel(picture, 34.27, 31.25), p.pixel(picture, 34.35643, 31.38268)
	if sure.R > 60 || unsure.R < 240 || unsure.G < 240 {
		p.Errorf("a certain mark is filled with %v, one that is not with %v", sure, unsure)
	}
	x, y := p.at(34.35643, 31.38268)
	p.do(chromedp.MouseClickXY(x, y))
	p.until(`document.querySelector('.told') !== null`)
	if got := p.text(".told"); !strings.Contains(got, "\ne\n") || !strings.Contains(got, "may be on either side") {
		p.Errorf("a click on the mark says %q", got)
	}
	p.do(chromedp.KeyEvent(kb.Escape))
}

// takenAway tests that the files are those of the API's answer.
func (p *tab) takenAway(base, query string) {
	p.Helper()
	js[any](p, `window.make ??= URL.createObjectURL; URL.createObjectURL = file => { window.saved = file.text(); return make.call(URL, file) }`)
	for _, format := range []string{"csv", "geojson"} {
		js[any](p, `window.saved = null; document.getElementById('sites-%s').click()`, format)
		p.until(`window.saved !== null`)
		got := js[string](p, `window.saved`)
		want := postedTally(p.T, base, "gaza/tally?name=sites.csv&as_of=2026-01-20&party=israel&polygons=point&"+query+"&f="+format, someSites)
		if !sameButHost(got, want) {
			p.Errorf("as %s the page takes away %.300s, the API gives %.300s", format, got, want)
		}
	}
}

// pasted tests coordinates in both orders, with names, and a line that holds none.
func (p *tab) pasted(base string) {
	p.Helper()
	paste := func(text, order string) {
		js[any](p, `document.querySelector("#sites details").open = true; document.getElementById("sites-paste").value = %q; document.getElementById('sites-order').value = %q; document.getElementById('sites-paste-go').click()`, text, order)
	}
	named := func(want string) {
		p.Helper()
		p.until(`document.getElementById('sites-held') !== null && [...document.querySelectorAll('#sites-things tbody tr')].map(row => row.cells[0].innerText + '=' + row.cells[2].innerText).join(' ') === %q`, want)
	}
	paste("31.52, 34.465\n\n(31.25; 34.27) the school\n", "lat-lon")
	named("#1=1,894 the school=7,077")
	paste("34.465 31.52 x\n34.27\t31.25", "lon-lat")
	named("x=1,894 #2=7,077")
	paste("34.465 31.52", "lat-lon")
	p.until(`document.querySelector('#sites-answer .wrong')?.innerText.includes('outside')`)
	paste(`{"type":"Point","coordinates":[34.27,31.25]}`, "lat-lon")
	named("#1=7,077")
	paste(someSites, "lat-lon")
	named("a=1,894 b=7,077 c=1,050 d=3,845 e=59 f=" + strings.TrimSpace(p.distanceOf(base, someSites, 5)))
	paste("31.52, 34.465\nsomewhere\n", "lat-lon")
	p.until(`[...document.querySelectorAll('#sites .wrong')].some(one => one.checkVisibility() && one.innerText.startsWith('Line 2 '))`)
}

// distanceOf is how far a thing is from the line, as the page writes it.
func (p *tab) distanceOf(base, text string, index int) string {
	p.Helper()
	metres := *tallyOf(p.T, base, "gaza/tally?name=s.csv&as_of=2026-01-20", text).Located[index].DistanceM
	return js[string](p, `new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }).format(%g)`, metres)
}

// refusedThings tests that what cannot be counted is said in the reader's language, with
// the server's words.
func refusedThings(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small)
	for lang, heading := range map[string]string{"en": "This cannot be counted", "ar": "لا يمكن عدّ هذا", "he": "אי אפשר לספור את זה"} {
		p.open(base + "/?lang=" + lang)
		p.chooseSites("words.txt", "hello")
		if got := p.text("#sites-answer .notice"); !strings.HasPrefix(got, heading) || !strings.Contains(got, "unknown-format") {
			t.Errorf("%s: the refusal is %q", lang, got)
		}
		if p.text("#sites-answer [lang=en]") == "" || js[bool](p, `document.getElementById('sites-csv') !== null`) {
			t.Errorf("%s: the server's words are not marked as English, or there are files of no answer", lang)
		}
	}
}

// droppedThings tests that a dropped file of places is counted, and that one of zones is
// looked at where the server does so, with either way open from the other.
func droppedThings(t *testing.T, b *chromium, plain string) {
	const point, zone = `{"type":"Point","coordinates":[34.27,31.25]}`, `{"type":"Polygon","coordinates":[[[34.26,31.24],[34.28,31.24],[34.28,31.26],[34.26,31.24]]]}`
	p := b.tab(t, small)
	drop := func(text string) { p.drop("mine.geojson", text) }
	counted := func() {
		t.Helper()
		p.until(`document.getElementById('sites-held')?.checkVisibility() && document.getElementById('sites-name').innerText === 'Counted: mine.geojson'`)
		if got := p.text("#sites-held"); got != "1 of 1" {
			t.Errorf("the page says %q", got)
		}
	}
	p.open(plain + "/?lang=en")
	drop(zone)
	counted()
	if js[bool](p, `document.getElementById('sites-inspect') !== null`) {
		t.Error("a server that looks at no files offers it")
	}
	base := editingPage(t)
	p.open(base + "/?lang=en&area=gaza")
	drop(point)
	counted()
	js[any](p, `document.getElementById('sites-inspect').click()`)
	p.until(`document.getElementById('inspection')?.open`)
	p.do(chromedp.KeyEvent(kb.Escape))
	js[any](p, `document.getElementById('sites-clear').click()`)
	drop(zone)
	p.until(`document.getElementById('inspection')?.open`)
	js[any](p, `document.getElementById('inspection-count').click()`)
	counted()
	p.quiet()
}

// withoutTheCode tests that a page whose further code is out of reach says so.
func withoutTheCode(t *testing.T, b *chromium) {
	base := servePage(t, gaza.Files, func(page http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Path, "/sites-") {
				http.NotFound(w, r)
				return
			}
			page.ServeHTTP(w, r)
		})
	})
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	js[any](p, `document.getElementById('sites').open = true`)
	p.until(`document.querySelector('#sites .notice')?.innerText.includes('No answer from the server')`)
	p.drop("mine.csv", someSites)
	p.until(`document.querySelector('dialog[open] .notice')?.innerText.includes('No answer from the server')`)
	js[any](p, `document.querySelector('dialog button').click()`)
	p.until(`document.querySelector('dialog') === null`)
}

// changedSides tests that the page tells which things changed side and when, as the API
// does, and drops the answer with the day.
func changedSides(t *testing.T, b *chromium) {
	base := servePage(t, demo.Files(), nil)
	p := b.tab(t, small)
	p.open(base + "/?lang=en")
	var about struct {
		First string    `json:"first_date"`
		BBox  []float64 `json:"bbox"`
	}
	getJSON(t, base+"/v1/demo", &about)
	var text strings.Builder
	text.WriteString("name,lon,lat\n")
	for i := range 5 {
		for k := range 4 {
			at := func(low, high float64, part int, of float64) float64 { return low + (high-low)*(float64(part)+1)/of }
			fmt.Fprintf(&text, "s%d%d,%g,%g\n", i, k, at(about.BBox[0], about.BBox[2], i, 6), at(about.BBox[1], about.BBox[3], k, 5))
		}
	}
	p.chooseSites("sites.csv", text.String())
	js[any](p, `document.getElementById('sites-follow').click()`)
	p.until(`document.getElementById('sites-changes') !== null`)
	want := tallyOf(t, base, "demo/tally?name=sites.csv&within=500&from="+url.QueryEscape(about.First), text.String())
	changes := 0
	for _, one := range want.Located {
		changes += len(one.Changes)
	}
	if want.Along.Things == 0 || changes < 3 {
		t.Fatalf("%d things of the dataset change side", want.Along.Things)
	}
	rows := p.rows("sites-changes")
	if got := p.text("#sites-changed"); got != fmt.Sprintf("%d of 20 change side.", want.Along.Things) || len(rows) != min(changes, 25) {
		t.Errorf("it says %q in %d rows, the API has %d things and %d changes", got, len(rows), want.Along.Things, changes)
	}
	first := ""
	for i, one := range want.Located {
		for _, change := range one.Changes {
			if first == "" || change.Day.String() < first {
				first = change.Day.String()
			}
			name := fmt.Sprintf("s%d%d", i/4, i%4)
			found := false
			for _, row := range rows {
				found = found || row[0] == name && sameDay(strings.TrimPrefix(row[1], "by "), change.Day.String()) && strings.HasPrefix(row[1], "by ") == change.AfterGap
			}
			if !found && changes <= 25 {
				t.Errorf("%s changes on %s: not in %q", name, change.Day, rows)
			}
		}
	}
	if !sameDay(strings.TrimPrefix(rows[0][1], "by "), first) {
		t.Errorf("the first change is told for %q, the API's is on %s", rows[0][1], first)
	}
	// Of another day are other sides.
	before := p.text("#sites-held")
	early := tallyOf(t, base, "demo/tally?name=sites.csv&as_of="+about.First, text.String()).Readings[0].Total.Held
	p.set("as-of", about.First)
	p.until(`document.getElementById('sites-held')?.value === %q`, fmt.Sprint(early.Value.Number))
	if after := p.text("#sites-held"); after == before {
		t.Errorf("on the first day as on the last %s lie behind the line", after)
	}
	p.quiet()
}
