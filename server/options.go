package server

import (
	"io/fs"
	"log/slog"
	"net/netip"
	"runtime"
	"time"

	"github.com/demarc-map/demarc/data/store"
)

// Options are the limits and surroundings of a Server. Zero values work.
type Options struct {
	BaseURL string           // what absolute links begin with, such as https://example.org; from the request when empty
	Trusted []netip.Prefix   // proxies whose Forwarded and X-Forwarded-* headers are believed
	Now     func() time.Time // the clock that "today" comes from; time.Now when nil
	Log     *slog.Logger     // slog.Default() when nil
	Page    fs.FS            // the web page's files; none when nil
	Built   bool             // Page is the built page, not the fallback
	Marks   PageMarks        // where figures are written into the page; nowhere when empty
	Version Version

	MaxBytes  int64         // of a request body, 8 MiB when 0
	Vertices  int           // of posted geometry, 200,000 when 0
	Points    int           // of one question about places, 1,000 when 0
	MaxExport int64         // of a file to take away, in bytes, 64 MiB when 0
	Timeout   time.Duration // of the work for one request, 10 s when 0
	Heavy     int           // heavy requests at work at once, twice the processors when 0
	Queue     int           // heavy requests that wait for their turn, twice Heavy when 0
	Rate      float64       // requests a second from one client; without limit when 0
	Burst     int           // requests a client may make at once, ten seconds' worth when 0

	// Store has what was published before, for questions of what was known then;
	// none when nil. It is a local one: requests read from it.
	Store     store.Store
	PastBytes int // memory for earlier snapshots that are asked for, about, 256 MiB when 0

	MetricsApart bool // /metrics is not answered among the other paths; see Server.Metrics
}

// Version tells which build answers.
type Version struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"` // nothing where it was built outside a checkout
	Dirty   bool   `json:"dirty,omitempty"`  // files were changed since Commit
	Go      string `json:"go"`
}

// withDefaults fills in what is left out.
func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 8 << 20
	}
	if o.Vertices == 0 {
		o.Vertices = 200_000
	}
	if o.Points == 0 {
		o.Points = 1000
	}
	if o.MaxExport == 0 {
		o.MaxExport = 64 << 20
	}
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	if o.Heavy <= 0 {
		o.Heavy = 2 * runtime.GOMAXPROCS(0)
	}
	if o.Queue <= 0 {
		o.Queue = 2 * o.Heavy
	}
	if o.PastBytes <= 0 {
		o.PastBytes = 256 << 20
	}
	if o.Burst <= 0 {
		o.Burst = max(1, int(10*o.Rate))
	}
	return o
}
