package server_test

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/server/web"
)

// linkOf is what the links of a server's answers begin with.
func linkOf(t *testing.T, url string, headers ...string) string {
	t.Helper()
	_, body := served.Ask(t, "GET", url+"/v1/gaza/share", headers...)
	var share struct{ Self string }
	if err := json.Unmarshal(body, &share); err != nil {
		t.Fatal(err)
	}
	link, _, _ := strings.Cut(share.Self, "/v1/")
	return link
}

func TestLinksNeverRepeatAStrangersHost(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	forged := []string{"Host", "evil.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Prefix", "/evil", "Forwarded", "host=evil.example"}
	if got := linkOf(t, url, forged...); got != url {
		t.Errorf("a stranger's host is repeated: %s", got)
	}
	own := url[strings.LastIndexByte(url, ':'):]
	if got := linkOf(t, url, "Host", "evil.example"+own); got != url {
		t.Errorf("a stranger's host with the server's own port is repeated: %s", got)
	}
	trusting := served.Gaza(t, server.Options{Trusted: served.Loopback})
	if got := linkOf(t, trusting, "X-Forwarded-Host", "maps.example", "X-Forwarded-Proto", "https", "X-Forwarded-Prefix", "/maps"); got != "https://maps.example/maps" {
		t.Errorf("a trusted proxy says maps.example under /maps, the link is %s", got)
	}
	if got := linkOf(t, trusting, "Forwarded", "host=evil.example", "X-Forwarded-Host", "maps.example"); got != "http://maps.example" {
		t.Errorf("a header that the proxy does not write is believed: %s", got)
	}
	if got := linkOf(t, trusting, "Forwarded", "host=evil.example"); got != trusting {
		t.Errorf("a header that the proxy does not write is believed: %s", got)
	}
	if got := linkOf(t, trusting, "X-Forwarded-Host", `evil"><script>`); got != trusting {
		t.Errorf("a host that breaks out of a link is repeated: %s", got)
	}
	standard := served.Gaza(t, server.Options{Trusted: served.Loopback, Family: web.Forwarded})
	if got := linkOf(t, standard, "X-Forwarded-Host", "evil.example", "Forwarded", `for=2.2.2.2, for=1.2.3.4;host="maps.example";proto=https`); got != "https://maps.example" {
		t.Errorf("a trusted proxy says maps.example, the link is %s", got)
	}
	if got := linkOf(t, served.Gaza(t, server.Options{BaseURL: "https://demarc.example/"}), forged...); got != "https://demarc.example" {
		t.Errorf("the base URL is not used: %s", got)
	}
}

func TestABaseURLThatIsNoneIsRefused(t *testing.T) {
	for _, base := range []string{"demarc.example", "https://demarc.example@evil.example", "https://demarc.example?x=1"} {
		if _, err := server.New(server.Options{BaseURL: base}); err == nil {
			t.Errorf("%s is taken", base)
		}
	}
}

// Over loopback a link begins with the name that was used, so what is held for
// one name is no answer to the other.
func TestAnAnswerThatIsRepeatedLeadsToTheNameItWasAskedBy(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	port := url[strings.LastIndexByte(url, ':'):]
	for range 3 {
		for _, host := range []string{"127.0.0.1" + port, "localhost" + port} {
			if got := linkOf(t, url, "Host", host); got != "http://"+host {
				t.Errorf("asked as %s the link is %s", host, got)
			}
		}
	}
}

// Whatever is held from one request to the next, in whichever cache.
func TestNothingThatIsHeldLeadsToAHostSomebodyElseAskedFor(t *testing.T) {
	o := markedPage
	o.Trusted = served.Loopback
	s := served.Publishing(t, o, served.Snapshot())
	for _, path := range served.PathsWithLinks() {
		for _, said := range [][2]string{{"first.example", "/one"}, {"second.example", "/two"}, {"first.example", "/two"}} {
			r := httptest.NewRequest("GET", path, nil)
			r.RemoteAddr = "127.0.0.1:7"
			r.Header.Set("X-Forwarded-Host", said[0])
			r.Header.Set("X-Forwarded-Prefix", said[1])
			_, _, body := answered(s, r)
			leads := served.LinksTo(body, said[0]+said[1])
			if all := bytes.Count(body, []byte("first.example")) + bytes.Count(body, []byte("second.example")); leads == 0 || all != leads {
				t.Errorf("%s by %v: %d links lead there, and %d to either host", path, said, leads, all)
			}
		}
	}
}
