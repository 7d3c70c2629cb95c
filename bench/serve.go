package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"
)

// serveDemarc serves a dataset folder with demarc/server: "serve FOLDER". A
// folder on a line of input is loaded instead, and the outcome answered.
func serveDemarc(ctx context.Context, args []string) (any, error) {
	s, err := server.New(server.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	reload := func(folder string) server.Reload {
		return s.Reload(ctx, func(ctx context.Context, o data.ReadOptions) ([]*data.Snapshot, error) {
			snapshot, _, err := o.Read(ctx, os.DirFS(folder))
			return []*data.Snapshot{snapshot}, err
		})
	}
	if first := reload(args[0]); !first.OK {
		return nil, errors.New(first.Error)
	}
	return nil, until(s, func(line string) any {
		var folder string
		if err := json.Unmarshal([]byte(line), &folder); err != nil {
			return server.Reload{Error: err.Error()}
		}
		return reload(folder)
	})
}

// serveConstant answers everything with one file, by net/http alone:
// "constant FILE CONTENT-TYPE CONTENT-ENCODING", or, with the header that another
// server answers at a URL, "constant FILE CONTENT-TYPE CONTENT-ENCODING URL".
func serveConstant(ctx context.Context, args []string) (any, error) {
	body, err := os.ReadFile(args[0])
	if err != nil {
		return nil, err
	}
	fixed := http.Header{"Content-Type": {args[1]}, "Content-Length": {strconv.Itoa(len(body))}}
	if args[2] != "" {
		fixed["Content-Encoding"] = []string{args[2]}
	}
	if len(args) > 3 {
		if fixed, err = headerOf(ctx, args[3]); err != nil {
			return nil, err
		}
	}
	return nil, until(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), fixed)
		_, _ = w.Write(body) // a client that has gone away needs no answer
	}), nil)
}

// headerOf returns the header of what a server answers to the load generator.
func headerOf(ctx context.Context, url string) (http.Header, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	answer.Header.Del("Date") // net/http adds it
	return answer.Header, answer.Body.Close()
}

// until serves on a free port of loopback, tells the address, and ends with the
// input. Each line of input is answered by a line of JSON, where answer is not nil.
func until(handler http.Handler, answer func(line string) any) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode("http://" + listener.Addr().String()); err != nil {
		return err
	}
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			if answer != nil {
				_ = json.NewEncoder(os.Stdout).Encode(answer(lines.Text())) // nobody is left to tell
			}
		}
		_ = listener.Close()
	}()
	_ = http.Serve(listener, handler) // ends by the listener's end
	return nil
}

// serving starts a server part in a child and returns its base URL.
func serving(b *Bench, args ...string) (*dialogue, string, error) {
	cmd, err := self(b.ctx, args...)
	if err != nil {
		return nil, "", err
	}
	d, err := converse(cmd)
	if err != nil {
		return nil, "", err
	}
	var base string
	if err := d.hear(&base); err != nil {
		return nil, "", fmt.Errorf("%v: %w", args, err)
	}
	return d, base, nil
}
