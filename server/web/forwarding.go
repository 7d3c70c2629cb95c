package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Forwarding tells what a request says of itself from what proxies say of it.
type Forwarding struct {
	BaseURL string         // what absolute links begin with, such as https://example.org; from the request when empty
	Trusted []netip.Prefix // proxies whose Forwarded and X-Forwarded-* headers are believed
}

// Base returns what absolute links begin with: the configured base URL, else
// what a trusted proxy says it was asked for, else the address that was
// connected to. The Host header of a stranger is never repeated: a cache could
// be made to hold links to somebody else's server.
func (f Forwarding) Base(r *http.Request) string {
	if f.BaseURL != "" {
		return strings.TrimSuffix(f.BaseURL, "/")
	}
	scheme, host := "http", ownHost(r)
	if r.TLS != nil {
		scheme = "https"
	}
	if !f.trusts(r.RemoteAddr) {
		return scheme + "://" + host
	}
	if p := firstOf(r.Header.Get("X-Forwarded-Proto")); p == "http" || p == "https" {
		scheme = p
	}
	if h := firstOf(r.Header.Get("X-Forwarded-Host")); plainHost(h) {
		host = h
	}
	for pair := range strings.SplitSeq(firstOf(r.Header.Get("Forwarded")), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		value = strings.Trim(value, `"`)
		switch {
		case strings.EqualFold(name, "proto") && (value == "http" || value == "https"):
			scheme = value
		case strings.EqualFold(name, "host") && plainHost(value):
			host = value
		}
	}
	return scheme + "://" + host
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
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && f.trustsAddress(client); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		client = hop.Unmap().WithZone("")
	}
	return client
}

func firstOf(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

// trusts reports whether a peer is one of the trusted proxies.
func (f Forwarding) trusts(peer string) bool {
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

// plainHost accepts a host name or address with an optional port and nothing
// that could break out of a link.
func plainHost(host string) bool {
	if host == "" || len(host) > 255 {
		return false
	}
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	for _, c := range strings.Trim(host, "[]") {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == ':' || c == '_') {
			return false
		}
	}
	return true
}
