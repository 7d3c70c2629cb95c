package web

import (
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/maypok86/otter/v2"
)

// spelling is all that an answer marked repeats depends on. Two requests of one
// spelling get the same bytes under the same headers.
type spelling struct {
	uri, encodings string // as sent
	host           string // absolute links may begin with these three
	local          netip.AddrPort
	encrypted      bool
	state          State
}

// repeats keeps replies to be sent again as they are, without asking the
// resource, bounded in bytes. A spelling carries the state of what is answered
// from, so neither midnight nor a reload lets an old reply out.
type repeats struct {
	Forwarding
	log   *slog.Logger
	state func() (State, bool)
	held  *otter.Cache[spelling, *repeat]
}

// State is what answers depend on besides their request. Once it has changed, no
// reply made before is sent again.
type State struct {
	Day        int64  // that "today" means
	Generation uint64 // of what is served
}

// repeat is a reply with what counts it.
type repeat struct {
	reply
	meter *meter
}

// levelRequest is the level that requests are logged at.
const levelRequest = slog.LevelDebug

// longestSpelling is how many bytes of an address and headers are worth keeping.
const longestSpelling = 1 << 10

// newRepeats holds replies of so many bytes. Their bodies are those of the tile
// store or the answer cache, mostly, so they seldom cost that much.
func newRepeats(bytes uint64, f Forwarding, log *slog.Logger, state func() (State, bool)) (*repeats, error) {
	held, err := otter.New(&otter.Options[spelling, *repeat]{
		MaximumWeight: bytes,
		Weigher: func(q spelling, p *repeat) uint32 {
			return uint32(1<<10 + len(q.uri) + len(q.encodings) + len(q.host) + len(p.body))
		},
	})
	return &repeats{f, log, state, held}, err
}

// bytes is how many bytes are held, of how many.
func (p *repeats) bytes() (held, limit int64) {
	return int64(p.held.WeightedSize()), int64(p.held.GetMaximum())
}

// spelling reads a request's spelling, and reports whether it is a plain request:
// a GET of the whole, not conditional, whose links no proxy has a say in, and
// that nobody wants logged.
func (p *repeats) spelling(r *http.Request) (q spelling, plain bool) {
	state, ready := p.state()
	if r.Method != http.MethodGet || !ready || p.log.Enabled(r.Context(), levelRequest) ||
		r.Header["If-None-Match"] != nil || r.Header["Range"] != nil ||
		len(p.Trusted) > 0 && p.BaseURL == "" && p.trusts(r.RemoteAddr) {
		return q, false
	}
	q = spelling{uri: r.RequestURI, encodings: r.Header.Get("Accept-Encoding"), encrypted: r.TLS != nil, state: state}
	if p.BaseURL == "" {
		q.host = r.Host
		switch local := r.Context().Value(http.LocalAddrContextKey).(type) {
		case *net.TCPAddr:
			q.local = local.AddrPort()
		case nil:
		default:
			return q, false
		}
	}
	return q, q.uri != "" && len(q.uri)+len(q.encodings)+len(q.host) <= longestSpelling
}

// send repeats the reply held for a request when the rate limit allows it, and
// reports whether it did.
func (p *repeats) send(w http.ResponseWriter, r *http.Request, limit *rates) bool {
	begun := time.Now()
	q, plain := p.spelling(r)
	if !plain {
		return false
	}
	held, ok := p.held.GetIfPresent(q)
	if !ok || limit != nil && !limit.admits(clientOf(p.Client(r))) {
		return false
	}
	held.send(w)
	held.meter.served(held.status, int64(len(held.body)), time.Since(begun))
	return true
}

// hold keeps a reply, which was sent with the header, to be sent again.
func (p *repeats) hold(q spelling, sent *reply, header http.Header, m *meter) {
	q.uri, q.encodings, q.host = strings.Clone(q.uri), strings.Clone(q.encodings), strings.Clone(q.host) // and not all that they were cut from
	p.held.Set(q, &repeat{reply{sent.status, maps.Clone(header), sent.body, sent.sent}, m})
}
