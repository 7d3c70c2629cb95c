package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// gun is one kept-alive connection. It speaks just enough HTTP/1.1 to cost less
// than any server it measures.
type gun struct {
	net.Conn
	answers *bufio.Reader
	host    string
	shot
}

// shot is what the last answer was.
type shot struct {
	status                int
	length                int // of the body as sent
	contentType, encoding string
}

func dial(ctx context.Context, target *url.URL) (*gun, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", target.Host)
	if err != nil {
		return nil, err
	}
	return &gun{Conn: conn, answers: bufio.NewReaderSize(conn, 64<<10), host: target.Host}, nil
}

// request returns the bytes that ask for a path.
func (g *gun) request(path string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\nUser-Agent: bench\r\n\r\n", path, g.host)
}

// ask asks once. The body goes to keep, or nowhere when that is nil. Another
// status than 200 and 204 is an error.
func (g *gun) ask(request []byte, keep io.Writer) error {
	if _, err := g.Write(request); err != nil {
		return err
	}
	line, err := g.answers.ReadSlice('\n')
	if err != nil {
		return err
	}
	status := string(line)
	g.shot = shot{length: -1}
	if len(status) > 12 {
		g.status, _ = strconv.Atoi(status[9:12]) // 0 is refused below
	}
	if g.status != 200 && g.status != 204 {
		return fmt.Errorf("the server answered %q", status)
	}
	chunked := false
	for {
		if line, err = g.answers.ReadSlice('\n'); err != nil {
			return err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimSpace(value)
		switch string(name) {
		case "Content-Length":
			if g.length, err = strconv.Atoi(string(value)); err != nil {
				return err
			}
		case "Transfer-Encoding":
			chunked = true
		case "Content-Type":
			g.contentType = string(value)
		case "Content-Encoding":
			g.encoding = string(value)
		}
	}
	switch {
	case chunked:
		return g.chunks(keep)
	case g.status == 204:
		g.length = 0
	case g.length < 0:
		return errors.New("an answer without its length")
	}
	return g.take(g.length, keep)
}

// chunks reads a body that is sent in chunks.
func (g *gun) chunks(keep io.Writer) error {
	g.length = 0
	for {
		line, err := g.answers.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseUint(strings.TrimSpace(string(line)), 16, 31)
		if err != nil {
			return err
		}
		if err := g.take(int(size), keep); err != nil {
			return err
		}
		if _, err := g.answers.Discard(2); err != nil || size == 0 {
			return err
		}
		g.length += int(size)
	}
}

func (g *gun) take(n int, keep io.Writer) error {
	if keep != nil {
		_, err := io.CopyN(keep, g.answers, int64(n))
		return err
	}
	_, err := g.answers.Discard(n)
	return err
}
