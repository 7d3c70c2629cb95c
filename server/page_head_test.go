package server_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// markedPage is a built page in small.
var markedPage = server.Options{Built: true, Marks: server.PageMarks{HeadStart: "<!--h-->", HeadEnd: "<!--/h-->", FiguresStart: "<!--f-->", FiguresEnd: "<!--/f-->"},
	Page: fstest.MapFS{"index.html": {Data: []byte(`<html><head><!--h--><title>demarc</title><!--/h--></head><body><noscript><!--f-->plain<!--/f--></noscript></body></html>`)}}}

func TestThePageStatesTheFiguresOfItsQueryBeforeAnyScriptRuns(t *testing.T) {
	url := served.Gaza(t, markedPage)
	for query, want := range map[string][]string{
		"":                            {"<title>53.1% · Gaza Strip · as mapped on 19 October 2025</title>", "194.0 km² of 365.0 km²", `property="og:image" content="` + url + `/map.png?`},
		"?of=rafah&as_of=2025-12-01":  {"<title>88.2% · Rafah · as mapped on 19 October 2025</title>", "Behind the line published by Israel: Rafah", "evidence 43 days old on 1 December 2025"},
		"?basis=line-cut&embed=1&x=y": {"<title>54.5% · Gaza Strip · as mapped on 19 October 2025</title>", "Reading: Cut by the line"},
		"?lang=he":                    {"רצועת עזה · כפי שמופה ב-19 באוקטובר 2025</title>", `<div lang="he" dir="rtl">`, "lang=he"},
		"?as_of=2020-01-01":           {"<title>Gaza Strip</title>", "Not mapped on 1 January 2020. The evidence begins on 10 October 2025."},
		"?area=gaza&as_of=2026-01-20": {`name="demarc-dataset" content="gaza"`, `src="map.svg?area=gaza&amp;as_of=2026-01-20`, "<th scope=\"row\">Khan Younis</th><td>54.7%</td><td>56.0%</td>"},
		"?area=atlantis":              {"<title>demarc</title>", "plain"},
		"?of=atlantis":                {"<title>demarc</title>", "plain"},
		"?as_of=yesterday":            {"<title>demarc</title>", "plain"},
		`?lang="><script>x</script>`:  {"<title>53.1% · Gaza Strip · as mapped on 19 October 2025</title>"},
		`?basis="><script>x</script>`: {"<title>demarc</title>"},
	} {
		response, body := served.Ask(t, http.MethodGet, url+"/"+strings.NewReplacer(`"`, "%22", "<", "%3C", ">", "%3E").Replace(query))
		if response.StatusCode != http.StatusOK || !strings.Contains(response.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %s, policy %q", query, response.Status, response.Header.Get("Content-Security-Policy"))
		}
		for _, text := range want {
			if !bytes.Contains(body, []byte(text)) {
				t.Errorf("%s does not hold %q:\n%s", query, text, body)
			}
		}
		if bytes.Contains(body, []byte("<script>x")) {
			t.Errorf("%s: the query became markup:\n%s", query, body)
		}
	}
}

func TestThePageBringsTheFirstAnswersOfTheAPIWithIt(t *testing.T) {
	url := served.Gaza(t, markedPage)
	written := func(query string) (first struct{ Dataset, Shares json.RawMessage }) {
		_, body := served.Ask(t, http.MethodGet, url+"/"+query)
		_, rest, _ := bytes.Cut(body, []byte(`<template id="demarc-first">`))
		text, _, found := bytes.Cut(rest, []byte("</template>"))
		if !found {
			t.Fatalf("%s brings nothing", query)
		}
		if err := json.Unmarshal([]byte(html.UnescapeString(string(text))), &first); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		return first
	}
	for query, shares := range map[string]string{"": "", "?area=gaza&as_of=2025-12-01&lang=ar": "?as_of=2025-12-01"} {
		first := written(query)
		for path, got := range map[string]json.RawMessage{"/v1/gaza": first.Dataset, "/v1/gaza/shares" + shares: first.Shares} {
			if _, want := served.Ask(t, http.MethodGet, url+path); string(got) != strings.TrimSpace(string(want)) {
				t.Errorf("%s brings %.80s, %s answers %.80s", query, got, path, want)
			}
		}
	}
	if first := written("?as_of=2020-01-01"); first.Dataset == nil || first.Shares != nil {
		t.Errorf("before the first day it brings shares %.80s", first.Shares)
	}
}

func TestHostileTextStaysTextInHeadAndPictures(t *testing.T) {
	hostile := `"><script>alert(1)</script><!--/h-->`
	folder := served.Changed(t, "dataset.json", func(file map[string]any) {
		for _, member := range []string{"title", "attribution", "disclaimer"} {
			file[member].(map[string]any)["en"] = hostile
		}
		file["bases"].([]any)[0].(map[string]any)["name"].(map[string]any)["en"] = hostile
	})
	snapshot, _, err := data.Read(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	o := markedPage
	o.Now = func() time.Time { return served.Noon }
	s, err := server.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context(), snapshot); err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	defer web.Close()
	for _, path := range []string{"/", "/map.svg"} {
		_, body := served.Ask(t, http.MethodGet, web.URL+path)
		if bytes.Contains(body, []byte("<script")) || !bytes.Contains(body, []byte("&lt;script&gt;")) {
			t.Errorf("%s holds text as markup:\n%s", path, body)
		}
	}
}

func TestTheDrawingIsWellFormedAndSaysWhatItShows(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	for query, want := range map[string][]string{
		"":                                  {"53.1%", "20 January 2026", "194.0 km² of 365.0 km²", "Between 51.3% and 55.0%", "OCHA COD-AB", "not a survey", served.Snapshot().Name(), "Yellow Line", "10 km"},
		"lang=ar&basis=line-cut":            {"54.5%", "20 يناير 2026", "بتسيلم", "رفح", `direction="rtl"`},
		"lang=he&of=rafah&as_of=2025-11-01": {"88.2%", "1 בנובמבר 2025", "רפיח"},
	} {
		response, body := served.Ask(t, http.MethodGet, url+"/map.svg?"+query)
		if got := response.Header.Get("Content-Type"); got != "image/svg+xml" || response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s, %s", query, response.Status, got)
		}
		for _, text := range want {
			if !bytes.Contains(body, []byte(text)) {
				t.Errorf("%s does not hold %q", query, text)
			}
		}
		for reader := xml.NewDecoder(bytes.NewReader(body)); ; {
			token, err := reader.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", query, err)
			}
			if start, ok := token.(xml.StartElement); ok && (start.Name.Local == "script" || start.Name.Local == "image") {
				t.Errorf("%s holds an element %s", query, start.Name.Local)
			}
		}
	}
	for query, status := range map[string]int{"as_of=2020-01-01": 404, "of=atlantis": 404, "area=atlantis": 404, "as_of=x": 400, "colour=red": 400} {
		for _, kind := range []string{"svg", "png"} {
			if response, _ := served.Ask(t, http.MethodGet, url+"/map."+kind+"?"+query); response.StatusCode != status {
				t.Errorf("%s as %s: %s, not %d", query, kind, response.Status, status)
			}
		}
	}
}

func TestThePictureForLinksIsAsLargeAsTheyWantAndColoursHeldLand(t *testing.T) {
	_, body := served.Ask(t, http.MethodGet, served.Gaza(t, server.Options{})+"/map.png")
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 1200 || size.Y != 630 {
		t.Fatalf("it measures %v", size)
	}
	// Middle of the frame on the middle of the territory; about 1,490 pixels a degree of latitude.
	for name, spot := range map[string]struct {
		x, y int
		want color.RGBA
	}{
		"held": {760, 540, color.RGBA{0x7e, 0xb7, 0xd6, 255}},
		"free": {850, 280, color.RGBA{0xfd, 0xfc, 0xf9, 255}},
		"sea":  {640, 100, color.RGBA{0xd4, 0xe3, 0xec, 255}},
	} {
		if got := color.RGBAModel.Convert(picture.At(spot.x, spot.y)).(color.RGBA); served.Distance(got, spot.want) > 2 {
			t.Errorf("%s ground is %v, not %v", name, got, spot.want)
		}
	}
}

func TestPicturesHaveTheColoursOfThePageByDay(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(referee.Root(), "static", "web", "src", "map", "colours.json"))
	if err != nil {
		t.Fatal(err)
	}
	var page struct{ Light map[string]string }
	if err := json.Unmarshal(text, &page); err != nil {
		t.Fatal(err)
	}
	snapshot, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	_, drawing := served.Ask(t, http.MethodGet, served.Gaza(t, server.Options{})+"/map.svg?as_of="+snapshot.FirstDate().String())
	for _, name := range []string{"sea", "neighbour", "road", "mainRoad", "land", "coast", "district", "casing", "town"} {
		if !bytes.Contains(drawing, []byte(fmt.Sprintf("%q", page.Light[name]))) {
			t.Errorf("the page's %s, %s, is not in the drawing", name, page.Light[name])
		}
	}
}

func TestThePageOpensInTheLanguageOfItsReaderAndNamesTheFileOfItsWords(t *testing.T) {
	o := markedPage
	o.Page = fstest.MapFS{"index.html": markedPage.Page.(fstest.MapFS)["index.html"], "assets/page-words-uk-x1.js": {}, "assets/page-words-ar-x2.js": {}, "assets/sites-words-uk-x3.js": {}}
	url := served.Gaza(t, o)
	const preload = `<link rel="modulepreload" href="assets/page-words-`
	for _, c := range []struct{ query, accept, lang, file string }{
		{"", "uk-UA,uk;q=0.9,ru;q=0.8,en;q=0.7", "uk", "uk-x1.js"},
		{"", "de,en;q=0.5,ar;q=0.8", "ar", "ar-x2.js"},
		{"", "de-CH", "en", ""},
		{"", "uk;q=0, ru;q=0.1", "ru", ""},
		{"", "iw-IL", "he", ""},
		{"?lang=ar", "uk", "ar", "ar-x2.js"},
		{"?lang=de", "uk", "uk", "uk-x1.js"},
	} {
		r, page := served.Ask(t, http.MethodGet, url+"/"+c.query, "Accept-Language", c.accept)
		if r.Header.Get("Vary") != "Accept-Language, Accept-Encoding" || !bytes.Contains(page, []byte(`<div lang="`+c.lang+`"`)) {
			t.Errorf("%s to %q: Vary %q, %.600s", c.query, c.accept, r.Header.Get("Vary"), page)
		}
		if named := bytes.Contains(page, []byte(preload)); named != (c.file != "") || !bytes.Contains(page, []byte(preload+c.file)) && named {
			t.Errorf("%s to %q: %.600s", c.query, c.accept, page)
		}
	}
}
