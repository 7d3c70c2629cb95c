package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// volley is what a load generator measured.
type volley struct {
	PerSecond float64
	P50, P99  float64 // seconds
	Requests  int
	Processor float64 `json:"-"` // seconds of the server's processor time a request
	Body      []byte  // of the first answer, as sent
	Type      string  // its Content-Type and Content-Encoding
	Encoding  string
}

// fire loads a server from a process of its own: "fire URL CONNECTIONS SECONDS".
// Each connection is kept alive and asks again as soon as it has its answer. It
// speaks just enough HTTP/1.1 to cost less than any server it measures. An
// answer of another status or length than the first is an error.
func fire(ctx context.Context, args []string) (any, error) {
	target, err := url.Parse(args[0])
	if err != nil {
		return nil, err
	}
	connections, err := strconv.Atoi(args[1])
	if err != nil {
		return nil, err
	}
	length, err := time.ParseDuration(args[2] + "s")
	if err != nil {
		return nil, err
	}
	first, err := dial(ctx, target)
	if err != nil {
		return nil, err
	}
	defer first.Close()
	var v volley
	if v.Body, err = first.get(true); err != nil {
		return nil, err
	}
	v.Type, v.Encoding = first.contentType, first.encoding

	var group sync.WaitGroup
	times := make([][]time.Duration, connections)
	faults := make([]error, connections)
	begun := time.Now()
	for i := range connections {
		group.Go(func() { times[i], faults[i] = shoot(ctx, target, begun.Add(length), len(v.Body)) })
	}
	group.Wait()
	took := time.Since(begun)
	for _, err := range faults {
		if err != nil {
			return nil, err
		}
	}
	all := slices.Concat(times...)
	slices.Sort(all)
	v.Requests = len(all)
	v.PerSecond = float64(len(all)) / took.Seconds()
	v.P50, v.P99 = all[len(all)/2].Seconds(), all[len(all)*99/100].Seconds()
	return v, nil
}

// shoot asks on one connection until the end and returns how long each answer took.
func shoot(ctx context.Context, target *url.URL, end time.Time, length int) ([]time.Duration, error) {
	g, err := dial(ctx, target)
	if err != nil {
		return nil, err
	}
	defer g.Close()
	var times []time.Duration
	for before := time.Now(); before.Before(end); {
		if _, err := g.get(false); err != nil {
			return nil, err
		}
		if g.length != length {
			return nil, fmt.Errorf("%d bytes came, %d before", g.length, length)
		}
		after := time.Now()
		times = append(times, after.Sub(before))
		before = after
	}
	return times, nil
}

// gun is one connection.
type gun struct {
	net.Conn
	answers               *bufio.Reader
	request               []byte
	length                int // of the last body
	contentType, encoding string
}

func dial(ctx context.Context, target *url.URL) (*gun, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", target.Host)
	if err != nil {
		return nil, err
	}
	request := fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\nUser-Agent: bench\r\n\r\n", target.RequestURI(), target.Host)
	return &gun{Conn: conn, answers: bufio.NewReaderSize(conn, 64<<10), request: request}, nil
}

// get asks once. The body is returned only when it is wanted.
func (g *gun) get(wanted bool) (body []byte, err error) {
	if _, err := g.Write(g.request); err != nil {
		return nil, err
	}
	status, err := g.answers.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(string(status), "HTTP/1.1 200 ") {
		return nil, fmt.Errorf("the server answered %q", status)
	}
	g.length = -1
	for {
		line, err := g.answers.ReadSlice('\n')
		if err != nil {
			return nil, err
		}
		if len(line) <= 2 {
			break
		}
		switch name, value, _ := strings.Cut(string(line), ":"); name {
		case "Content-Length":
			if g.length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return nil, err
			}
		case "Content-Type":
			g.contentType = strings.TrimSpace(value)
		case "Content-Encoding":
			g.encoding = strings.TrimSpace(value)
		}
	}
	if g.length < 0 {
		return nil, fmt.Errorf("an answer without Content-Length")
	}
	if wanted {
		body = make([]byte, g.length)
		_, err = io.ReadFull(g.answers, body)
		return body, err
	}
	_, err = g.answers.Discard(g.length)
	return nil, err
}
