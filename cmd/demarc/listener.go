package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/demarc-map/demarc/internal/carry"
)

// listener is one address with what answers on it.
type listener struct {
	name    string
	accepts net.Listener
	web     *http.Server
	tls     bool // web has a TLSConfig with a certificate
}

// listen listens on an address and serves connections within bounds; others wait
// in the system's queue. Slow clients are cut off: a request has 5 s for
// its headers and 30 s in all, an answer a minute, and more where it is long.
func listen(ctx context.Context, name, address string, handler http.Handler, bounds *connections, log *slog.Logger) (*listener, error) {
	var config net.ListenConfig
	accepts, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &listener{name: name, accepts: boundedListener{accepts, bounds}, web: &http.Server{Handler: handler, ConnState: bounds.state, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 120 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}}, nil
}

// url is where the listener is found.
func (l *listener) url() string {
	scheme := "http"
	if l.tls {
		scheme = "https"
	}
	return scheme + "://" + l.accepts.Addr().String() + "/"
}

// serve answers until shut.
func (l *listener) serve() error {
	var err error
	if l.tls {
		err = l.web.ServeTLS(l.accepts, "", "")
	} else {
		err = l.web.Serve(l.accepts)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// shut lets requests under way finish for a while, and then ends them.
func shut(all []*listener, patience time.Duration, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	ended, _ := carry.NewGroup(ctx)
	for _, l := range all {
		ended.Go(func() error {
			if err := l.web.Shutdown(ctx); err != nil {
				log.Warn("requests were cut off", "for", l.name, "after", patience)
				_ = l.web.Close() // nothing is left to do about an error
			}
			return nil
		})
	}
	_ = ended.Wait() // there is none
}
