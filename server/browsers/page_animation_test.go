package browsers

import (
	"bytes"
	"fmt"
	"image/gif"
	"os"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/data/demo"

	"github.com/chromedp/cdproto/browser"
)

// animated tests that the animation has a picture of each change, of one size and
// all seen in turn, that the page goes back to its day, and that it can be called off.
func animated(t *testing.T, b *chromium) {
	base := servePageOn(t, later, demo.Files(), nil)
	p := b.tab(t, screen{width: 520, height: 480}.painted())
	folder := t.TempDir()
	call(p, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder})
	p.open(base + "/?lang=en&as_of=2025-08-01")
	if js[bool](p, `performance.getEntriesByType('resource').some(e => /gif-/.test(e.name))`) {
		t.Error("what makes animations is there before it is asked for")
	}
	js[any](p, `document.getElementById('download').click()`)
	p.until(`document.getElementById('animation-make') !== null`)
	steps := js[int](p, `history.length`)

	js[any](p, `document.getElementById('animation-make').click()`)
	p.until(`document.getElementById('animation-cancel')?.checkVisibility() && location.search.includes('as_of=2024')`)
	js[any](p, `document.getElementById('animation-cancel').click()`)
	p.until(`!document.getElementById('animation-make').disabled && location.search.includes('as_of=2025-08-01')`)
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
		t.Errorf("what was called off is kept: %v", left)
	}

	days := js[[]string](p, `[...document.querySelectorAll('#animation-every option')].map(o => o.value + ' ' + o.textContent.match(/\d+/)[0])`)
	var dataset struct {
		Epochs []struct{ From string }
	}
	getJSON(t, base+"/v1/demo", &dataset)
	for len(dataset.Epochs) > 0 && dataset.Epochs[len(dataset.Epochs)-1].From > later.Format("2006-01-02") {
		dataset.Epochs = dataset.Epochs[:len(dataset.Epochs)-1]
	}
	months := map[string]bool{}
	for _, epoch := range dataset.Epochs {
		months[epoch.From[:7]] = true
	}
	if want := fmt.Sprint("change ", len(dataset.Epochs)); len(days) < 1 || days[0] != want {
		t.Fatalf("it offers %q, not %s", days, want)
	}
	if want := fmt.Sprint("month ", len(months)); days[len(days)-1] != want {
		t.Errorf("it offers %q, not %s", days, want)
	}
	js[any](p, `document.getElementById('animation-make').click()`)
	first, last := dataset.Epochs[0].From, dataset.Epochs[len(dataset.Epochs)-1].From
	p.until(`document.getElementById('animation-make').disabled`)
	for made := range dataset.Epochs { // each picture has the patience of its own
		p.until(`!document.getElementById('animation-make').disabled || parseInt(document.getElementById('animation-told').textContent) > %d`, made)
	}
	p.until(`document.getElementById('animation-make').disabled === false`)
	file := saved(p, filepath.Join(folder, fmt.Sprintf("demo-%s-%s-seen.gif", first, last)), "\x3b")
	if shots := os.Getenv("DEMARC_SHOTS"); shots != "" {
		_ = os.WriteFile(filepath.Join(shots, "animation.gif"), file, 0o600)
	}
	made, err := gif.DecodeAll(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pictures of %d × %d in %d kB", len(made.Image), made.Config.Width, made.Config.Height, len(file)/1000)
	if len(made.Image) != len(dataset.Epochs) {
		t.Errorf("%d pictures of %d changes", len(made.Image), len(dataset.Epochs))
	}
	if wide := js[int](p, `demarcMap.getCanvas().width`); made.Config.Width != wide {
		t.Errorf("it is %d wide, the map %d", made.Config.Width, wide)
	}
	for i, picture := range made.Image {
		if picture.Bounds() != made.Image[0].Bounds() || picture.Bounds().Dx() != made.Config.Width || picture.Bounds().Dy() != made.Config.Height {
			t.Errorf("picture %d is %v of %d × %d", i, picture.Bounds(), made.Config.Width, made.Config.Height)
		}
		if i > 0 && bytes.Equal(picture.Pix, made.Image[i-1].Pix) {
			t.Errorf("pictures %d and %d are one", i-1, i)
		}
		if made.Delay[i] < 12 {
			t.Errorf("picture %d is seen for %d hundredths of a second", i, made.Delay[i])
		}
	}
	p.until(`location.search.includes('as_of=2025-08-01')`)
	if got := js[int](p, `history.length`); got != steps {
		t.Errorf("it made %d steps of the history", got-steps)
	}
	p.quiet()
}
