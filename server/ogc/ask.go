package ogc

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// asked is what every path under /ogc is asked with. A day, a reading and a
// snapshot go along in every link of the answer, so that a client that is given
// one address stays on the day it was given.
type asked struct {
	root      string // what the links begin with, up to and with /ogc
	base      string // the same up to /ogc
	params    *catalogue.Parameters
	catalogue *catalogue.Catalogue
	asOf      data.Date  // today when the query names no day
	basis     string     // "" for the default one
	carried   url.Values // as_of, basis and snapshot, as they were given
}

// ask reads the parameters that all paths under /ogc have, and those known;
// f is the format that is asked for, one of formats.
func (s *service) ask(r *http.Request, formats []string, known ...string) (*asked, error) {
	p, err := catalogue.ReadParameters(r, s.Now(), append(known, "f", "as_of", "basis", "snapshot")...)
	if err != nil {
		return nil, err
	}
	if f := p.Get("f"); p.Has("f") && !slices.Contains(formats, f) {
		return nil, web.BadRequest("f: this path has %s, not %q", strings.Join(formats, " and "), web.Clip(f))
	}
	current, err := s.Current.Served()
	if err != nil {
		return nil, err
	}
	base := s.Base(r)
	out := &asked{root: base + "/ogc", base: base, params: p, catalogue: current, carried: url.Values{}}
	if out.asOf, err = p.Date("as_of"); err != nil {
		return nil, err
	}
	if out.basis, err = p.ID("basis"); err != nil {
		return nil, err
	}
	for _, name := range []string{"as_of", "basis", "snapshot"} {
		if p.Has(name) {
			out.carried[name] = p.Values[name]
		}
	}
	return out, nil
}

// address is a path under /ogc with what every link carries.
func (a *asked) address(path string) string { return withQuery(a.root+path, a.carried) }

func withQuery(address string, values url.Values) string {
	if len(values) == 0 {
		return address
	}
	return address + "?" + values.Encode()
}

// cacheFor is immutable for an answer that a snapshot determines.
func (a *asked) cacheFor() string {
	if a.params.Has("snapshot") {
		return web.CacheImmutable
	}
	return web.CacheLive
}

// link leads to a path under /ogc.
func (a *asked) link(rel, contentType, path, title string) link {
	return link{Href: a.address(path), Rel: rel, Type: contentType, Title: title}
}
