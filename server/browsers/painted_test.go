package browsers

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/chromedp/chromedp"
	"pgregory.net/rapid"
)

// The page, by day and dark, and the style in MapLibre paint as held what counts: see
// paintedLaw. The datasets are those of the cases, where they are there, the embedded
// ones and random ones, the same in every run; with -soak more of them.
func TestWhatMapsInABrowserPaintAsHeldIsWhatCounts(t *testing.T) {
	thorough(t)
	b := openBrowser(t)
	pages := clientPages(t)
	check := func(name string, files fs.FS) {
		t.Run(name, func(t *testing.T) {
			snapshot, _, err := data.Read(t.Context(), files)
			if err != nil {
				t.Fatal(err)
			}
			law := paintedLaw{T: t, snapshot: snapshot, basis: snapshot.Dataset.Basis, base: servePage(t, files, nil)}
			wide := screen{width: 900, height: 520, scale: 2}
			p := b.tab(t, wide.painted())
			p.open(law.base + "/?lang=en")
			law.sameStyle(p)
			law.check(p, "the page by day", false)
			if name == "demo" || name == "multi" {
				p.look(wide.inTheDark())
				p.until(`demarcMap.getPaintProperty('land', 'fill-color') === %q && document.body.dataset.state === 'idle'`, look.DarkLand)
				law.check(p, "the dark page", true)
			}
			law.patterns(p)
			p.quiet()

			m := b.tab(t, screen{width: 520, height: 520, scale: 2}.painted())
			style := law.base + "/styles/" + snapshot.Dataset.ID + ".json"
			m.do(chromedp.Navigate(pages + "/?client=maplibre&style=" + url.QueryEscape(style)))
			m.until(`document.body.dataset.state === 'drawn'`)
			law.check(m, "the style in MapLibre", false)
			m.quiet()
		})
	}
	check("demo", demo.Files())
	cases, measures := []string{"two", "counts", "multi"}, []data.Measure{data.RestrictedBy}
	if *referee.Long {
		cases, measures = append(cases, "three"), append(measures, data.HeldBy, data.ClaimedBy)
	}
	for _, name := range cases {
		folder := filepath.Join(referee.Root(), "..", "shared", "cases", "datasets", name)
		if _, err := os.Stat(folder); err != nil {
			if referee.Required("reference") {
				t.Errorf("%s is required by DEMARC_REQUIRE", folder)
			}
			continue
		}
		check(name, os.DirFS(folder))
	}
	for _, measure := range measures {
		check("random, "+string(measure), drawnOf(t, measure))
	}
}

// drawnOf is the first random dataset in which parties have land by a measure, alone and
// together: three shapes at least.
func drawnOf(t *testing.T, measure data.Measure) fs.FS {
	t.Helper()
	random := rapid.Custom(func(t *rapid.T) fs.FS { return drawn.Dataset(t) })
	for seed := range 1000 {
		files := measured(t, random.Example(seed), measure)
		s, _, err := data.Read(t.Context(), files)
		if err != nil {
			t.Fatal(err)
		}
		land, err := s.HeldLand(t.Context(), data.Edition{Epoch: s.Epochs[len(s.Epochs)-1], Basis: s.Dataset.Basis})
		if err != nil {
			t.Fatal(err)
		}
		if len(land) >= 3 {
			return files
		}
	}
	t.Fatalf("no dataset of a thousand has three shapes of land by %s", measure)
	return nil
}

// measured is a dataset whose readings measure something else than they said.
func measured(t *testing.T, files fs.FS, measure data.Measure) fs.FS {
	t.Helper()
	out := copied(t, files)
	var dataset map[string]any
	if err := json.Unmarshal(out["dataset.json"].Data, &dataset); err != nil {
		t.Fatal(err)
	}
	for _, basis := range dataset["bases"].([]any) {
		basis.(map[string]any)["measures"] = measure
	}
	text, err := json.Marshal(dataset)
	if err != nil {
		t.Fatal(err)
	}
	out["dataset.json"].Data = text
	return out
}
