package server

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// contentSecurity lets the page load from its own origin only.
const contentSecurity = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "

// page answers with a file of the web page; / is its index.html. Built files
// under assets/ have a hash in their name and never change. Where the page was
// not built, / is the fallback page, with 503.
func (s *Server) page(r *http.Request) (*answer, error) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	status, cache := 0, cacheAsk
	switch {
	case s.options.Page == nil:
		return nil, notFound("there is nothing here")
	case name == "" && s.options.Built:
		name = "index.html"
	case name == "":
		name, status, cache = "fallback.html", http.StatusServiceUnavailable, cacheNone
	case strings.HasPrefix(name, "assets/"):
		cache = cacheImmutable
	}
	if !fs.ValidPath(name) {
		return nil, notFound("there is nothing here")
	}
	read := func() (*answer, error) { return s.file(name) }
	if name == "index.html" {
		read = func() (*answer, error) { return s.index(r) }
	}
	a, err := read()
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errFolder) {
		return nil, notFound("there is nothing here")
	}
	if err != nil {
		return nil, err
	}
	// A worker follows the policy of its own script, so every file carries one.
	headers := map[string]string{"Referrer-Policy": "no-referrer", "Content-Security-Policy": contentSecurity + "'none'"}
	if r.URL.Query().Get("embed") == "1" {
		headers["Content-Security-Policy"] = contentSecurity + "*"
	}
	return &answer{contentType: a.contentType, body: a.body, cache: cache, status: status, headers: headers}, nil
}

var errFolder = errors.New("a folder")

// file is one of the page's files as it was built.
func (s *Server) file(name string) (*answer, error) {
	return s.cached("page "+name, func(context.Context) (*answer, error) {
		info, err := fs.Stat(s.options.Page, name)
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			return nil, errFolder
		}
		text, err := fs.ReadFile(s.options.Page, name)
		if err != nil {
			return nil, err
		}
		return &answer{contentType: contentType(name), body: s.coder.Body(text)}, nil
	})
}

// contentType goes by the file's ending; the machine's own table is not asked.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json", ".map":
		return typeJSON
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".md", ".txt":
		return "text/plain; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	}
	return "application/octet-stream"
}
