package browsers

import (
	"image/color"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/chromedp/chromedp"
)

// Clients that others made draw land as held where it is and nowhere else, each on
// a page of another origin than the server's.
func TestOtherMapClientsDrawHeldLand(t *testing.T) {
	thorough(t)
	b := openBrowser(t)
	pages := clientPages(t)
	base := served.Gaza(t, server.Options{})
	for _, client := range []string{"maplibre", "leaflet", "openlayers", "deckgl"} {
		t.Run(client, func(t *testing.T) {
			p := b.tab(t, screen{width: 600, height: 600}.painted())
			p.do(chromedp.Navigate(pages + "/?client=" + client + "&server=" + url.QueryEscape(base)))
			p.until(`document.body.dataset.state === 'drawn'`)
			picture := p.shot("client-" + client)
			for _, spot := range []struct {
				name     string
				lon, lat float64
				want     color.RGBA
			}{
				{"held", 34.340, 31.285, color.RGBA{0x7f, 0xb8, 0xd8, 255}}, // half of the page's blue on white
				{"free", 34.400, 31.465, color.RGBA{255, 255, 255, 255}},
				{"sea", 34.300, 31.500, color.RGBA{255, 255, 255, 255}},
			} {
				at := js[[]float64](p, `pixelOf([%v, %v])`, spot.lon, spot.lat)
				got := color.RGBAModel.Convert(picture.At(int(at[0]), int(at[1]))).(color.RGBA)
				if served.Distance(got, spot.want) > 3 {
					t.Errorf("%s ground at %g %g: %v, want %v", spot.name, spot.lon, spot.lat, got, spot.want)
				}
			}
			p.quiet()
		})
	}
	hostile := servesMarkup(t)
	for _, client := range []string{"maplibre", "leaflet", "openlayers"} {
		t.Run(client+" shows the attribution as text", func(t *testing.T) {
			textOnly(b.tab(t, screen{width: 600, height: 600}.painted()), pages, client, hostile)
		})
	}
}

// clientPages serves a page for each client and returns its address.
func clientPages(t *testing.T) string {
	t.Helper()
	folder, built := served.Clients(t), t.TempDir()
	if out, err := exec.Command(referee.Program(t, "node", "node"), filepath.Join(folder, "bundle.mjs"), built).CombinedOutput(); err != nil {
		t.Fatalf("%v: %.2000s", err, out)
	}
	files := http.FileServerFS(os.DirFS(built))
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client := r.URL.Query().Get("client")
		if r.URL.Path == "/favicon.ico" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		if r.URL.Path != "/" {
			files.ServeHTTP(w, r)
			return
		}
		sheet := ""
		if _, err := os.Stat(filepath.Join(built, client+".css")); err == nil {
			sheet = `<link rel="stylesheet" href="` + client + `.css">`
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!DOCTYPE html><html lang="en"><head><title>` + client + `</title>` + sheet + `<style>body { margin: 0; background: #fff } #map { width: 600px; height: 600px; background: #fff }</style></head>` +
			`<body><div id="map"></div><script type="module" src="` + client + `.js"></script></body></html>`))
	}))
	t.Cleanup(web.Close)
	return web.URL
}
