package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"demarc/server"
	"demarc/static"

	"github.com/spf13/cobra"
)

// serving holds the flags of demarc serve.
type serving struct {
	folders  []string
	embedded bool
	listen   string
	baseURL  string
	trusted  []string
	format   string
	verbose  bool
}

func serveCommand() *cobra.Command {
	var o serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve tiles, figures and the page",
		Long: `serve answers on --listen until it gets SIGINT or SIGTERM, and then finishes what
is under way. SIGHUP reads the datasets again: when one is refused, the log says
which file, feature and rule, and the last good snapshots go on being served.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.serve(cmd.Context(), cmd.ErrOrStderr()) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.folders, "data", nil, "dataset folder; may be given several times")
	f.BoolVar(&o.embedded, "embedded", false, "serve the embedded dataset beside the folders")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&o.baseURL, "base-url", "", "what absolute links begin with, such as https://maps.example.org")
	f.StringArrayVar(&o.trusted, "trusted-proxy", nil, "address or prefix of a proxy whose Forwarded headers are believed; may be given several times")
	f.StringVar(&o.format, "log", "text", "log format: text or json")
	f.BoolVar(&o.verbose, "verbose", false, "log every request")
	return cmd
}

func (o *serving) serve(ctx context.Context, out io.Writer) error {
	log, err := o.logger(out)
	if err != nil {
		return err
	}
	trusted, err := prefixes(o.trusted)
	if err != nil {
		return err
	}
	if o.baseURL != "" && !strings.HasPrefix(o.baseURL, "http://") && !strings.HasPrefix(o.baseURL, "https://") {
		return fmt.Errorf("--base-url begins with http:// or https://, not %q", o.baseURL)
	}
	page, built := static.Files()
	s, err := server.New(server.Options{BaseURL: o.baseURL, Trusted: trusted, Log: log, Page: page, Built: built, Version: build(),
		Marks: server.PageMarks{HeadStart: static.HeadStart, HeadEnd: static.HeadEnd, FiguresStart: static.FiguresStart, FiguresEnd: static.FiguresEnd}})
	if err != nil {
		return refuse(err)
	}
	snapshots, err := loadAll(ctx, o.folders, o.embedded)
	if err != nil {
		return refuse(err)
	}
	if err := s.Publish(ctx, snapshots...); err != nil {
		return refuse(err)
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return refuse(err)
	}
	for _, snapshot := range snapshots {
		log.Info("serving", "dataset", snapshot.Dataset.ID, "snapshot", snapshot.Name())
	}
	log.Info("listening", "url", "http://"+listener.Addr().String()+"/", "page_built", built)
	return refuse(o.until(ctx, s, listener, log))
}

// until serves until the context ends, reloading at each SIGHUP.
func (o *serving) until(ctx context.Context, s *server.Server, listener net.Listener, log *slog.Logger) error {
	web := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 120 * time.Second, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-hangup:
			o.reload(ctx, s, log)
		case err := <-failed:
			return err
		case <-ctx.Done():
			log.Info("stopping")
			drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
			defer cancel()
			if err := web.Shutdown(drain); err != nil && !errors.Is(err, http.ErrServerClosed) {
				return err
			}
			return nil
		}
	}
}

// reload publishes what the folders hold now, or keeps the last good snapshots.
func (o *serving) reload(ctx context.Context, s *server.Server, log *slog.Logger) {
	snapshots, err := loadAll(ctx, o.folders, o.embedded)
	if err == nil {
		err = s.Publish(ctx, snapshots...)
	}
	if err != nil {
		log.Error("reload refused; the last good snapshots are still served", "error", err)
		return
	}
	for _, snapshot := range snapshots {
		log.Info("reloaded", "dataset", snapshot.Dataset.ID, "snapshot", snapshot.Name())
	}
}

func (o *serving) logger(out io.Writer) (*slog.Logger, error) {
	options := &slog.HandlerOptions{}
	if o.verbose {
		options.Level = slog.LevelDebug
	}
	switch o.format {
	case "text":
		return slog.New(slog.NewTextHandler(out, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(out, options)), nil
	}
	return nil, fmt.Errorf("--log is text or json, not %q", o.format)
}

func prefixes(all []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, text := range all {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			address, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("--trusted-proxy %q is neither an address nor a prefix", text)
			}
			prefix = netip.PrefixFrom(address, address.BitLen())
		}
		out = append(out, prefix)
	}
	return out, nil
}
