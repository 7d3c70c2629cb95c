package server

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strings"
)

//go:embed docs/ogc.html
var ogcPage string

// ogcLandingPage is the landing page for people.
var ogcLandingPage = template.Must(template.New("ogc").Parse(ogcPage))

const (
	ogcTitle       = "demarc"
	ogcDescription = "Who holds what of a territory on a date: OGC API – Features and OGC API – Tiles"
)

// ogcLanding answers GET /ogc, as a page for a browser and as JSON for everyone
// else.
func (s *Server) ogcLanding(r *http.Request) (*answer, error) {
	ask, err := s.ogcAsk(r, []string{"json", "html"})
	if err != nil {
		return nil, err
	}
	all, err := ask.collections()
	if err != nil {
		return nil, err
	}
	links := []ogcLink{
		ask.link("self", typeJSON, "", "This page"),
		ask.link("alternate", "text/html", "", "This page, to read"),
		ask.link("service-desc", typeOpenAPI, "/api", "What can be asked, for programs"),
		{Href: ask.base + "/docs", Rel: "service-doc", Type: "text/html", Title: "What can be asked, to read"},
		ask.link("conformance", typeJSON, "/conformance", "Which parts of the standards are answered"),
		ask.link("data", typeJSON, "/collections", "The collections"),
		ask.link(relOGC+"tiling-schemes", typeJSON, "/tileMatrixSets", "How tiles are cut"),
	}
	a := &answer{cache: cacheLive, headers: map[string]string{"Vary": "Accept, Accept-Encoding"}}
	f := ask.params.values.Get("f")
	if f == "json" || f == "" && !wantsHTML(r.Header.Get("Accept")) {
		made, err := s.json(typeJSON, a.cache, map[string]any{"title": ogcTitle, "description": ogcDescription, "links": links})
		if err != nil {
			return nil, err
		}
		a.contentType, a.body = made.contentType, made.body
		return a, nil
	}
	var shown []map[string]any
	for _, c := range all {
		shown = append(shown, map[string]any{"ID": c.id, "Title": c.title(), "Href": ask.address(c.path()), "Items": ask.address(c.path() + "/items"), "About": c.about()})
	}
	var text bytes.Buffer
	err = ogcLandingPage.Execute(&text, map[string]any{"Style": template.CSS(referenceStyle), "Title": ogcTitle, "Description": ogcDescription,
		"Root": ask.root, "Links": links[2:], "Collections": shown})
	if err != nil {
		return nil, err
	}
	a.contentType, a.body = typeHTML, s.coder.Body(text.Bytes())
	a.headers["Content-Security-Policy"] = s.reference.policy
	return a, nil
}

// wantsHTML reports whether an Accept header names HTML and likes it better
// than JSON.
func wantsHTML(header string) bool {
	accept := acceptEncoding(strings.ToLower(header)) // the two headers are written alike
	html, named := accept["text/html"]
	if !named {
		return false
	}
	for _, other := range []string{typeJSON, "application/*", "*/*"} {
		if q, ok := accept[other]; ok {
			return html > q || other != typeJSON && html == q
		}
	}
	return html > 0
}
