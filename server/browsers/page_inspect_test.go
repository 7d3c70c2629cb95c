package browsers

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/static"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// editingPage serves the built page where files are looked at.
func editingPage(t *testing.T) string {
	t.Helper()
	files, built := static.Files()
	s, err := server.New(server.Options{Page: files, Built: built, Marks: marks, Now: func() time.Time { return today },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Edit: &server.Edit{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(context.Background(), served.Snapshot()); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return web.URL
}

// filesLookedAt drops a file on the page and chooses one, and reads the dialog.
func filesLookedAt(t *testing.T, b *chromium, plain string) {
	p := b.tab(t, desktop)
	p.open(plain + "/?lang=en")
	if js[bool](p, `document.getElementById('inspect') !== null`) {
		t.Error("a server that looks at no files offers it")
	}
	p.open(editingPage(t) + "/?lang=en")
	p.drop("2025-01-03 <b>.geojson", served.SomeFile)
	p.until(`document.getElementById('inspection')?.open === true`)
	for selector, want := range map[string]string{
		"#inspection-title":      "2025-01-03 <b>.geojson",
		"#inspection-features":   "2 features: 1 MultiPolygon, 1 Point",
		"#inspection-properties": "holder",
		"#inspection-command":    "--territory TERRITORY_FILE",
		"#inspection .actions":   "Nothing was stored",
		"#inspection summary":    "1 × cleaned",
	} {
		if got := p.text(selector); !strings.Contains(got, want) {
			t.Errorf("%s says %q, not %q", selector, got, want)
		}
	}
	js[any](p, "%s", axeSource(t)+"; null")
	for _, violation := range js[[]string](p, `axe.run(document.getElementById('inspection'), { resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ' ' + n.failureSummary)))`) {
		t.Error(violation)
	}
	p.shot("inspection")
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`document.getElementById('inspection') === null`)

	// With the keyboard, and a file that is none.
	name := filepath.Join(t.TempDir(), "words.txt")
	if err := os.WriteFile(name, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	js[any](p, `document.getElementById('inspect').focus()`)
	p.do(chromedp.SetUploadFiles(chromedp.CSS("#inspect-file"), []string{name}))
	p.until(`document.getElementById('inspection')?.open === true`)
	if got := p.text("#inspection [role=alert]"); !strings.Contains(got, "unknown-format") {
		t.Errorf("it says %q", got)
	}
	p.do(chromedp.KeyEvent(kb.Enter)) // the first and only button of the dialog has the focus
	p.until(`document.getElementById('inspection') === null`)
}
