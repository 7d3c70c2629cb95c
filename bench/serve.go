package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"

	"demarc/data"
	"demarc/server"
)

// serveDemarc serves a dataset folder with demarc/server: "serve FOLDER".
func serveDemarc(ctx context.Context, args []string) (any, error) {
	snapshot, _, err := data.Read(ctx, os.DirFS(args[0]))
	if err != nil {
		return nil, err
	}
	s, err := server.New(server.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	if err := s.Publish(ctx, snapshot); err != nil {
		return nil, err
	}
	return nil, until(s)
}

// serveConstant answers everything with one file, by net/http alone:
// "constant FILE CONTENT-TYPE CONTENT-ENCODING".
func serveConstant(_ context.Context, args []string) (any, error) {
	body, err := os.ReadFile(args[0])
	if err != nil {
		return nil, err
	}
	return nil, until(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		header := w.Header()
		header.Set("Content-Type", args[1])
		header.Set("Content-Length", strconv.Itoa(len(body)))
		if args[2] != "" {
			header.Set("Content-Encoding", args[2])
		}
		_, _ = w.Write(body) // a client that has gone away needs no answer
	}))
}

// until serves on a free port of loopback, tells the address, and ends with the input.
func until(handler http.Handler) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = listener.Close()
	}()
	if err := json.NewEncoder(os.Stdout).Encode("http://" + listener.Addr().String()); err != nil {
		return err
	}
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
