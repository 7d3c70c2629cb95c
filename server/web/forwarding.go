package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Forwarding tells what a request says of itself from what proxies say of it.
type Forwarding struct {
	BaseURL string         // what absolute links begin with, such as https://example.org/maps, as ParseBaseURL returns it; from the request when empty
	Trusted []netip.Prefix // proxies whose headers of the Family are believed
	Family  Family         // the headers they write; all others are ignored wholly
}

// Base returns what absolute links begin with, without a slash at its end: the
// configured base URL, else what a trusted proxy says it was asked for, else
// the address that was connected to. The Host header of a stranger is never
// repeated: a cache could be made to hold links to somebody else's server.
func (f Forwarding) Base(r *http.Request) string {
	if f.BaseURL != "" {
		return f.BaseURL
	}
	asked := asked{scheme: "http", host: ownHost(r)}
	if r.TLS != nil {
		asked.scheme = "https"
	}
	if f.trusts(r.RemoteAddr) {
		asked = f.Family.said(r.Header).over(asked)
	}
	return asked.scheme + "://" + asked.host + asked.prefix
}

// ownHost returns the address this request was connected to; for a connection
// over loopback the name used for it, so that a page opened as localhost stays
// on its own origin.
func ownHost(r *http.Request) string {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return "localhost"
	}
	name, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		name, port = r.Host, "80"
	}
	_, ownPort, err := net.SplitHostPort(local.String())
	if err == nil && port == ownPort && (name == "localhost" || name == "127.0.0.1" || name == "::1") {
		return r.Host
	}
	return local.String()
}

// Client is the address a request comes from: the peer, or what the trusted
// proxies in front of it say, read from the nearest hop to the first one that
// is not trusted. Zero when there is none.
func (f Forwarding) Client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := peer.Addr().Unmap().WithZone("")
	if !f.trustsAddress(client) {
		return client
	}
	hops := f.Family.hops(r.Header)
	for i := len(hops) - 1; i >= 0 && hops[i].IsValid() && f.trustsAddress(client); i-- {
		client = hops[i]
	}
	return client
}

// Trusts reports whether a request comes through one of the trusted proxies.
func (f Forwarding) Trusts(r *http.Request) bool { return f.trusts(r.RemoteAddr) }

// trusts reports whether a peer is one of the trusted proxies.
func (f Forwarding) trusts(peer string) bool {
	if len(f.Trusted) == 0 {
		return false
	}
	address, err := netip.ParseAddrPort(peer)
	return err == nil && f.trustsAddress(address.Addr().Unmap().WithZone(""))
}

func (f Forwarding) trustsAddress(address netip.Addr) bool {
	for _, prefix := range f.Trusted {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

// hopAddress reads the address of a hop, with a port or without. Zero when it is
// none, such as RFC 7239's "unknown".
func hopAddress(text string) netip.Addr {
	if address, err := netip.ParseAddr(text); err == nil {
		return address.Unmap().WithZone("")
	}
	if with, err := netip.ParseAddrPort(text); err == nil {
		return with.Addr().Unmap().WithZone("")
	}
	if inner, ok := strings.CutPrefix(text, "["); ok {
		if inner, ok = strings.CutSuffix(inner, "]"); ok {
			return hopAddress(inner)
		}
	}
	return netip.Addr{}
}
