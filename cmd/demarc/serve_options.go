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
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/static"

	"github.com/spf13/pflag"
)

// serveOptions holds the flags of demarc serve.
type serveOptions struct {
	folders   []string
	embedded  bool
	demo      bool
	preview   string // a foreign file that is shown as it is
	layer     string // of it, where it has several
	edit      bool
	offline   bool
	watch     bool
	store     string   // folder or connection string
	copy      string   // folder
	contexts  []string // folders
	tokens    string   // file
	witness   witnessOptions
	listen    string
	baseURL   string
	trusted   []string
	forwarded string // family of headers
	format    string
	verbose   bool

	admin, adminToken string // address, file
	metrics, pprof    string // addresses
	tlsCert, tlsKey   string // files
	hsts              time.Duration
	clearDoors        bool   // the operator's and the profiler's may be on a network without TLS
	memory            string // bytes with a unit
	connections       int
	perAddress        int // connections
	drain             time.Duration
	cache             cacheOptions
	limits            server.Options // limits only
}

// limitFlags are the limits of one request, one client and the whole server.
func (o *serveOptions) limitFlags(f *pflag.FlagSet) {
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

// adminOptions are what the operator's listener works with.
func (o *serveOptions) adminOptions(token string, load server.Load, published *replica) server.AdminOptions {
	d := server.AdminOptions{Token: token, Load: load, Signed: len(o.witness.signedBy) > 0}
	if published != nil {
		d.Store = published.from
	}
	if o.tokens != "" {
		d.Tokens = func() ([]server.Token, error) { return readTokens(o.tokens) }
	}
	return d
}

// editing lets people work with files of their own, nil where nobody may.
func (o *serveOptions) editing(token string) *server.Edit {
	if !o.edit {
		return nil
	}
	edit := &server.Edit{Token: token}
	if o.tokens != "" {
		edit.Tokens = func() ([]server.Token, error) { return readTokens(o.tokens) }
	}
	return edit
}

// options are those of the server behind the listeners.
func (o *serveOptions) options(log *slog.Logger) (server.Options, error) {
	options := o.limits
	if o.baseURL != "" {
		if _, err := web.ParseBaseURL(o.baseURL); err != nil {
			return options, fmt.Errorf("--base-url: %w", err)
		}
	}
	var err error
	if o.forwarded != "" {
		if options.Family, err = web.ParseFamily(o.forwarded); err != nil {
			return options, fmt.Errorf("--forwarded: %w", err)
		}
		if len(o.trusted) == 0 {
			return options, errors.New("--forwarded wants --trusted-proxy: nobody else's headers are believed")
		}
	}
	options.Trusted, err = prefixes(o.trusted)
	options.Keeper = o.keeper(log)
	options.Page, options.Built = static.Files()
	options.Marks = server.PageMarks{HeadStart: static.HeadStart, HeadEnd: static.HeadEnd, FiguresStart: static.FiguresStart, FiguresEnd: static.FiguresEnd}
	options.NoOffline = !o.offline
	options.BaseURL, options.Log, options.Version, options.MetricsApart = o.baseURL, log, build(), o.metrics != ""
	return options, err
}

// loader loads the folders and what is published; without a replica, the folders.
func (o *serveOptions) loader(r *replica, log *slog.Logger) server.Load {
	keeper := o.keeper(log)
	return func(ctx context.Context, read data.ReadOptions) ([]*data.Snapshot, error) {
		read.Keeper = keeper
		if r == nil {
			return loadSettled(ctx, o.places(true), read)
		}
		if err := r.update(ctx); err != nil {
			log.Warn("the store is away; its copy is served", "error", err)
		}
		all, err := r.load(ctx, read)
		places := o.places(false)
		if err != nil || len(places) == 0 {
			return all, err
		}
		others, err := loadSettled(ctx, places, read)
		for _, other := range others {
			if slices.ContainsFunc(all, func(one *data.Snapshot) bool { return one.Dataset.ID == other.Dataset.ID }) {
				err = errors.Join(err, fmt.Errorf("the dataset %q is in the store and in a folder", other.Dataset.ID))
			}
		}
		return append(all, others...), err
	}
}

// keeper keeps for the next start what was read, checked and prepared.
func (o *serveOptions) keeper(log *slog.Logger) data.Keeper {
	return o.cache.keeper(func(text string) { log.Debug("cache", "it", text) })
}

// places are the datasets outside the store; alone says that there is no store,
// so that what nothing else is said of is the embedded dataset.
func (o *serveOptions) places(alone bool) []datasetOptions {
	var out []datasetOptions
	if o.embedded || alone && len(o.folders) == 0 && !o.demo && o.preview == "" {
		out = append(out, datasetOptions{})
	}
	if o.demo {
		out = append(out, datasetOptions{demo: true})
	}
	if o.preview != "" {
		out = append(out, datasetOptions{file: o.preview, layer: o.layer})
	}
	for _, folder := range o.folders {
		out = append(out, datasetOptions{folder: folder})
	}
	return out
}

// backgrounds are the places that map backgrounds are taken from.
func (o *serveOptions) backgrounds(alone bool) []datasetOptions {
	out := o.places(alone)
	for _, folder := range o.contexts {
		out = append(out, datasetOptions{folder: folder})
	}
	return out
}

// watched are the folders and the file that are read again when they change.
func (o *serveOptions) watched() []string {
	all := slices.Concat(o.folders, o.contexts)
	if o.preview != "" {
		all = append(all, o.preview)
	}
	return all
}

// listeners listens on every address that is given; exempt addresses speak for
// many clients.
func (o *serveOptions) listeners(ctx context.Context, s *server.Server, admin server.AdminOptions, exempt []netip.Prefix, c *certificate, log *slog.Logger) ([]*listener, error) {
	most, each := o.bounds(openFiles(), log)
	var all []*listener
	for _, want := range []struct {
		name, address string
		handler       http.Handler
		answer        time.Duration // longest, where it is not the usual
		clear         bool          // even where the server has a certificate
		bounds        *connections
	}{
		{"clients", o.listen, strict(s, o.hsts), 0, false, newConnections(most, each, exempt)},
		{"operator", o.admin, s.Admin(admin), time.Hour, false, newConnections(otherDoors, 0, nil)},
		{"metrics", o.metrics, s.Metrics(), 0, true, newConnections(otherDoors, 0, nil)},
		{"profiler", o.pprof, profiles(), time.Hour, false, newConnections(otherDoors, 0, nil)},
	} {
		if want.address == "" {
			continue
		}
		l, err := listen(ctx, want.name, want.address, want.handler, want.bounds, log)
		if err != nil {
			return nil, errors.Join(err, closeAll(all))
		}
		if want.answer > 0 {
			l.web.WriteTimeout = want.answer
		}
		if c != nil && !want.clear {
			l.tls, l.web.TLSConfig = true, c.config()
		}
		all = append(all, l)
	}
	return all, nil
}

const (
	otherDoors = 48  // connections of each listener that is not for clients
	ownFiles   = 256 // that the process may open for these, for datasets, the store and what it writes
)

// bounds are the connections of clients, all together and those of one address,
// within the files that the process may open; 0 files is not known.
func (o *serveOptions) bounds(files int, log *slog.Logger) (most, each int) {
	most = max(1, o.connections)
	if room := max(files-ownFiles, files/2, 1); files > 0 && most > room {
		log.Warn("fewer connections than --max-connections: the limit of open files has no room for more", "connections", room, "files", files)
		most = room
	}
	if each = o.perAddress; each <= 0 {
		each = (most + 1) / 2
	}
	return most, each
}

// token reads the operator's token.
func (o *serveOptions) token() (string, error) {
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

func (o *serveOptions) logger(out io.Writer) (*slog.Logger, error) {
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
