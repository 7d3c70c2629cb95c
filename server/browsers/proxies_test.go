package browsers

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/pages"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/static"
)

// proxy is a program in front of the server, configured by a block of
// docs/operations.md as it stands there, but for the addresses.
type proxy struct {
	component, under string // under is the path of the block, "" for none
	configure        func(t *testing.T, block, backend, address string) (program string, args []string)
}

var proxies = []proxy{{"nginx", "", nginx}, {"nginx", "/maps", nginx}, {"caddy", "", caddy}, {"caddy", "/maps", caddy}}

// start runs the proxy with its block and returns where it listens. Somebody
// else may take the address first, and then another one is tried.
func (p *proxy) start(t *testing.T, backend string) (address string) {
	t.Helper()
	block, said := documented(t, p.component, p.under), ""
	for range 5 {
		address := freeAddress(t)
		program, args := p.configure(t, block, backend, address)
		var listens bool
		if listens, said = run(t, program, address, args...); listens {
			return address
		}
	}
	t.Fatalf("%s ended: %s", p.component, said)
	return ""
}

// documented is the block for a program under a path.
func documented(t *testing.T, language, under string) string {
	t.Helper()
	const page = "docs/operations.md"
	text, err := pages.Text(page)
	if err != nil {
		t.Fatal(err)
	}
	blocks, err := pages.Blocks(page, text)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, b := range blocks {
		if b.Language == language && strings.Contains(b.Text, "/maps") == (under != "") && strings.Contains(b.Text, "127.0.0.1:8080") {
			found = append(found, b.Text)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%s has %d blocks for %s under %q", page, len(found), language, under)
	}
	return found[0]
}

// freeAddress is an address of this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// nginx is nginx with a location, and a cache that knows, as nginx's own
// choice is, an answer by its path and query only, here within a round of the test.
func nginx(t *testing.T, location, backend, address string) (program string, args []string) {
	t.Helper()
	folder := t.TempDir()
	location = strings.NewReplacer("127.0.0.1:8080", backend, "maps.example.org", address).Replace(location)
	location = strings.Replace(location, "{", "{\n    proxy_cache all; proxy_cache_key $request_uri$http_x_round;\n    add_header X-Cache $upstream_cache_status;", 1)
	config := filepath.Join(folder, "nginx.conf")
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;" // the cache's folder is root's
	}
	write(t, config, fmt.Sprintf(`%[4]s daemon off; pid %[1]s/pid; error_log %[1]s/error.log; worker_processes 1;
events { worker_connections 64; }
http {
    access_log off; client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxied; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
    proxy_cache_path %[1]s/cache keys_zone=all:1m;
    server { listen %[2]s; %[3]s }
}
`, folder, address, location, user))
	return referee.Program(t, "nginx", "/usr/sbin/nginx"), []string{"-c", config, "-p", folder, "-e", filepath.Join(folder, "error.log")}
}

// caddy is Caddy with a site.
func caddy(t *testing.T, site, backend, address string) (program string, args []string) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "Caddyfile")
	site = strings.NewReplacer("127.0.0.1:8080", backend, "maps.example.org", "http://"+address).Replace(site)
	write(t, config, "{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n"+site)
	return referee.Program(t, "caddy", "caddy"), []string{"run", "--adapter", "caddyfile", "--config", config}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run starts a program that ends with the test, and waits until it listens; false,
// with what it said, when it ends before that.
func run(t *testing.T, program, address string, args ...string) (listens bool, said string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr, cmd.SysProcAttr = &out, &out, &syscall.SysProcAttr{}
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	referee.EndWithThisProcess(cmd.SysProcAttr, syscall.SIGTERM)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
		<-ended
	})
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case err := <-ended:
			ended <- err
			return false, out.String()
		default:
		}
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
		if err == nil {
			_ = conn.Close()
			return true, ""
		}
	}
	t.Fatalf("%s does not listen on %s", program, address)
	return false, ""
}

// behind starts the server with its page as a proxy finds it.
func behind(t *testing.T, o server.Options) (backend string) {
	t.Helper()
	files, built := static.Files()
	if !built {
		referee.Absent(t, "page", "the page is not built: npm ci && npm run build in static/web")
	}
	o.Page, o.Built, o.Marks, o.Trusted = files, built, marks, served.Loopback
	o.Now = func() time.Time { return today.AddDate(1, 0, 0) } // so that no claim is of a day to come
	web := httptest.NewServer(served.Publishing(t, o, served.Snapshot()))
	t.Cleanup(web.Close)
	return strings.TrimPrefix(web.URL, "http://")
}

// attacks are what a client sends so as to have links of others lead to itself.
// The last ones are of the path, which is a proxy's to say too.
var attacks = [][]string{
	{"Forwarded", "host=evil.example"}, {"Forwarded", `for=1.2.3.4;host="evil.example";proto=https`}, {"Forwarded", `host="evil.example`},
	{"X-Forwarded-Host", "evil.example"}, {"X-Forwarded-Host", "maps.example.org:80@evil.example"}, {"X-Forwarded-Server", "evil.example"},
	{"X-Original-Host", "evil.example"}, {"X-Host", "evil.example"}, {"X-Forwarded-Proto", "evil.example"},
	{"Host", "evil.example"}, {"Host", "maps.example.org:80@evil.example"}, {"Host", "user@evil.example"},
	{"X-Forwarded-Prefix", "/evil.example"}, {"X-Forwarded-Prefix", "//evil.example"},
}

func TestBehindTheDocumentedProxiesNobodysLinksLeadToAnAttacker(t *testing.T) {
	if testing.Short() {
		t.Skip("one client asks one thing after the other, which a run for races need not see: run without -short")
	}
	for _, p := range proxies {
		t.Run(p.component+p.under, func(t *testing.T) {
			referee.Need(t, p.component)
			address := p.start(t, behind(t, server.Options{}))
			front := "http://" + address + p.under
			cached := 0
			for n, attack := range attacks {
				for _, path := range served.PathsWithLinks() {
					round := []string{"X-Round", fmt.Sprint(n)}
					_, evil := served.Ask(t, "GET", front+path, append(round, attack...)...)
					r, body := served.Ask(t, "GET", front+path, round...)
					if strings.Contains(string(evil), "evil.example") || strings.Contains(string(body), "evil.example") {
						t.Errorf("%s after %v leads to the attacker", path, attack)
					}
					if r.StatusCode != 200 || served.LinksTo(body, address+p.under) == 0 {
						t.Errorf("%s after %v: %d, without a link to %s", path, attack, r.StatusCode, front)
					}
					if r.Header.Get("X-Cache") == "HIT" {
						cached++
					}
				}
			}
			if p.component == "nginx" && cached < len(attacks)*len(served.PathsWithLinks())*3/4 { // nginx refuses some of the hosts itself
				t.Errorf("nginx kept only %d answers of the attacker", cached)
			}
		})
	}
}

func TestUnderAPathThePageAndEveryLinkWork(t *testing.T) {
	b := openBrowser(t)
	for _, p := range proxies {
		if p.under == "" {
			continue
		}
		byBase := p.component == "caddy" // the other one says it in its headers
		t.Run(p.component, func(t *testing.T) {
			referee.Need(t, p.component)
			// The server is told its address before the proxy has one, so something stands between them.
			var backend string
			between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { passOn(w, r, backend) }))
			t.Cleanup(between.Close)
			address := p.start(t, strings.TrimPrefix(between.URL, "http://"))
			front, o := "http://"+address+p.under, server.Options{}
			if byBase {
				o.BaseURL = front
			}
			backend = behind(t, o)

			page := b.tab(t, small)
			page.open(front + "/?lang=en")
			if got := page.text("#percent"); got != "53.1%" {
				t.Errorf("the page says %s", got)
			}
			if state := js[string](page, `document.body.dataset.state`); state != "idle" {
				t.Errorf("the map is %s", state)
			}
			page.quiet()
			links := js[[]string](page, `[...document.querySelectorAll('a[href]')].map((a) => a.href).filter((a) => new URL(a).origin === location.origin)`)
			links = append(links, hrefs(t, front+"/docs")...)
			links = append(links, hrefs(t, front+"/ogc?f=html")...)
			var dataset struct{ Links map[string]string }
			getJSON(t, front+"/v1/gaza", &dataset)
			for _, link := range dataset.Links {
				links = append(links, link)
			}
			if len(links) < 30 {
				t.Errorf("only %d links: %v", len(links), links)
			}
			for _, link := range links {
				if !strings.HasPrefix(link, front+"/") {
					t.Errorf("%s leads out of %s", link, front)
				}
				if r, _ := served.Ask(t, "GET", link); r.StatusCode >= 300 {
					t.Errorf("%s: %d", link, r.StatusCode)
				}
			}
		})
	}
}

// passOn sends a request on as it is.
func passOn(w http.ResponseWriter, r *http.Request, backend string) {
	out := r.Clone(r.Context())
	out.URL.Scheme, out.URL.Host, out.RequestURI = "http", backend, ""
	answer, err := http.DefaultTransport.RoundTrip(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	for name, values := range answer.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body) // who has gone away needs no answer
}

// hrefs are where the links of a page lead, but for those within it.
func hrefs(t *testing.T, page string) []string {
	t.Helper()
	r, body := served.Ask(t, "GET", page)
	if r.StatusCode != 200 {
		t.Fatalf("%s: %d", page, r.StatusCode)
	}
	var out []string
	for _, m := range regexp.MustCompile(`href="([^"#]+)"`).FindAllStringSubmatch(string(body), -1) {
		to, err := r.Request.URL.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, to.String())
	}
	return out
}
