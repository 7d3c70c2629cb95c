package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"sync"
	"time"
)

// door is one listener with what answers on it.
type door struct {
	name     string
	listener net.Listener
	web      *http.Server
	tls      bool // web has a TLSConfig with a certificate
}

// open listens on an address. Slow clients are cut off: a request has 5 s for
// its headers and 30 s in all, an answer a minute.
func open(ctx context.Context, name, address string, handler http.Handler, connections int, log *slog.Logger) (*door, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	crowded := &crowd{Listener: listener, free: make(chan struct{}, connections), closed: make(chan struct{})}
	return &door{name: name, listener: crowded, web: &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 120 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}}, nil
}

// url is where the door is found.
func (d *door) url() string {
	scheme := "http"
	if d.tls {
		scheme = "https"
	}
	return scheme + "://" + d.listener.Addr().String() + "/"
}

// serve answers until shut.
func (d *door) serve() error {
	var err error
	if d.tls {
		err = d.web.ServeTLS(d.listener, "", "")
	} else {
		err = d.web.Serve(d.listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// shut lets requests under way finish for a while, and then ends them.
func shut(doors []*door, patience time.Duration, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var all sync.WaitGroup
	for _, d := range doors {
		all.Go(func() {
			if err := d.web.Shutdown(ctx); err != nil {
				log.Warn("requests were cut off", "for", d.name, "after", patience)
				_ = d.web.Close() // nothing is left to do about an error
			}
		})
	}
	all.Wait()
}

// crowd accepts a bounded number of connections at once; others wait in the
// system's queue.
type crowd struct {
	net.Listener
	free   chan struct{}
	once   sync.Once
	closed chan struct{}
}

func (c *crowd) Accept() (net.Conn, error) {
	select {
	case c.free <- struct{}{}:
	case <-c.closed:
		return nil, net.ErrClosed
	}
	conn, err := c.Listener.Accept()
	if err != nil {
		<-c.free
		return nil, err
	}
	return &guest{Conn: conn, leave: sync.OnceFunc(func() { <-c.free })}, nil
}

func (c *crowd) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Listener.Close()
}

// guest is a connection that makes room when it is closed.
type guest struct {
	net.Conn
	leave func()
}

func (g *guest) Close() error {
	g.leave()
	return g.Conn.Close()
}

// profiles answers Go's profiler.
func profiles() http.Handler {
	paths := http.NewServeMux()
	paths.HandleFunc("/debug/pprof/", pprof.Index)
	paths.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	paths.HandleFunc("/debug/pprof/profile", pprof.Profile)
	paths.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	paths.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return paths
}
