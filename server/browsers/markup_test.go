package browsers

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"html"
	"io"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/chromedp/chromedp"
)

// markedUp is what would run on the page of a client that takes it for HTML.
const markedUp = `<img src=x onerror="document.title = 'run'"> & <b>'us'</b>`

// servesMarkup serves a dataset whose words are markup.
func servesMarkup(t *testing.T) string {
	t.Helper()
	folder := served.Changed(t, "dataset.json", func(file map[string]any) {
		for _, member := range []string{"attribution", "disclaimer"} {
			file[member].(map[string]any)["en"] = markedUp
		}
		for _, layer := range file["things"].([]any) {
			layer.(map[string]any)["attribution"].(map[string]any)["en"] = markedUp
		}
	})
	s, _, err := data.Read(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(served.Publishing(t, server.Options{}, s))
	t.Cleanup(web.Close)
	return web.URL
}

func TestWhatClientsShowAsHTMLHoldsNoMarkupOfADataset(t *testing.T) {
	base := servesMarkup(t)
	for path, least := range map[string]int{"/tiles/gaza.json": 2, "/tiles/gaza/metadata.json": 2, "/styles/gaza.json": 1, "/styles/gaza.json?variant=overlay": 1, "/export/gaza.pmtiles": 2} {
		r, body := served.Ask(t, "GET", base+path)
		if r.StatusCode != 200 {
			t.Fatalf("%s: %d %s", path, r.StatusCode, body)
		}
		if strings.HasSuffix(path, ".pmtiles") {
			body = metadataOf(t, body)
		}
		var answer any
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		shown := shownAsHTML(answer)
		if len(shown) < least {
			t.Errorf("%s shows %q", path, shown)
		}
		for _, text := range shown {
			if strings.ContainsAny(text, `<>"`) || !strings.HasPrefix(html.UnescapeString(text), markedUp) {
				t.Errorf("%s: %s is shown as HTML and does not read %s", path, text, markedUp)
			}
		}
	}
}

// shownAsHTML gathers the members that map clients put into a page as HTML.
func shownAsHTML(v any) (out []string) {
	switch v := v.(type) {
	case []any:
		for _, member := range v {
			out = append(out, shownAsHTML(member)...)
		}
	case map[string]any:
		for name, member := range v {
			if text, ok := member.(string); ok && (name == "attribution" || name == "legend") {
				out = append(out, text)
			}
			out = append(out, shownAsHTML(member)...)
		}
	}
	return out
}

// metadataOf is the metadata of a PMTiles archive (version 3): where it is, at byte 24.
func metadataOf(t *testing.T, archive []byte) []byte {
	t.Helper()
	at, length := binary.LittleEndian.Uint64(archive[24:]), binary.LittleEndian.Uint64(archive[32:])
	unpacked, err := gzip.NewReader(bytes.NewReader(archive[at : at+length]))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// textOnly says what a client shows of the hostile words: as text, and nothing of it has run.
func textOnly(p *tab, pages, client, base string) {
	p.Helper()
	p.do(chromedp.Navigate(pages + "/?client=" + client + "&server=" + url.QueryEscape(base)))
	p.until(`document.body.dataset.state === 'drawn'`)
	p.until(`document.body.textContent.includes("<img src=x onerror=")`)
	if js[bool](p, `document.title === 'run' || document.querySelector('img[src="x"]') !== null`) {
		p.Errorf("%s made markup of the attribution", client)
	}
}
