package main

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/gaza"
)

// served is a running demarc serve.
type served struct {
	urls map[string]string // listener to URL
	stop func() int        // ends it and returns its exit status
}

// serve runs demarc serve until the test ends.
func serve(t *testing.T, args ...string) served {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), nil, io.Discard, writer)
		writer.Close()
	}()
	listeners := 1
	for _, arg := range args {
		if strings.HasSuffix(arg, "-listen") {
			listeners++
		}
	}
	urls, lines := map[string]string{}, bufio.NewScanner(reader)
	said := ""
	listening := regexp.MustCompile(`msg=listening for=(\w+) url=(\S+)/`)
	for len(urls) < listeners && lines.Scan() {
		said += lines.Text() + "\n"
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			urls[m[1]] = m[2]
		}
	}
	if len(urls) < listeners {
		cancel()
		t.Fatalf("it does not listen:\n%s", said)
	}
	go io.Copy(io.Discard, reader)
	stopped := false
	s := served{urls, func() int { cancel(); stopped = true; return <-exit }}
	t.Cleanup(func() {
		if !stopped {
			s.stop()
		}
	})
	return s
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	r, body := exchange(t, "GET", url, "", nil)
	return r.StatusCode, body
}

// exchange sends a request, with an Authorization where that is not "", and reads the answer.
func exchange(t *testing.T, method, url, authorization string, body io.Reader) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	answer, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(answer)
}

// dataset is a copy of the embedded dataset to change, with its map background.
func dataset(t testing.TB) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "gaza")
	for _, files := range []fs.FS{gaza.Files, gaza.Context} {
		if err := os.CopyFS(folder, files); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// retitle replaces text in dataset.json.
func retitle(t *testing.T, folder, from, to string) {
	t.Helper()
	name := filepath.Join(folder, "dataset.json")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("dataset.json lacks %q", from)
	}
	if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(text), from, to)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// eventually waits until a URL answers with a text in it.
func eventually(t *testing.T, url, want string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		_, body := get(t, url)
		if strings.Contains(body, want) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s never says %q: %.300s", url, want, body)
		}
	}
}

func TestAChangedFolderIsReadAgainAndABrokenOneIsNot(t *testing.T) {
	folder := dataset(t)
	s := serve(t, "--data", folder)
	url := s.urls["clients"]
	retitle(t, folder, "Gaza Strip", "First Change")
	eventually(t, url+"/v1", "First Change")
	retitle(t, folder, "First Change", `Broken", "`)
	eventually(t, url+"/readyz", `"degraded"`)
	if _, body := get(t, url+"/v1"); !strings.Contains(body, "First Change") {
		t.Errorf("the last good snapshot is gone: %s", body)
	}
	if _, body := get(t, url+"/metrics"); !strings.Contains(body, "demarc_degraded 1") {
		t.Error("the metrics do not tell")
	}
	retitle(t, folder, `Broken", "`, "Second Change")
	eventually(t, url+"/v1", "Second Change")
	eventually(t, url+"/readyz", `"ready"`)
}

func TestAFolderInWhichSomethingAlwaysChangesIsReadAgainAllTheSame(t *testing.T) {
	folder := dataset(t)
	s := serve(t, "--data", folder)
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for n := 0; ; n++ {
			_ = os.WriteFile(filepath.Join(folder, "x.log"), []byte(strings.Repeat("x", n)), 0o600)
			select {
			case <-stop:
				return
			case <-time.After(quiet / 4):
			}
		}
	}()
	time.Sleep(quiet) // the log grows by now
	retitle(t, folder, "Gaza Strip", "Corrected")
	eventually(t, s.urls["clients"]+"/v1", "Corrected")
	close(stop)
	<-ended
}

func TestALinkThatIsTurnedToAnotherFolderIsReadAgain(t *testing.T) {
	one, two := dataset(t), dataset(t)
	retitle(t, two, "Gaza Strip", "Second Edition")
	link := filepath.Join(t.TempDir(), "current")
	if err := os.Symlink(one, link); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "--data", link)
	next := link + ".next"
	if err := os.Symlink(two, next); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, link); err != nil {
		t.Fatal(err)
	}
	eventually(t, s.urls["clients"]+"/v1", "Second Edition")
	retitle(t, two, "Second Edition", "Third Edition")
	eventually(t, s.urls["clients"]+"/v1", "Third Edition")
}

func TestTheOperatorsDoorWantsTheToken(t *testing.T) {
	folder := dataset(t)
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("correct-horse-battery\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "--data", folder, "--watch=false", "--admin-listen", "127.0.0.1:0", "--admin-token-file", token, "--metrics-listen", "127.0.0.1:0", "--pprof-listen", "127.0.0.1:0")
	reload := func(authorization string) (int, string) {
		r, body := exchange(t, "POST", s.urls["operator"]+"/reload", authorization, nil)
		return r.StatusCode, body
	}
	for _, wrong := range []string{"", "Bearer", "Bearer wrong", "Basic correct-horse-battery", "Bearer correct-horse-batter"} {
		if status, body := reload(wrong); status != 401 {
			t.Errorf("%q: %d %s", wrong, status, body)
		}
	}
	retitle(t, folder, "Gaza Strip", "Told To")
	if status, body := reload("Bearer correct-horse-battery"); status != 200 || !strings.Contains(body, `"changed":["gaza"]`) {
		t.Errorf("%d %s", status, body)
	}
	if _, body := get(t, s.urls["clients"]+"/v1"); !strings.Contains(body, "Told To") {
		t.Errorf("not reloaded: %s", body)
	}
	retitle(t, folder, "default_basis", "default_bass")
	if status, body := reload("Bearer correct-horse-battery"); status != 422 || !strings.Contains(body, `"file":"dataset.json"`) {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := get(t, s.urls["clients"]+"/metrics"); status != 404 {
		t.Errorf("/metrics is on the clients' listener too: %d", status)
	}
	if status, body := get(t, s.urls["metrics"]+"/metrics"); status != 200 || !strings.Contains(body, `demarc_reloads_total{result="refused"} 1`) {
		t.Errorf("%d %.200s", status, body)
	}
	if status, _ := get(t, s.urls["metrics"]+"/v1"); status != 404 {
		t.Errorf("data is on the metrics' listener: %d", status)
	}
	if status, _ := get(t, s.urls["profiler"]+"/debug/pprof/cmdline"); status != 200 {
		t.Errorf("the profiler answers %d", status)
	}
	if status, _ := get(t, s.urls["clients"]+"/debug/pprof/"); status != 404 {
		t.Errorf("the profiler is on the clients' listener: %d", status)
	}
}

func TestARequestUnderWayIsFinishedAtTheEnd(t *testing.T) {
	s := serve(t)
	address := strings.TrimPrefix(s.urls["clients"], "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const body = `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`
	if _, err := io.WriteString(conn, "POST /v1/gaza/split HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 62\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	if line, err := in.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q %v", line, err) // the request is under way now
	}
	exit := make(chan int)
	go func() { exit <- s.stop() }()
	for { // until nobody new is let in
		c, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		c.Close()
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := io.WriteString(conn, body+"\n"); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(in)
	if err != nil || !strings.Contains(string(rest), "200 OK") {
		t.Errorf("%v %s", err, rest)
	}
	if status := <-exit; status != exitOK {
		t.Errorf("exit status %d", status)
	}
}

func TestServeRefusesWhatItCannotDo(t *testing.T) {
	short := filepath.Join(t.TempDir(), "short")
	if err := os.WriteFile(short, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--tls-cert", "x"}, exitUsage, "--tls-key"},
		{[]string{"--admin-listen", "127.0.0.1:0"}, exitUsage, "--admin-token-file"},
		{[]string{"--admin-listen", "127.0.0.1:0", "--admin-token-file", short}, exitUsage, "16 characters"},
		{[]string{"--data", t.TempDir()}, exitRefused, "dataset.json"},
		{[]string{"--listen", "127.0.0.1:99999"}, exitRefused, "99999"},
		{[]string{"--log", "loud"}, exitUsage, "loud"},
		{[]string{"--trusted-proxy", "everyone"}, exitUsage, "everyone"},
		{[]string{"--admin-listen", ":8081", "--admin-token-file", short}, exitUsage, "16 characters"},
		{[]string{"--pprof-listen", "0.0.0.0:6060"}, exitUsage, "--pprof-listen"},
		{[]string{"--pprof-listen", "[::]:6060"}, exitUsage, "in the clear"},
		{[]string{"--pprof-listen", "example.org:6060"}, exitUsage, "in the clear"},
		{[]string{"--hsts", "1h"}, exitUsage, "--tls-cert"},
		{[]string{"--forwarded", "forwarded"}, exitUsage, "--trusted-proxy"},
		{[]string{"--trusted-proxy", "127.0.0.1", "--forwarded", "x-real-ip"}, exitUsage, "x-real-ip"},
		{[]string{"--base-url", "https://maps.example.org:80@evil.example"}, exitUsage, "a host"},
	} {
		var said strings.Builder
		if status := run(context.Background(), append([]string{"serve", "--listen", "127.0.0.1:0"}, c.args...), nil, io.Discard, &said); status != c.status || !strings.Contains(said.String(), c.says) {
			t.Errorf("%v: exit status %d: %s", c.args, status, &said)
		}
	}
}
