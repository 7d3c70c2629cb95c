package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// behindProxy is a request that came through a trusted proxy with these headers.
func behindProxy(family Family, headers ...string) (Forwarding, *http.Request) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "127.0.0.1:7"
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return Forwarding{Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}, Family: family}, r
}

func TestALinkBeginsWithWhatTheNearestProxySaysWholeOrNotAtAll(t *testing.T) {
	for _, c := range []struct {
		name    string
		family  Family
		headers []string
		want    string
	}{
		{"nothing said", XForwarded, nil, "http://localhost"},
		{"nobody is believed", None, []string{"X-Forwarded-Host", "maps.example", "Forwarded", "host=maps.example"}, "http://localhost"},
		{"host and scheme", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Proto", "https"}, "https://maps.example"},
		{"host with a port", XForwarded, []string{"X-Forwarded-Host", "maps.example:8443"}, "http://maps.example:8443"},
		{"IPv4", XForwarded, []string{"X-Forwarded-Host", "192.0.2.1:80"}, "http://192.0.2.1:80"},
		{"IPv6 in brackets", XForwarded, []string{"X-Forwarded-Host", "[2001:db8::1]:80"}, "http://[2001:db8::1]:80"},
		{"IPv6 without brackets", XForwarded, []string{"X-Forwarded-Host", "2001:db8::1"}, "http://localhost"},
		{"a zone", XForwarded, []string{"X-Forwarded-Host", "[fe80::1%eth0]"}, "http://localhost"},
		{"brackets around a name", XForwarded, []string{"X-Forwarded-Host", "[evil.example]"}, "http://localhost"},
		{"brackets left open", XForwarded, []string{"X-Forwarded-Host", "[::1"}, "http://localhost"},
		{"a user", XForwarded, []string{"X-Forwarded-Host", "maps.example:80@evil.example"}, "http://localhost"},
		{"a user first", XForwarded, []string{"X-Forwarded-Host", "maps.example@evil.example"}, "http://localhost"},
		{"a path", XForwarded, []string{"X-Forwarded-Host", "maps.example/evil"}, "http://localhost"},
		{"a path behind the port", XForwarded, []string{"X-Forwarded-Host", "maps.example:80/evil"}, "http://localhost"},
		{"markup", XForwarded, []string{"X-Forwarded-Host", `a:1"><script>`}, "http://localhost"},
		{"a port without digits", XForwarded, []string{"X-Forwarded-Host", "maps.example:"}, "http://localhost"},
		{"a port of letters", XForwarded, []string{"X-Forwarded-Host", "maps.example:http"}, "http://localhost"},
		{"a port with a sign", XForwarded, []string{"X-Forwarded-Host", "maps.example:+80"}, "http://localhost"},
		{"a port beyond all", XForwarded, []string{"X-Forwarded-Host", "maps.example:65536"}, "http://localhost"},
		{"two ports", XForwarded, []string{"X-Forwarded-Host", "maps.example:80:81"}, "http://localhost"},
		{"an empty label", XForwarded, []string{"X-Forwarded-Host", "maps..example"}, "http://localhost"},
		{"another scheme", XForwarded, []string{"X-Forwarded-Proto", "javascript", "X-Forwarded-Host", "maps.example"}, "http://maps.example"},
		{"the client's own value before the proxy's", XForwarded, []string{"X-Forwarded-Host", "evil.example, maps.example"}, "http://maps.example"},
		{"the client's own line before the proxy's", XForwarded, []string{"X-Forwarded-Host", "evil.example", "X-Forwarded-Host", "maps.example"}, "http://maps.example"},
		{"a prefix", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", "/maps"}, "http://maps.example/maps"},
		{"a prefix with a slash at its end", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", "/maps/demarc/"}, "http://maps.example/maps/demarc"},
		{"the prefix /", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", "/"}, "http://maps.example"},
		{"a prefix that is a host", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", "//evil.example"}, "http://maps.example"},
		{"a prefix without a slash", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", ".evil.example"}, "http://maps.example"},
		{"a prefix that leads up", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", "/maps/.."}, "http://maps.example"},
		{"a prefix with a query", XForwarded, []string{"X-Forwarded-Host", "maps.example", "X-Forwarded-Prefix", "/maps?x=1"}, "http://maps.example"},

		{"RFC 7239", Forwarded, []string{"Forwarded", `for=192.0.2.43;host="maps.example:8443";proto=https`}, "https://maps.example:8443"},
		{"RFC 7239 in capitals, with spaces", Forwarded, []string{"Forwarded", `For=192.0.2.43 ; Host=maps.example ;Proto=https`}, "https://maps.example"},
		{"RFC 7239, a port without quotes", Forwarded, []string{"Forwarded", `host=maps.example:8443`}, "http://maps.example:8443"},
		{"RFC 7239, escapes", Forwarded, []string{"Forwarded", `host="maps\.example"`}, "http://maps.example"},
		{"RFC 7239, the nearest proxy is the last", Forwarded, []string{"Forwarded", "host=evil.example, host=maps.example"}, "http://maps.example"},
		{"RFC 7239, the last says no host", Forwarded, []string{"Forwarded", "host=evil.example, for=192.0.2.1"}, "http://localhost"},
		{"RFC 7239, a comma inside quotes", Forwarded, []string{"Forwarded", `for="a, host=evil.example";host=maps.example`}, "http://maps.example"},
		{"RFC 7239, a quote left open by the client", Forwarded, []string{"Forwarded", `host="evil.example`, "Forwarded", `for=192.0.2.1;host="maps.example"`}, "http://localhost"},
		{"RFC 7239, a host given twice", Forwarded, []string{"Forwarded", "host=maps.example;host=evil.example"}, "http://localhost"},
		{"RFC 7239, a user", Forwarded, []string{"Forwarded", `host="maps.example:80@evil.example"`}, "http://localhost"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, r := behindProxy(c.family, c.headers...)
			if got := f.Base(r); got != c.want {
				t.Errorf("%s, not %s", got, c.want)
			}
		})
	}
}

// pieces are what headers of attacks are made of.
var pieces = []string{"maps.example", "evil.example", ":80", "@", "/", "//", "?", "#", `"`, "<script>", ",", ";", "=", "host=", "proto=https", "for=", "[", "]", "::1", " ", "\t", `\`, "%40", "..", "é", "\x00", "&", "'", "http", "https"}

func drawValue(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, label), "")
}

func TestWhateverAProxySaysALinkIsASchemeAHostAndAPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, r := behindProxy(rapid.SampledFrom([]Family{None, XForwarded, Forwarded}).Draw(t, "family"))
		for _, name := range []string{"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded"} {
			for range rapid.IntRange(0, 2).Draw(t, "lines of "+name) {
				r.Header.Add(name, drawValue(t, name))
			}
		}
		base := f.Base(r)
		u, err := url.Parse(base)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
			u.Scheme+"://"+u.Host+u.Path != base || strings.ContainsAny(base, "@\"'<>&?#\\ \t\x00") || strings.HasSuffix(base, "/") || strings.Contains(u.Path, "//") {
			t.Fatalf("%q of %v", base, r.Header)
		}
		if again, err := ParseBaseURL(base); err != nil || again != base {
			t.Fatalf("%q is no base URL: %v", base, err)
		}
	})
}

func TestHeadersOfAnotherFamilyChangeNothing(t *testing.T) {
	names := map[Family][]string{XForwarded: {"X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-For"}, Forwarded: {"Forwarded"}}
	rapid.Check(t, func(t *rapid.T) {
		family := rapid.SampledFrom([]Family{XForwarded, Forwarded}).Draw(t, "family")
		values := map[string]string{"X-Forwarded-Host": "maps.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Forwarded": "host=maps.example;proto=https;for=192.0.2.1"}
		f, r := behindProxy(family)
		for _, name := range names[family] {
			if rapid.Bool().Draw(t, name) && values[name] != "" {
				r.Header.Set(name, values[name])
			}
		}
		base, client := f.Base(r), f.Client(r)
		for other, all := range names {
			for _, name := range all {
				if other != family {
					r.Header.Set(name, rapid.SampledFrom([]string{"evil.example", "203.0.113.9", "/evil", "host=evil.example;for=203.0.113.9"}).Draw(t, "another "+name))
				}
			}
		}
		if f.Base(r) != base || f.Client(r) != client {
			t.Fatalf("%s and %s, and without the others %s and %s", f.Base(r), f.Client(r), base, client)
		}
	})
}

func TestAClientIsTheNearestHopThatIsNoTrustedProxy(t *testing.T) {
	for _, c := range []struct {
		name    string
		family  Family
		headers []string
		want    string
	}{
		{"one hop", XForwarded, []string{"X-Forwarded-For", "192.0.2.1"}, "192.0.2.1"},
		{"what a client wrote itself", XForwarded, []string{"X-Forwarded-For", "203.0.113.9, 192.0.2.1"}, "192.0.2.1"},
		{"through two proxies", XForwarded, []string{"X-Forwarded-For", "192.0.2.1, 10.0.0.5"}, "192.0.2.1"},
		{"nothing that is an address", XForwarded, []string{"X-Forwarded-For", "unknown"}, "127.0.0.1"},
		{"RFC 7239", Forwarded, []string{"Forwarded", "for=203.0.113.9, for=192.0.2.1"}, "192.0.2.1"},
		{"RFC 7239 with a port", Forwarded, []string{"Forwarded", `for="[2001:db8::1]:4711"`}, "2001:db8::1"},
		{"RFC 7239 without a port", Forwarded, []string{"Forwarded", `for="[2001:db8::1]"`}, "2001:db8::1"},
		{"RFC 7239, a client that is hidden", Forwarded, []string{"Forwarded", "for=_hidden"}, "127.0.0.1"},
		{"nobody is believed", None, []string{"X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.1"}, "127.0.0.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, r := behindProxy(c.family, c.headers...)
			if got := f.Client(r); got != netip.MustParseAddr(c.want) {
				t.Errorf("%s, not %s", got, c.want)
			}
		})
	}
}

func TestABaseURLHasASchemeAHostAndPerhapsAPath(t *testing.T) {
	for text, want := range map[string]string{
		"https://maps.example.org": "https://maps.example.org", "https://maps.example.org/": "https://maps.example.org",
		"https://example.org/maps": "https://example.org/maps", "https://example.org/maps/demarc/": "https://example.org/maps/demarc",
		"http://[2001:db8::1]:8080/x": "http://[2001:db8::1]:8080/x",
		"ftp://example.org":           "", "example.org": "", "https://": "", "https:///maps": "", "//example.org": "", "https://a@example.org": "",
		"https://example.org?x": "", "https://example.org/?": "", "https://example.org/#x": "", "https://example.org//maps": "", "https://example.org/a/../b": "",
		"https://example.org/a b": "", "https://example.org/%2e%2e": "", "https://example.org:99999": "", `https://example.org/"`: "", "https://exa mple.org": "",
	} {
		got, err := ParseBaseURL(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}
