package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Family is a set of headers in which proxies say what they were asked. Only
// one is read, since a proxy that writes one passes a client's own headers of
// the others on.
type Family string

// The families. None, which is the zero value, believes nobody.
const (
	None       Family = ""
	XForwarded Family = "x-forwarded" // X-Forwarded-Proto, -Host, -Prefix and -For
	Forwarded  Family = "forwarded"   // Forwarded (RFC 7239)
)

// ParseFamily returns the family of a name.
func ParseFamily(name string) (Family, error) {
	if f := Family(name); f == XForwarded || f == Forwarded {
		return f, nil
	}
	return None, fmt.Errorf("the headers of proxies are %s or %s, not %q", XForwarded, Forwarded, Clip(name))
}

// asked is where a request was sent to. What is empty was not said, or not in a
// form that may stand in a link.
type asked struct{ scheme, host, prefix string }

// over fills in what was not said.
func (a asked) over(own asked) asked {
	if a.scheme == "" {
		a.scheme = own.scheme
	}
	if a.host == "" {
		a.host = own.host
	}
	return a
}

// said is what the nearest proxy says it was asked for: the last of several
// values, since those before it may be the client's own.
func (f Family) said(h http.Header) asked {
	var out asked
	switch f {
	case None:
	case XForwarded:
		out = asked{last(h["X-Forwarded-Proto"]), last(h["X-Forwarded-Host"]), last(h["X-Forwarded-Prefix"])}
	case Forwarded:
		if elements := forwarded(h[headerForwarded]); len(elements) > 0 {
			nearest := elements[len(elements)-1]
			out = asked{scheme: nearest["proto"], host: nearest["host"]}
		}
	}
	return out.valid()
}

// hops are the addresses that proxies say they were asked from, the nearest
// last; zero is one that says none.
func (f Family) hops(h http.Header) []netip.Addr {
	var out []netip.Addr
	switch f {
	case None:
	case XForwarded:
		for hop := range strings.SplitSeq(strings.Join(h["X-Forwarded-For"], ","), ",") {
			out = append(out, hopAddress(strings.TrimSpace(hop)))
		}
	case Forwarded:
		for _, element := range forwarded(h[headerForwarded]) {
			out = append(out, hopAddress(element["for"]))
		}
	}
	return out
}

// last is the last value of a header that holds a list.
func last(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	line := lines[len(lines)-1]
	return strings.TrimSpace(line[strings.LastIndexByte(line, ',')+1:])
}
