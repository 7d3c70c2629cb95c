package server

import (
	"errors"
	"io/fs"
	"net/http"
	"strings"

	"github.com/demarc-map/demarc/server/web"
)

// contentSecurity lets the page load from its own origin only.
const contentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "

// offlineWorker is the file of the page that keeps what it asked for.
const offlineWorker = "sw.js"

// answer answers with a file of the web page; / is its index.html. Built files
// under assets/ have a hash in their name and never change. Where the page was
// not built, / is the fallback page, with 503.
func (p *page) answer(r *http.Request) (*web.Answer, error) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	status, cache := 0, web.CacheAsk
	switch {
	case p.files == nil:
		return nil, web.NotFound("there is nothing here")
	case name == "" && p.built:
		name = "index.html"
	case name == "":
		name, status, cache = "fallback.html", http.StatusServiceUnavailable, web.CacheNone
	case strings.HasPrefix(name, "assets/"):
		cache = web.CacheImmutable
	}
	if !fs.ValidPath(name) || name == offlineWorker && !p.keeps {
		return nil, web.NotFound("there is nothing here")
	}
	read := func() (*web.Answer, error) { return p.file(r.Context(), name) }
	if name == "index.html" {
		read = func() (*web.Answer, error) { return p.index(r) }
	}
	a, err := read()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errFolder) {
		return nil, web.NotFound("there is nothing here")
	}
	if err != nil {
		return nil, err
	}
	// A worker follows the policy of its own script, so every file carries one.
	headers := map[string]string{"Referrer-Policy": "no-referrer", "Content-Security-Policy": contentSecurity + "'none'",
		// A reader may be asked where he is, and no page in a frame of this one may ask.
		"Permissions-Policy": "geolocation=(self)"}
	if name == "index.html" {
		headers["Vary"] = "Accept-Language, Accept-Encoding"
	}
	if r.URL.Query().Get("embed") == "1" {
		headers["Content-Security-Policy"] = contentSecurity + "*"
	}
	return &web.Answer{ContentType: a.ContentType, Body: a.Body, Cache: cache, Status: status, Headers: headers}, nil
}
