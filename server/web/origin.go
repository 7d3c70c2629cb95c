package web

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// longestHost is how many bytes a host or a prefix may have.
const longestHost = 255

// ParseBaseURL returns what absolute links begin with, without a slash at its
// end: http or https, a host with an optional port, and an optional path. It has
// no user, no query and no fragment.
func ParseBaseURL(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil {
		return "", fmt.Errorf("a base URL is like https://maps.example.org/demarc, not %q", Clip(text))
	}
	said := asked{u.Scheme, u.Host, u.EscapedPath()}
	if out := said.valid(); out.scheme == "" || out.host == "" || out.prefix != strings.TrimSuffix(said.prefix, "/") ||
		u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return "", fmt.Errorf("a base URL begins with http:// or https://, and has a host and perhaps a path, like https://maps.example.org/demarc, not %q", Clip(text))
	}
	return u.Scheme + "://" + u.Host + strings.TrimSuffix(said.prefix, "/"), nil
}

// valid empties whatever could lead a link elsewhere or break out of it.
func (a asked) valid() asked {
	if a.scheme != "http" && a.scheme != "https" {
		a.scheme = ""
	}
	if !validHost(a.host) {
		a.host = ""
	}
	a.prefix = strings.TrimSuffix(a.prefix, "/")
	if !validPrefix(a.prefix) {
		a.prefix = ""
	}
	return a
}

// validHost accepts a name, an IPv4 address or an IPv6 address in brackets, and
// an optional port: all of it, so that nothing follows what was looked at.
func validHost(host string) bool {
	if host == "" || len(host) > longestHost {
		return false
	}
	name, port, with := host, "", false
	if at := strings.LastIndexByte(host, ':'); at > strings.LastIndexByte(host, ']') {
		name, port, with = host[:at], host[at+1:], true
	}
	if with && !validPort(port) {
		return false
	}
	if inner, ok := strings.CutPrefix(name, "["); ok {
		inner, closed := strings.CutSuffix(inner, "]")
		address, err := netip.ParseAddr(inner)
		return closed && err == nil && address.Is6() && address.Zone() == ""
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(name, "."), ".") {
		if !validLabel(label) {
			return false
		}
	}
	return true
}

func validLabel(label string) bool {
	for i := range len(label) {
		if c := label[i]; !letterOrDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return label != ""
}

// validPort accepts 1 to 65535 in digits, without leading zeros.
func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == port
}

// validPrefix accepts nothing, or a path of plain segments, such as /maps/demarc.
func validPrefix(prefix string) bool {
	if prefix == "" {
		return true
	}
	under, ok := strings.CutPrefix(prefix, "/")
	if !ok || len(prefix) > longestHost {
		return false
	}
	for segment := range strings.SplitSeq(under, "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
		for i := range len(segment) {
			if c := segment[i]; !letterOrDigit(c) && !strings.ContainsRune("-._~", rune(c)) {
				return false
			}
		}
	}
	return true
}

func letterOrDigit(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
