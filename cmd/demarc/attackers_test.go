package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// attack is the command attackers URL LASTS SIZE HOLES SLOW: a process of its own, at
// the lowest priority, since attackers bring their own processors. They come from many
// addresses, with bodies of so many bytes and holes, so many slow connections each.
func attack() {
	url, numbers := os.Args[1], make([]int, 3)
	lasts, err := time.ParseDuration(os.Args[2])
	for i := range numbers {
		n, bad := strconv.Atoi(os.Args[3+i])
		numbers[i], err = n, errors.Join(err, bad)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ctx, stop := context.WithTimeout(context.Background(), lasts)
	defer stop()
	var all sync.WaitGroup
	each := func(n int, address string, once func(c *http.Client, n int)) {
		for k := range n {
			all.Go(func() {
				c := from(fmt.Sprintf(address, k+1))
				for n := k; ctx.Err() == nil; n += 7 {
					once(c, n)
				}
			})
		}
	}
	day := func(n, days int) string {
		return time.Date(2025, 10, 20+n%days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	bodies := []string{nested(numbers[0]), pierced(numbers[1])}
	each(6, "127.0.1.%d", func(c *http.Client, n int) { send(ctx, c, "POST", url+"/v1/gaza/share", bodies[n%len(bodies)]) })
	each(16, "127.0.2.%d", func(c *http.Client, n int) {
		send(ctx, c, "GET", url+"/tiles/gaza/10/610/417.mvt?as_of="+day(n, 50), "")
	})
	each(8, "127.0.3.%d", func(c *http.Client, n int) { send(ctx, c, "GET", url+"/map.png?as_of="+day(n, 330), "") })
	each(4, "127.0.4.%d", func(_ *http.Client, n int) { slowly(ctx, strings.TrimPrefix(url, "http://"), numbers[2], 1+n%2*50_000) })
	all.Wait()
}

// slowly holds so many connections, each with the beginning of a body, for 20 s.
func slowly(ctx context.Context, address string, connections, begun int) {
	var held []net.Conn
	for range connections {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			break
		}
		held = append(held, conn)
		_, _ = io.WriteString(conn, "POST /v1/gaza/share HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"+strings.Repeat("{", begun))
	}
	select {
	case <-ctx.Done():
	case <-time.After(20 * time.Second):
	}
	for _, conn := range held {
		_ = conn.Close()
	}
}

// from asks from one of the addresses of the loopback, each of which is a client.
func from(address string) *http.Client {
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}
	return &http.Client{Timeout: time.Minute, Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
}

// send asks and reports the status, 0 for none.
func send(ctx context.Context, c *http.Client, method, url, body string) int {
	r, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return 0
	}
	answer, err := c.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// nested is a point in many collections, with much that says nothing.
func nested(bytes int) string {
	return strings.Repeat(`{"type":"GeometryCollection","geometries":[`, 30) + `{"type":"MultiPoint","x":"` + strings.Repeat("a", bytes) +
		`","coordinates":[[34.35,31.35]]}` + strings.Repeat("]}", 30)
}

// pierced is a round polygon with many holes.
func pierced(holes int) string {
	var b strings.Builder
	b.WriteString(`{"type":"Polygon","coordinates":[[`)
	corners := 3 * holes
	for k := range corners + 1 {
		sin, cos := math.Sincos(2 * math.Pi * float64(k%corners) / float64(corners))
		fmt.Fprintf(&b, "[%.7f,%.7f],", 34.4+0.2*cos, 31.4+0.2*sin)
	}
	text := strings.TrimSuffix(b.String(), ",") + "]"
	b.Reset()
	side := int(math.Sqrt(float64(holes))) + 1
	for k := range holes {
		x, y, d := 34.28+0.24*float64(k%side)/float64(side), 31.28+0.24*float64(k/side)/float64(side), 0.08/float64(side)
		fmt.Fprintf(&b, ",[[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f]]", x, y, x, y+d, x+d, y, x, y)
	}
	return text + b.String() + "]}"
}
