package server

import (
	"maps"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/maypok86/otter/v2"
)

// spelling is all that an answer marked repeats depends on. Two requests of one
// spelling get the same bytes under the same headers.
type spelling struct {
	uri, encodings string // as sent
	host           string // absolute links may begin with these three
	local          netip.AddrPort
	encrypted      bool
	day            data.Date // today
	generation     uint64    // of the catalogue
}

// repeats keeps replies to be sent again as they are, without asking the
// resource, bounded in bytes. A spelling carries the day and the generation of
// the catalogue, so neither midnight nor a reload lets an old reply out.
type repeats struct {
	held *otter.Cache[spelling, *repeat]
}

// repeat is a reply with what counts it.
type repeat struct {
	reply
	meter *meter
}

// repeatBytes bounds what repeats hold. Their bodies are those of the tile
// store or the answer cache, mostly, so they seldom cost that much.
const repeatBytes = 64 << 20

// longestSpelling is how many bytes of an address and headers are worth keeping.
const longestSpelling = 1 << 10

func newRepeats() (*repeats, error) {
	held, err := otter.New(&otter.Options[spelling, *repeat]{
		MaximumWeight: repeatBytes,
		Weigher: func(q spelling, p *repeat) uint32 {
			return uint32(1<<10 + len(q.uri) + len(q.encodings) + len(q.host) + len(p.body))
		},
	})
	return &repeats{held}, err
}

// spelling reads a request's spelling, and reports whether it is a plain request:
// a GET of the whole, not conditional, whose links no proxy has a say in, and
// that nobody wants logged.
func (s *Server) spelling(r *http.Request) (q spelling, plain bool) {
	current := s.current.Load()
	if r.Method != http.MethodGet || current == nil || s.options.Log.Enabled(r.Context(), levelRequest) ||
		r.Header["If-None-Match"] != nil || r.Header["Range"] != nil ||
		len(s.options.Trusted) > 0 && s.options.BaseURL == "" && s.trusts(r.RemoteAddr) {
		return q, false
	}
	q = spelling{uri: r.RequestURI, encodings: r.Header.Get("Accept-Encoding"), encrypted: r.TLS != nil,
		day: data.DateOf(s.options.Now()), generation: current.generation}
	if s.options.BaseURL == "" {
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

// repeat sends the reply held for a request, and reports whether there was one.
func (s *Server) repeat(w http.ResponseWriter, r *http.Request) bool {
	begun := time.Now()
	q, plain := s.spelling(r)
	if !plain {
		return false
	}
	held, ok := s.repeats.held.GetIfPresent(q)
	if !ok || !s.welcome(r) {
		return false
	}
	held.send(w)
	s.metrics.tile(held.notes)
	held.meter.served(held.status, int64(len(held.body)), time.Since(begun))
	return true
}

// hold keeps a reply, which was sent with the header, to be sent again.
func (p *repeats) hold(q spelling, sent *reply, header http.Header, m *meter) {
	q.uri, q.encodings, q.host = strings.Clone(q.uri), strings.Clone(q.encodings), strings.Clone(q.host) // and not all that they were cut from
	p.held.Set(q, &repeat{reply{sent.status, maps.Clone(header), sent.body, sent.notes}, m})
}
