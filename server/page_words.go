package server

import (
	"io/fs"
	"net/http"
	"strings"

	"github.com/demarc-map/demarc/data/words"
	"github.com/demarc-map/demarc/server/web"
)

// langOf is the language that the page is opened in: that which the address names, else
// the one that is spoken here and that the reader likes best (RFC 9110, section 12.5.4),
// else English. The page itself chooses alike.
func langOf(r *http.Request) string {
	if named := r.URL.Query().Get("lang"); words.In(named).Lang == named {
		return named
	}
	best, most := "en", 0
	for tag, quality := range web.Accept(r.Header.Get("Accept-Language")) {
		base, _, _ := strings.Cut(tag, "-")
		if base == "iw" {
			base = "he"
		}
		lang := words.In(base).Lang
		if lang == base && (quality > most || quality == most && lang < best) {
			best, most = lang, quality
		}
	}
	return best
}

// wordsFile is where the page finds its words in a language, so that the browser is told
// of it before a script asks; empty where the page has no such file.
func (p *page) wordsFile(lang string) string {
	found, err := fs.Glob(p.files, "assets/page-words-"+lang+"-*.js")
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[0]
}
