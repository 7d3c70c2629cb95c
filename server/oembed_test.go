package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/served"
)

func TestAnAddressOfThePageIsEmbeddedByOEmbed(t *testing.T) {
	base := served.Gaza(t, markedPage)
	_, page := served.Ask(t, http.MethodGet, base+"/?as_of=2025-12-01&of=rafah&lang=en")
	found := regexp.MustCompile(`<link rel="alternate" type="application/json\+oembed" href="([^"]*)"`).FindSubmatch(page)
	if found == nil {
		t.Fatal("the page does not say where it is said how to embed it")
	}
	response, text := served.Ask(t, http.MethodGet, strings.ReplaceAll(string(found[1]), "&amp;", "&"))
	var got struct {
		Version, Type, Title, HTML string
		Width, Height              int
		Thumbnail                  string `json:"thumbnail_url"`
	}
	if err := json.Unmarshal(text, &got); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v: %s", response.Status, err, text)
	}
	if got.Version != "1.0" || got.Type != "rich" || got.Title != "88.2% · Rafah · as mapped on 19 October 2025" || got.Width != 640 || got.Height != 520 {
		t.Errorf("it answers %+v", got)
	}
	source := regexp.MustCompile(`^<iframe src="([^"]*)" title="([^"]*)" loading="lazy" width="100%" height="520" style="border:0"></iframe>$`).FindStringSubmatch(got.HTML)
	if source == nil || source[2] != got.Title {
		t.Fatalf("the markup is %s", got.HTML)
	}
	framed, _ := served.Ask(t, http.MethodGet, strings.ReplaceAll(source[1], "&amp;", "&"))
	if policy := framed.Header.Get("Content-Security-Policy"); framed.StatusCode != http.StatusOK || !strings.HasSuffix(policy, "frame-ancestors *") {
		t.Errorf("what it embeds answers %s and %q", framed.Status, policy)
	}
	if picture, _ := served.Ask(t, http.MethodGet, got.Thumbnail); picture.StatusCode != http.StatusOK {
		t.Errorf("its picture answers %s", picture.Status)
	}

	for query, status := range map[string]int{
		"url=" + url.QueryEscape(base+"/?of=atlantis"):          404,
		"url=" + url.QueryEscape(base+"/v1"):                    404,
		"url=" + url.QueryEscape("https://example.org/"):        404,
		"url=" + url.QueryEscape(base) + "&format=xml":          400,
		"url=" + url.QueryEscape(base) + "&maxheight=100":       400,
		"url=" + url.QueryEscape(base+"/") + "&maxwidth=320":    200,
		"url=" + url.QueryEscape(base+`/?lang="><script>x`):     200,
		"url=" + url.QueryEscape(base+"/?as_of=2026-02-30"):     400,
		"url=" + url.QueryEscape(base+"/?area=gaza") + "&dnt=1": 200,
		"": 404,
	} {
		response, text := served.Ask(t, http.MethodGet, base+"/oembed?"+query)
		if response.StatusCode != status || strings.Contains(string(text), "<script") {
			t.Errorf("%s: %s, not %d: %s", query, response.Status, status, text)
		}
	}
}
