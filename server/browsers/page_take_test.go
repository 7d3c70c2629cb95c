package browsers

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/chromedp/cdproto/browser"
)

// takenAway tests what the download menu gives: pictures of the size they say with
// what they state in them, a caption, and the figures of all places.
func takenAway(t *testing.T, b *chromium, base string) {
	p := b.tab(t, small.painted())
	folder := t.TempDir()
	call(p, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder})
	p.open(base + "/?lang=en&as_of=2025-12-24")
	js[any](p, `document.getElementById('download').click()`)
	p.until(`document.getElementById('caption') !== null`)
	for _, want := range []string{"Gaza Strip: 53% lay behind the line published by Israel in October 2025.", "behind the line published by Israel, as last mapped on 19 October 2025: 53.1% (194.0 km² of 365.0 km²)",
		"Between 51.3% and 55.0%", "OCHA COD-AB", "sha256:"} {
		if said := p.text("#caption"); !strings.Contains(said, want) {
			t.Errorf("the caption does not say %q: %s", want, said)
		}
	}
	width := js[int](p, `document.querySelector('.map canvas').clientWidth`)
	for times, name := range map[int]string{1: "gaza-2025-12-24-traced.png", 2: "gaza-2025-12-24-traced@2x.png", 4: "gaza-2025-12-24-traced@4x.png"} {
		js[any](p, `document.getElementById('png-%d').click()`, times)
		file := saved(p, filepath.Join(folder, name), "IEND\xaeB`\x82")
		for _, want := range []string{"2025-12-24", "53.14 %", "OCHA COD-AB", "sha256:"} {
			if !bytes.Contains(file, []byte(want)) {
				t.Errorf("%s of %d bytes does not hold %q", name, len(file), want)
			}
		}
		picture, err := png.DecodeConfig(bytes.NewReader(file))
		if err != nil || picture.Width != times*width {
			t.Errorf("%s is %d pixels wide, not %d times %d: %v", name, picture.Width, times, width, err)
		}
		p.until(`document.body.dataset.state === 'idle' && !document.getElementById('png-%d').disabled`, times)
		if folder := os.Getenv("DEMARC_SHOTS"); folder != "" {
			_ = os.WriteFile(filepath.Join(folder, name), file, 0o600)
		}
	}
	if got := js[float64](p, `demarcMap.getPixelRatio()`); got != 1 {
		t.Errorf("the map is left with %g pixels in one", got)
	}

	js[any](p, `document.getElementById('table-csv').click()`)
	rows, err := csv.NewReader(bytes.NewReader(saved(p, filepath.Join(folder, "gaza-2025-12-24-districts.csv"), "\r\n"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var want struct{ Shares []data.Share }
	getJSON(t, base+"/v1/gaza/shares?as_of=2025-12-24", &want)
	if len(rows) != 1+len(want.Shares) {
		t.Fatalf("%d rows of %d shares", len(rows)-1, len(want.Shares))
	}
	for i, share := range want.Shares {
		if row := rows[1+i]; row[1] != share.Of || row[3] != share.Basis || row[7] != fmt.Sprint(share.Percent) || row[10] != fmt.Sprint(share.HeldKm2) {
			t.Errorf("row %d is %q, the share %s %s %v", i, row, share.Of, share.Basis, share.Percent)
		}
	}
	p.quiet()
}

// saved returns a file that the browser keeps, once it ends as it has to.
func saved(p *tab, name, end string) []byte {
	p.Helper()
	for range 200 {
		if file, err := os.ReadFile(name); err == nil && bytes.HasSuffix(file, []byte(end)) {
			return file
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.Fatalf("%s is not there", filepath.Base(name))
	return nil
}
