package ogc

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"github.com/demarc-map/demarc/server/web"
)

//go:embed landing.html
var landingText string

// landingPage is the landing page for people.
var landingPage = template.Must(template.New("ogc").Parse(landingText))

const (
	serviceTitle       = "demarc"
	serviceDescription = "Who holds what of a territory on a date: OGC API – Features and OGC API – Tiles"
)

// landing answers GET /ogc, as a page for a browser and as JSON for everyone
// else.
func (s *service) landing(r *http.Request) (*web.Answer, error) {
	ask, err := s.ask(r, []string{"json", "html"})
	if err != nil {
		return nil, err
	}
	all, err := ask.collections()
	if err != nil {
		return nil, err
	}
	links := []link{
		ask.link("self", web.TypeJSON, "", "This page"),
		ask.link("alternate", "text/html", "", "This page, to read"),
		ask.link("service-desc", typeOpenAPI, "/api", "What can be asked, for programs"),
		{Href: ask.base + "/docs", Rel: "service-doc", Type: "text/html", Title: "What can be asked, to read"},
		ask.link("conformance", web.TypeJSON, "/conformance", "Which parts of the standards are answered"),
		ask.link("data", web.TypeJSON, "/collections", "The collections"),
		ask.link(relOGC+"tiling-schemes", web.TypeJSON, "/tileMatrixSets", "How tiles are cut"),
	}
	a := &web.Answer{Cache: web.CacheLive, Headers: map[string]string{"Vary": "Accept, Accept-Encoding"}}
	f := ask.params.Get("f")
	if f == "json" || f == "" && !wantsHTML(r.Header.Get("Accept")) {
		made, err := s.JSON(web.TypeJSON, a.Cache, map[string]any{"title": serviceTitle, "description": serviceDescription, "links": links})
		if err != nil {
			return nil, err
		}
		a.ContentType, a.Body = made.ContentType, made.Body
		return a, nil
	}
	var shown []map[string]any
	for _, c := range all {
		shown = append(shown, map[string]any{"ID": c.id, "Title": c.title(), "Href": ask.address(c.path()), "Items": ask.address(c.path() + "/items"), "About": c.about()})
	}
	var text bytes.Buffer
	err = landingPage.Execute(&text, map[string]any{"Style": s.Style, "Title": serviceTitle, "Description": serviceDescription,
		"Root": ask.root, "Links": links[2:], "Collections": shown})
	if err != nil {
		return nil, err
	}
	a.ContentType, a.Body = web.TypeHTML, s.Body(text.Bytes())
	a.Headers["Content-Security-Policy"] = s.Policy
	return a, nil
}

// wantsHTML reports whether an Accept header names HTML and likes it better
// than JSON.
func wantsHTML(header string) bool {
	accept := web.Accept(header)
	html, named := accept["text/html"]
	if !named {
		return false
	}
	for _, other := range []string{web.TypeJSON, "application/*", "*/*"} {
		if q, ok := accept[other]; ok {
			return html > q || other != web.TypeJSON && html == q
		}
	}
	return html > 0
}
