package static

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/internal/referee"
)

func TestABuiltPageIsServedFromItsOwnRoot(t *testing.T) {
	files, built := filesOf(fstest.MapFS{
		"assets/fallback.html":        {Data: []byte("not built")},
		"assets/dist/index.html":      {Data: []byte("built")},
		"assets/dist/assets/index.js": {Data: []byte("js")},
	})
	if !built {
		t.Fatal("a folder with dist/index.html counts as not built")
	}
	for name, want := range map[string]string{"index.html": "built", "assets/index.js": "js"} {
		if got, err := fs.ReadFile(files, name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if _, err := fs.Stat(files, "fallback.html"); err == nil {
		t.Error("the fallback is reachable beside the built page")
	}
}

func TestWithoutABuildThereIsTheFallback(t *testing.T) {
	for name, all := range map[string]fstest.MapFS{
		"no dist":        {"assets/fallback.html": {Data: []byte("not built")}},
		"an unfinished":  {"assets/fallback.html": {Data: []byte("not built")}, "assets/dist/assets/a.js": {}},
		"an empty build": {"assets/fallback.html": {Data: []byte("not built")}, "assets/dist": {Mode: fs.ModeDir}},
	} {
		files, built := filesOf(all)
		if built {
			t.Errorf("%s: counts as built", name)
		}
		if got, err := fs.ReadFile(files, "fallback.html"); err != nil || string(got) != "not built" {
			t.Errorf("%s: fallback.html: %q, %v", name, got, err)
		}
	}
}

func TestTheFallbackSaysWhatToDoAndNeedsNothing(t *testing.T) {
	page, err := fs.ReadFile(assets, "assets/fallback.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"make run", `href="v1"`, `href="docs"`, `lang="en"`, "<title>"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("fallback.html does not hold %q", want)
		}
	}
	refuseForeign(t, "fallback.html", string(page))
}

func TestTheBuiltPageHasItsMarksAndNamesNoOtherOrigin(t *testing.T) {
	files, built := Files()
	if !built {
		referee.Absent(t, "page", "the page is not built: npm ci && npm run build in static/web")
	}
	data, err := fs.ReadFile(files, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	at := -1
	for _, mark := range []string{HeadStart, "<title>", HeadEnd, FiguresStart, FiguresEnd} {
		next := strings.Index(page, mark)
		if next <= at || strings.Count(page, mark) != 1 {
			t.Errorf("index.html: %s is missing, repeated or out of order", mark)
		}
		at = next
	}
	refuseForeign(t, "index.html", page)
	for _, inline := range []string{"<style", " style=", "javascript:", " onload="} {
		if strings.Contains(page, inline) {
			t.Errorf("index.html holds %q, which its content security policy forbids", inline)
		}
	}
	for _, name := range regexp.MustCompile(`(?:src|href)="/([^"]+\.[a-z]+)"`).FindAllStringSubmatch(page, -1) {
		if _, err := fs.Stat(files, name[1]); err != nil {
			t.Errorf("index.html names a file that is not there: %v", err)
		}
	}
}

// refuseForeign reports addresses from which a browser would load something, other than of this origin.
func refuseForeign(t *testing.T, name, page string) {
	t.Helper()
	for _, found := range regexp.MustCompile(`(?:src|href)\s*=\s*["']?(?:https?:)?//[^"'\s>]*`).FindAllString(page, -1) {
		t.Errorf("%s asks another origin: %s", name, found)
	}
}
