package server

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/demarc-map/demarc/server/web"
)

// Edit lets people work with files of their own: those on this machine, and those
// who show a token.
type Edit struct {
	Token  string                  // the operator's, none when ""
	Tokens func() ([]Token, error) // of those who may publish, read at each request; none when nil
}

// desk says who may work with files of their own.
type desk struct {
	edit *Edit // nobody may when nil
	site *web.Site
	now  func() time.Time
	log  *slog.Logger
	door *doorkeeper
}

// admits says why a request may not, nil when it may.
func (d *desk) admits(r *http.Request) error {
	switch {
	case d.edit == nil:
		return unread(http.StatusForbidden, "this server looks at no files; one that runs with demarc serve --edit does")
	case !d.ownPage(r):
		return unread(http.StatusForbidden, "a page of another origin may not ask this")
	case d.ownMachine(r):
		return nil
	}
	var tokens []Token
	var err error
	if d.edit.Tokens != nil {
		tokens, err = d.edit.Tokens()
	}
	who := holderOf(r, d.edit.Token, tokens, d.now())
	because := who.ended
	if who.name == "" {
		because = "neither on this machine nor with a token that is known"
	}
	if err != nil && !who.operator { // nobody is let in on a list that cannot be read, but the operator
		d.log.Error("the tokens cannot be read", "error", err)
		because = "the tokens cannot be read"
	}
	if because == "" {
		return nil
	}
	d.door.refuses(r, who, because, d.now())
	refused := unread(http.StatusUnauthorized, "files are looked at for who is on the server's own machine, or shows a token")
	refused.Header.Set("Www-Authenticate", `Bearer realm="demarc"`)
	return refused
}

// unread is the problem of a request whose body is not read, not even to throw it away.
func unread(status int, detail string) *web.Problem {
	return &web.Problem{Status: status, Detail: detail, Header: http.Header{"Connection": {"close"}}}
}

// ownMachine reports whether a request comes from this machine, from a program and
// not through a proxy that runs on it.
func (d *desk) ownMachine(r *http.Request) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().Unmap().IsLoopback() {
		return false
	}
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if len(r.Header.Values(header)) > 0 {
			return false
		}
	}
	return !d.site.Trusts(r)
}

// ownPage reports whether a request comes from a page of this server, or from none.
func (d *desk) ownPage(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	page, err := url.Parse(origin)
	if err != nil {
		return false
	}
	base, err := url.Parse(d.site.Base(r))
	if err == nil && page.Scheme == base.Scheme && page.Host == base.Host {
		return true
	}
	return page.Host == r.Host && loopbackName(r.Host) // whatever --base-url says
}

// loopbackName reports whether a host is a name of this machine that no stranger's
// name server can give to another.
func loopbackName(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	address, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && address.Unmap().IsLoopback()
}
