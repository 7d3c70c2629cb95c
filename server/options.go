package server

import (
	"io/fs"
	"log/slog"
	"net/netip"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/server/catalogue"
	"github.com/demarc-map/demarc/server/web"
)

// Options are the limits and surroundings of a Server. Zero values work.
type Options struct {
	BaseURL string           // what absolute links begin with, such as https://example.org/maps; from the request when empty
	Trusted []netip.Prefix   // proxies whose headers are believed, those of the Family only
	Family  web.Family       // the headers that they write; web.XForwarded when empty
	Now     func() time.Time // the clock that "today" comes from; time.Now when nil
	Log     *slog.Logger     // slog.Default() when nil
	Page    fs.FS            // the web page's files; none when nil
	Built   bool             // Page is the built page, not the fallback
	Marks   PageMarks        // where figures are written into the page; nowhere when empty

	NoOffline bool // readers' browsers keep nothing for when the server cannot be reached, and what they kept before goes

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
	Store store.Store

	// Keeper keeps the tiles of large datasets prepared for the next start: nil keeps nothing.
	Keeper data.Keeper

	// Context reads the map context of a dataset whenever datasets are published: nil
	// where it has none. An error is logged and refuses nothing else.
	Context catalogue.ContextOf

	Edit *Edit // who may work with files of their own; nobody when nil

	Memory Memory // what is held so as to answer again

	MetricsApart bool // /metrics is not answered among the other paths; see Server.Metrics
}

// Memory bounds what the server holds, in bytes, about, where nothing else is
// said. A zero value stands for the part of Total that is named; what no part
// takes is for the datasets, connections, and the collector.
type Memory struct {
	Total uint64 // of the whole process, 2 GiB when 0

	Tiles    uint64 // encoded tiles of all snapshots, an eighth
	Editions int64  // editions prepared for tiles, those of today apart, an eighth
	Past     uint64 // earlier snapshots that are asked for, an eighth
	Work     int64  // editions and files in the making, and what is computed over bodies, an eighth; who finds no room waits
	Exports  uint64 // files to take away, three thirty-seconds; no file is larger than two fifths of it
	Bodies   int64  // request bodies, a sixteenth; at least four of the largest
	Repeats  uint64 // replies to be sent again as they are, a thirty-second; most of their bodies are tiles or answers
	Answers  uint64 // computed answers, a sixty-fourth
	Pictures uint64 // drawn maps, a sixty-fourth
	Cells    int64  // ledgers of cells, for posted polygons, a sixty-fourth
	Clients  int    // how many clients the rate limit remembers, 32,768

	Earlier int // how many snapshots of a dataset before the present one stay ready, 2
	Warm    int // tiles of the lowest zooms, which every visitor asks for first, that are ready when a snapshot begins to be served: 32
}

// Version tells which build answers.
type Version struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"` // nothing where it was built outside a checkout
	Dirty   bool   `json:"dirty,omitempty"`  // files were changed since Commit
	Go      string `json:"go"`
}

// withDefaults fills in the surroundings that are left out.
func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Family == web.None {
		o.Family = web.XForwarded
	}
	return o
}
