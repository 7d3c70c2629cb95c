package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/demarc-map/demarc/internal/carry"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

func newServeCommand() *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve [FILE]",
		Short: "Serve tiles, figures and the page",
		Long: `serve answers on --listen until it gets SIGINT or SIGTERM, and then finishes what
is under way. It reads the datasets again when their files change, at SIGHUP, and
at POST /reload on --admin-listen. When a dataset is refused, the log and /readyz
say which file, feature and rule, and the last good snapshots go on being served.

With a FILE of polygons, of any format that import reads, it shows that as it is: a preview,
of which nothing was checked and no percentage means anything, and which says so.`,
		Args: cobra.MaximumNArgs(1),
		RunE: runs(runServe, &o),
	}
	f := cmd.Flags()
	f.StringArrayVar(&o.folders, "data", nil, "dataset folder; may be given several times")
	f.BoolVar(&o.embedded, "embedded", false, "serve the embedded dataset beside the folders")
	f.BoolVar(&o.demo, "demo", false, "serve the dataset of an invented place; alone, or beside the folders and with --embedded")
	f.StringVar(&o.store, "store", "", "serve what was published into a store: a folder, or postgres://…")
	f.StringArrayVar(&o.contexts, "context", nil, "dataset folder of which only the map background is taken, for a dataset of a --store; may be given several times")
	f.StringVar(&o.copy, "store-copy", "", "folder for the copy of a database that is served from (default: in the user's cache folder)")
	o.witness.flags(f)
	f.BoolVar(&o.watch, "watch", true, "read the folders again when their files change")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "address to listen on")
	f.StringVar(&o.baseURL, "base-url", "", "what absolute links begin with, such as https://maps.example.org or, under a path, https://example.org/maps")
	f.StringArrayVar(&o.trusted, "trusted-proxy", nil, "address or prefix of a proxy whose headers are believed; may be given several times")
	f.StringVar(&o.forwarded, "forwarded", "", "which headers trusted proxies write: x-forwarded (-Proto, -Host, -Prefix, -For; the default) or forwarded (RFC 7239); the others are ignored")
	f.StringVar(&o.tlsCert, "tls-cert", "", "file with the certificate, for HTTPS (TLS 1.2 and newer)")
	f.StringVar(&o.tlsKey, "tls-key", "", "file with the certificate's key")
	f.DurationVar(&o.hsts, "hsts", 0, "with --tls-cert: how long browsers ask by HTTPS only, such as 8760h; 0: they are told nothing")
	f.BoolVar(&o.clearDoors, "clear-doors", false, "let --admin-listen and --pprof-listen be on a network without TLS, where it is private")
	f.StringVar(&o.admin, "admin-listen", "", "address for the operator: reload, publish, roll back, with a token")
	f.StringVar(&o.adminToken, "admin-token-file", "", "file with the operator's token, at least 16 characters")
	f.StringVar(&o.tokens, "tokens", "", "file with the tokens of those who may publish, see demarc token")
	f.StringVar(&o.layer, "layer", "", "layer to show, of a FILE with several")
	f.BoolVar(&o.edit, "edit", false, "let people look at files of their own, on the page and by POST /v1/inspect: those on this machine, and those with a token")
	f.BoolVar(&o.offline, "offline", true, "let readers' browsers keep what the page showed, for when the server cannot be reached")
	f.StringVar(&o.metrics, "metrics-listen", "", "address for /metrics alone; without it /metrics is on --listen")
	f.StringVar(&o.pprof, "pprof-listen", "", "address for Go's profiler; never a public one")
	f.StringVar(&o.format, "log", "text", "log format: text or json")
	f.BoolVar(&o.verbose, "verbose", false, "log every request, without the client's address")
	f.StringVar(&o.memory, "memory", "", "memory that the process takes, such as 1.5GiB, of which all caches and queues have parts (default: GOMEMLIMIT, else 4/5 of the control group's limit, else a quarter of the machine)")
	f.IntVar(&o.connections, "max-connections", 10_000, "connections at once, at most what the limit of open files has room for; the one that has been idle longest makes room for another")
	f.IntVar(&o.perAddress, "connections-per-address", 0, "connections at once from one address, trusted proxies' apart; 0: half of --max-connections")
	o.cache.flags(f)
	f.DurationVar(&o.drain, "drain", 20*time.Second, "how long requests under way may take to finish at the end")
	o.limitFlags(f)
	return cmd
}

func runServe(ctx context.Context, std streams, o serveOptions, args []string) error {
	o.preview = optional(args, 0)
	hangup := make(chan os.Signal, 1) // from the first moment: unasked for, the signal ends a process
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	log, err := o.logger(std.log)
	if err != nil {
		return err
	}
	options, err := o.options(log)
	if err != nil {
		return err
	}
	if options.Memory.Total, err = limitMemory(o.memory, log); err != nil {
		return err
	}
	token, err := o.token()
	if err != nil {
		return err
	}
	options.Edit = o.editing(token)
	if err := o.checkDoors(); err != nil {
		return err
	}
	certificate, err := newCertificate(o.tlsCert, o.tlsKey)
	if err != nil {
		return err
	}
	var published *replica
	if o.store != "" {
		if published, err = openReplica(ctx, o.store, o.copy); err != nil {
			return refuse(err)
		}
		defer func() {
			if err := published.close(); err != nil {
				log.Error("the store does not close", "error", err)
			}
		}()
		options.Store = published.local
		if published.witness, err = o.witness.read(); err != nil {
			return refuse(err)
		}
		published.remember = o.witness.raise
	} else if len(o.witness.expected)+len(o.witness.signedBy) > 0 || o.witness.state != "" {
		return errors.New("--expect, --signed-by and --state are about a --store")
	}
	options.Context = contextsOf(o.backgrounds(published == nil))
	s, err := server.New(options)
	if err != nil {
		return refuse(err)
	}
	load := o.loader(published, log)
	listeners, err := o.listeners(ctx, s, o.adminOptions(token, load, published), options.Trusted, certificate, log)
	if err != nil {
		return refuse(err)
	}
	failed := make(chan error, len(listeners)+1)
	defer shut(listeners, o.drain, log)
	for _, l := range listeners {
		carry.Go(func() { failed <- l.serve() }, func(bug *carry.Bug) { failed <- bug })
	}
	changes := make(chan struct{}, 1)
	if watched := o.watched(); o.watch && len(watched) > 0 {
		stop, err := watch(watched, changes, log, s.Bug)
		defer stop()
		if err != nil {
			log.Warn("folders are not watched; SIGHUP reads them again", "error", err)
		}
	}
	if published != nil { // before anything is served
		s.Follow(published.distrusted(ctx))
	}
	if first := s.Reload(ctx, load); !first.OK && published == nil {
		return refuse(errors.New(first.Error))
	} else if !first.OK {
		log.Warn("nothing is served until the store has it", "error", first.Error)
	}
	if published != nil {
		following, stop := context.WithCancel(ctx)
		ended := carry.Go(func() { published.follow(following, s, changes) }, func(bug *carry.Bug) { failed <- bug })
		defer func() {
			stop()
			<-ended
		}()
	}
	if !options.Built {
		log.Info("the page was not built into this binary")
	}
	for _, l := range listeners {
		log.Info("listening", "for", l.name, "url", l.url())
	}
	return refuse(until(ctx, failed, hangup, changes, func() { s.Reload(ctx, load) }, certificate, log))
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
