package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/static"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// serving holds the flags of demarc serve.
type serving struct {
	folders  []string
	embedded bool
	watch    bool
	store    string // folder or connection string
	copy     string // folder
	tokens   string // file
	listen   string
	baseURL  string
	trusted  []string
	format   string
	verbose  bool

	admin, adminToken string // address, file
	metrics, pprof    string // addresses
	tlsCert, tlsKey   string // files
	connections       int
	drain             time.Duration
	limits            server.Options // limits only
}

func serveCommand() *cobra.Command {
	var o serving
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve tiles, figures and the page",
		Long: `serve answers on --listen until it gets SIGINT or SIGTERM, and then finishes what
is under way. It reads the datasets again when their files change, at SIGHUP, and
at POST /reload on --admin-listen. When a dataset is refused, the log and /readyz
say which file, feature and rule, and the last good snapshots go on being served.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.serve(cmd.Context(), cmd.ErrOrStderr()) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.folders, "data", nil, "dataset folder; may be given several times")
	f.BoolVar(&o.embedded, "embedded", false, "serve the embedded dataset beside the folders")
	f.StringVar(&o.store, "store", "", "serve what was published into a store: a folder, or postgres://…")
	f.StringVar(&o.copy, "store-copy", "", "folder for the copy of a database that is served from (default: in the user's cache folder)")
	f.BoolVar(&o.watch, "watch", true, "read the folders again when their files change")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&o.baseURL, "base-url", "", "what absolute links begin with, such as https://maps.example.org")
	f.StringArrayVar(&o.trusted, "trusted-proxy", nil, "address or prefix of a proxy whose Forwarded headers are believed; may be given several times")
	f.StringVar(&o.tlsCert, "tls-cert", "", "file with the certificate, for HTTPS (TLS 1.2 and newer)")
	f.StringVar(&o.tlsKey, "tls-key", "", "file with the certificate's key")
	f.StringVar(&o.admin, "admin-listen", "", "address for the operator: reload, publish, roll back, with a token")
	f.StringVar(&o.adminToken, "admin-token-file", "", "file with the operator's token, at least 16 characters")
	f.StringVar(&o.tokens, "tokens", "", "file with the tokens of those who may publish, see demarc token")
	f.StringVar(&o.metrics, "metrics-listen", "", "address for /metrics alone; without it /metrics is on --listen")
	f.StringVar(&o.pprof, "pprof-listen", "", "address for Go's profiler; never a public one")
	f.StringVar(&o.format, "log", "text", "log format: text or json")
	f.BoolVar(&o.verbose, "verbose", false, "log every request, without the client's address")
	f.IntVar(&o.connections, "max-connections", 10_000, "connections at once; others wait")
	f.DurationVar(&o.drain, "drain", 20*time.Second, "how long requests under way may take to finish at the end")
	o.limitFlags(f)
	return cmd
}

// limitFlags are the limits of one request, one client and the whole server.
func (o *serving) limitFlags(f *pflag.FlagSet) {
	l := &o.limits
	f.Int64Var(&l.MaxBytes, "max-body", 8<<20, "largest body of a request in bytes")
	f.Int64Var(&l.MaxExport, "max-export", 64<<20, "largest file to take away in bytes; twice that is held")
	f.IntVar(&l.Vertices, "max-vertices", 200_000, "most vertices in a body")
	f.IntVar(&l.Points, "max-points", 1000, "most places asked about at once")
	f.DurationVar(&l.Timeout, "timeout", 10*time.Second, "longest work for one request")
	f.IntVar(&l.Heavy, "heavy", 0, "heavy requests at work at once (posted geometry, changes, series, exports); 0: twice the processors")
	f.IntVar(&l.Queue, "queue", 0, "heavy requests that may wait, beyond which they are answered 503; 0: twice --heavy")
	f.Float64Var(&l.Rate, "rate", 0, "requests a second from one client address, beyond which they are answered 429; 0: no limit")
	f.IntVar(&l.Burst, "burst", 0, "requests one client may make at once under --rate; 0: ten seconds' worth")
}

func (o *serving) serve(ctx context.Context, out io.Writer) error {
	hangup := make(chan os.Signal, 1) // from the first moment: unasked for, the signal ends a process
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	log, err := o.logger(out)
	if err != nil {
		return err
	}
	options, err := o.options(log)
	if err != nil {
		return err
	}
	token, err := o.token()
	if err != nil {
		return err
	}
	certificate, err := newCertificate(o.tlsCert, o.tlsKey)
	if err != nil {
		return err
	}
	var kept *shelf
	if o.store != "" {
		if kept, err = openShelf(ctx, o.store, o.copy); err != nil {
			return refuse(err)
		}
		defer func() {
			if err := kept.close(); err != nil {
				log.Error("the store does not close", "error", err)
			}
		}()
		options.Store = kept.local
	}
	s, err := server.New(options)
	if err != nil {
		return refuse(err)
	}
	load := o.loadWith(kept, log)
	doors, err := o.open(ctx, s, o.desk(token, load, kept), certificate, log)
	if err != nil {
		return refuse(err)
	}
	failed := make(chan error, len(doors))
	defer shut(doors, o.drain, log)
	for _, d := range doors {
		go func() { failed <- d.serve() }()
	}
	changes := make(chan struct{}, 1)
	if o.watch && len(o.folders) > 0 {
		stop, err := watch(o.folders, changes, log)
		defer stop()
		if err != nil {
			log.Warn("folders are not watched; SIGHUP reads them again", "error", err)
		}
	}
	if first := s.Reload(ctx, load); !first.OK && kept == nil {
		return refuse(errors.New(first.Error))
	} else if !first.OK {
		log.Warn("nothing is served until the store has it", "error", first.Error)
	}
	if kept != nil {
		following, stop := context.WithCancel(ctx)
		var ended sync.WaitGroup
		ended.Go(func() { kept.follow(following, s, changes) })
		defer ended.Wait()
		defer stop()
	}
	if !options.Built {
		log.Info("the page was not built into this binary")
	}
	for _, d := range doors {
		log.Info("listening", "for", d.name, "url", d.url())
	}
	return refuse(until(ctx, failed, hangup, changes, func() { s.Reload(ctx, load) }, certificate, log))
}

// desk is what the operator's door works with.
func (o *serving) desk(token string, load server.Load, kept *shelf) server.AdminOptions {
	d := server.AdminOptions{Token: token, Load: load}
	if kept != nil {
		d.Store = kept.from
	}
	if o.tokens != "" {
		d.Tokens = func() ([]server.Token, error) { return readTokens(o.tokens) }
	}
	return d
}

// options are those of the server behind the doors.
func (o *serving) options(log *slog.Logger) (server.Options, error) {
	options := o.limits
	if o.baseURL != "" && !strings.HasPrefix(o.baseURL, "http://") && !strings.HasPrefix(o.baseURL, "https://") {
		return options, fmt.Errorf("--base-url begins with http:// or https://, not %q", o.baseURL)
	}
	var err error
	options.Trusted, err = prefixes(o.trusted)
	options.Page, options.Built = static.Files()
	options.Marks = server.PageMarks{HeadStart: static.HeadStart, HeadEnd: static.HeadEnd, FiguresStart: static.FiguresStart, FiguresEnd: static.FiguresEnd}
	options.BaseURL, options.Log, options.Version, options.MetricsApart = o.baseURL, log, build(), o.metrics != ""
	return options, err
}

// open opens every door that has an address.
func (o *serving) open(ctx context.Context, s *server.Server, desk server.AdminOptions, c *certificate, log *slog.Logger) ([]*door, error) {
	var doors []*door
	for _, want := range []struct {
		name, address string
		handler       http.Handler
		answer        time.Duration // longest, where it is not the usual
	}{
		{"clients", o.listen, s, 0},
		{"operator", o.admin, s.Admin(desk), time.Hour},
		{"metrics", o.metrics, s.Metrics(), 0},
		{"profiler", o.pprof, profiles(), time.Hour},
	} {
		if want.address == "" {
			continue
		}
		d, err := open(ctx, want.name, want.address, want.handler, max(1, o.connections), log)
		if err != nil {
			for _, opened := range doors {
				err = errors.Join(err, opened.listener.Close())
			}
			return nil, err
		}
		if want.answer > 0 {
			d.web.WriteTimeout = want.answer
		}
		if want.name == "clients" && c != nil {
			d.tls, d.web.TLSConfig = true, c.config()
		}
		doors = append(doors, d)
	}
	return doors, nil
}

// until waits for the end of the context, reloading at each change and SIGHUP.
func until(ctx context.Context, failed <-chan error, hangup <-chan os.Signal, changes <-chan struct{}, reload func(), c *certificate, log *slog.Logger) error {
	for {
		select {
		case <-changes:
			reload()
		case <-hangup:
			if c != nil {
				if err := c.renew(); err != nil {
					log.Error("the certificate stays what it was", "error", err)
				}
			}
			reload()
		case err := <-failed:
			return err
		case <-ctx.Done():
			log.Info("stopping")
			return nil
		}
	}
}

// token reads the operator's token.
func (o *serving) token() (string, error) {
	if o.admin == "" {
		return "", nil
	}
	if o.adminToken == "" && o.tokens != "" {
		return "", nil
	}
	if o.adminToken == "" {
		return "", errors.New("--admin-listen wants --admin-token-file or --tokens")
	}
	text, err := os.ReadFile(o.adminToken)
	if err != nil {
		return "", err
	}
	token := strings.TrimSpace(string(text))
	if len(token) < 16 {
		return "", fmt.Errorf("%s: a token has at least 16 characters", o.adminToken)
	}
	return token, nil
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
