// Package static holds the web page, built by Vite from the sources in web/
// and embedded in the binary.
package static

import (
	"embed"
	"io/fs"
)

// The folder is embedded whole, because a pattern that names dist would not
// compile in a checkout where the page was never built.
//
//go:embed all:assets
var assets embed.FS

// Files returns the files of the page.
//
// Where the page was built, built is true and files holds index.html, and under
// assets/ files named by a hash of what is in them, which may be cached for
// ever. Where it was not, built is false and files holds fallback.html only,
// a page that says so, to be served with status 503.
//
// The files are read-only and safe to share.
func Files() (files fs.FS, built bool) {
	return filesOf(assets)
}

// index.html has two places for the server to write into: what stands between
// the marks and the marks themselves may be replaced, escaped for HTML.
const (
	// HeadStart and HeadEnd surround the title, for it and og: properties.
	HeadStart, HeadEnd = "<!--demarc:head-->", "<!--/demarc:head-->"
	// FiguresStart and FiguresEnd surround what a reader without JavaScript
	// gets, inside noscript, for the figures of the day.
	FiguresStart, FiguresEnd = "<!--demarc:noscript-->", "<!--/demarc:noscript-->"
)

func filesOf(all fs.FS) (files fs.FS, built bool) {
	if _, err := fs.Stat(all, "assets/dist/index.html"); err == nil {
		return sub(all, "assets/dist"), true
	}
	return sub(all, "assets"), false
}

func sub(all fs.FS, folder string) fs.FS {
	files, err := fs.Sub(all, folder)
	if err != nil {
		panic(err) // only a malformed constant folder name fails
	}
	return files
}
