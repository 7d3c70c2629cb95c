package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends bytes to the clients' listener and returns all that comes back until
// the connection is closed.
func raw(t *testing.T, s served, parts ...string) string {
	t.Helper()
	conn := dial(t, s)
	for _, part := range parts {
		if _, err := io.WriteString(conn, part); err != nil {
			break // the server has heard enough
		}
	}
	answer, _ := io.ReadAll(conn) // a reset after the answer is as good as an end
	return string(answer)
}

func dial(t *testing.T, s served) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.urls["clients"], "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestUnusualClientsAreAnswered(t *testing.T) {
	s := serve(t)
	for name, c := range map[string]struct {
		send string
		want []string
	}{
		"HTTP/1.0 without a host": {"GET /v1/gaza/share?as_of=2026-01-20 HTTP/1.0\r\n\r\n", []string{"HTTP/1.0 200 OK", `"percent":53.1`}},
		"two requests at once": {"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
			[]string{`"status":"ok"`, `"status":"ready"`}},
		"a whole address in the first line": {"GET http://elsewhere.example/healthz HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n", []string{"200 OK"}},
		"an asterisk":                       {"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", []string{"HTTP/1.1 200"}},
		"no host":                           {"GET / HTTP/1.1\r\n\r\n", []string{"400 Bad Request"}},
		"nonsense":                          {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", []string{"400 Bad Request"}},
		"a huge header":                     {"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + strings.Repeat("x", 64<<10) + "\r\n\r\n", []string{"431 Request Header Fields Too Large"}},
		"a huge path":                       {"GET /" + strings.Repeat("x", 64<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n", []string{"431 Request Header Fields Too Large"}},
		"two lengths":                       {"POST /v1/gaza/split HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", []string{"400 Bad Request"}},
		"a body announced beyond the limit": {"POST /v1/gaza/share HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n", []string{"413 Request Entity Too Large", "8388608 bytes"}},
		"a body cut off":                    {"POST /v1/gaza/share HTTP/1.0\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{}", nil},
		"an upgrade":                        {"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n", []string{"200 OK"}},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "a body cut off" {
				conn := dial(t, s)
				fmt.Fprint(conn, c.send)
				conn.Close()
				return // whether the server lives on is asked below
			}
			answer := raw(t, s, c.send)
			for _, want := range c.want {
				if !strings.Contains(answer, want) {
					t.Errorf("the answer lacks %q: %.400s", want, answer)
				}
			}
		})
	}
	if status, _ := get(t, s.urls["clients"]+"/healthz"); status != 200 {
		t.Errorf("afterwards: %d", status)
	}
}

func TestABodyWithoutEndIsCutOff(t *testing.T) {
	s := serve(t, "--max-body", "100000")
	chunk := "10000\r\n" + strings.Repeat(" ", 0x10000) + "\r\n"
	parts := append([]string{"POST /v1/gaza/share HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"}, make([]string, 1000)...)
	for i := range parts[1:] {
		parts[i+1] = chunk
	}
	if answer := raw(t, s, parts...); answer != "" && !strings.Contains(answer, "413 Request Entity Too Large") {
		t.Errorf("%.300s", answer) // the answer may be lost with the connection
	}
	if status, _ := get(t, s.urls["clients"]+"/healthz"); status != 200 {
		t.Errorf("afterwards: %d", status)
	}
}

func TestACompressedBodyIsNeverUnpacked(t *testing.T) {
	s := serve(t)
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	zeros := make([]byte, 1<<20)
	for range 8 { // it is refused by its header, so more of them show no more
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest("POST", s.urls["clients"]+"/v1/gaza/share", &bomb)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Encoding", "gzip")
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("%d", r.StatusCode)
	}
}

func TestIdleAndSlowClientsKeepNobodyOut(t *testing.T) {
	t.Parallel() // it waits for a time limit
	s := serve(t)
	var slow []net.Conn
	for i := range 300 {
		conn := dial(t, s)
		if i%2 == 0 {
			fmt.Fprint(conn, "GET /v1 HTTP/1.1\r\nHost:")
		}
		slow = append(slow, conn)
	}
	if status, _ := get(t, s.urls["clients"]+"/v1/gaza/share"); status != 200 {
		t.Errorf("beside slow clients: %d", status)
	}
	if _, err := io.ReadAll(slow[0]); err != nil {
		t.Errorf("a client that never ends its headers is not cut off: %v", err)
	}
}

// halfSent is a request whose body does not end: its connection is at work.
const halfSent = "POST /v1/gaza/share HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"

// asked sends a whole request and returns the first line of the answer.
func asked(t *testing.T, conn net.Conn) (line string, err error) {
	t.Helper()
	fmt.Fprint(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	return bufio.NewReader(conn).ReadString('\n')
}

func TestBeyondTheMostConnectionsOthersWait(t *testing.T) {
	s := serve(t, "--max-connections", "2", "--connections-per-address", "9")
	first, second := dial(t, s), dial(t, s)
	for _, conn := range []net.Conn{first, second} {
		if line, err := asked(t, conn); err != nil || !strings.Contains(line, "200") {
			t.Fatalf("%q %v", line, err)
		}
		fmt.Fprint(conn, halfSent) // at work from now on
	}
	time.Sleep(100 * time.Millisecond) // until it is read
	third := dial(t, s)
	fmt.Fprint(third, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := third.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := third.Read(make([]byte, 1)); err == nil {
		t.Error("a third connection is answered beside two at work")
	}
	first.Close()
	if err := third.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(third).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("once there is room: %q %v", line, err)
	}
}

func TestTheConnectionThatIsIdleLongestMakesRoom(t *testing.T) {
	s := serve(t, "--max-connections", "20", "--connections-per-address", "20")
	var idle []net.Conn
	for n := range 20 {
		conn := dial(t, s)
		if n%2 == 0 { // some have asked, the others never do
			if line, err := asked(t, conn); err != nil || !strings.Contains(line, "200") {
				t.Fatalf("%q %v", line, err)
			}
		}
		idle = append(idle, conn)
	}
	for range 3 {
		if line, err := asked(t, dial(t, s)); err != nil || !strings.Contains(line, "200") {
			t.Errorf("beside idle connections: %q %v", line, err)
		}
	}
	if err := idle[1].SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := idle[1].Read(make([]byte, 1)); err == nil || strings.Contains(err.Error(), "timeout") {
		t.Errorf("the longest idle is still there: %v", err)
	}
	if line, err := asked(t, idle[18]); err != nil || !strings.Contains(line, "200") {
		t.Errorf("the shortest idle is gone: %q %v", line, err)
	}
}

func TestOneAddressLeavesConnectionsToOthers(t *testing.T) {
	s := serve(t, "--max-connections", "8")
	var greedy []net.Conn
	for range 20 {
		conn := dial(t, s)
		fmt.Fprint(conn, halfSent)
		greedy = append(greedy, conn)
		time.Sleep(10 * time.Millisecond)
	}
	other, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}).Dial("tcp", strings.TrimPrefix(s.urls["clients"], "http://"))
	if err != nil {
		t.Skip("this system has one loopback address:", err)
	}
	defer other.Close()
	if err := other.SetDeadline(time.Now().Add(3 * time.Second)); err != nil { // before those of the greedy one end
		t.Fatal(err)
	}
	if line, err := asked(t, other); err != nil || !strings.Contains(line, "200") {
		t.Errorf("another address: %q %v", line, err)
	}
	_ = greedy
}

// The answer to what is refused before its body was read reaches a client that
// goes on sending: it is not lost in a reset.
func TestAnEarlyAnswerReachesWhoIsStillSending(t *testing.T) {
	s := serve(t, "--max-body", "1000")
	for name, c := range map[string]struct{ send, want string }{
		"a body beyond the limit": {"POST /v1/gaza/share HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n" + strings.Repeat("x", 900_000), "413 "},
		"headers beyond theirs":   {"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + strings.Repeat("x", 900_000) + "\r\n\r\n", "431 "},
		"no request":              {"nonsense\r\n\r\n" + strings.Repeat("x", 900_000), "400 "},
	} {
		for range 3 {
			conn := dial(t, s)
			go func() { // which does not listen while it sends
				for rest := c.send; rest != ""; rest = rest[min(len(rest), 20_000):] {
					if _, err := io.WriteString(conn, rest[:min(len(rest), 20_000)]); err != nil {
						return
					}
					time.Sleep(50 * time.Millisecond)
				}
			}()
			answer, err := io.ReadAll(conn)
			if err != nil || !strings.Contains(string(answer), c.want) {
				t.Fatalf("%s: %.200q %v", name, answer, err)
			}
			conn.Close()
		}
	}
}

func TestTheBoundsOfConnectionsFitTheFilesThatMayBeOpen(t *testing.T) {
	var said bytes.Buffer
	log := slog.New(slog.NewTextHandler(&said, nil))
	for _, c := range []struct{ asked, files, most, each int }{
		{10_000, 0, 10_000, 5000}, {10_000, 16_384, 10_000, 5000}, {10_000, 1024, 768, 384}, {10_000, 256, 128, 64}, {1, 1024, 1, 1},
	} {
		said.Reset()
		o := serveOptions{connections: c.asked}
		most, each := o.bounds(c.files, log)
		if most != c.most || each != c.each || (most < c.asked) != strings.Contains(said.String(), "open files") {
			t.Errorf("%+v: %d and %d: %s", c, most, each, said.String())
		}
	}
}
