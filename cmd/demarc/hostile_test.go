package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
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
	for range 100 {
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

func TestBeyondTheMostConnectionsOthersWait(t *testing.T) {
	s := serve(t, "--max-connections", "2")
	first, second := dial(t, s), dial(t, s)
	for _, conn := range []net.Conn{first, second} {
		fmt.Fprint(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
			t.Fatalf("%q %v", line, err)
		}
	}
	third := dial(t, s)
	fmt.Fprint(third, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := third.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := third.Read(make([]byte, 1)); err == nil {
		t.Error("a third connection is answered beside two")
	}
	first.Close()
	if err := third.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(third).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
		t.Errorf("once there is room: %q %v", line, err)
	}
}
