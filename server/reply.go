package server

import (
	"cmp"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/tiles"
)

// reply is an answer as one request gets it: in the encoding it likes best, or
// 304, or 204. It is only read once it is made.
type reply struct {
	status int
	header http.Header
	body   []byte // none with HEAD
	notes  tiles.Notes
}

// header returns what every reply of an answer carries.
func (a *answer) header() http.Header {
	header := make(http.Header, 8+len(a.headers))
	header["Cache-Control"] = []string{a.cache}
	header["Vary"] = []string{"Accept-Encoding"}
	if a.contentType != typeTile {
		inert(header)
	}
	if a.download {
		header["Accept-Ranges"] = []string{"bytes"}
	}
	for name, value := range a.headers {
		header.Set(name, value)
	}
	return header
}

// reply returns what the request gets of an answer.
func (a *answer) reply(r *http.Request) *reply {
	out := &reply{status: cmp.Or(a.status, http.StatusOK), header: a.header(), notes: a.notes}
	if a.body == nil {
		out.status = http.StatusNoContent
		return out
	}
	chosen := encoding{"", a.body.Identity()}
	if !a.packed {
		chosen = negotiate(r.Header.Get("Accept-Encoding"), a.body)
	}
	etag := `"` + a.body.Hash() + `"`
	if chosen.name != "" {
		etag = `"` + a.body.Hash() + "-" + chosen.name + `"`
	}
	out.header["Etag"] = []string{etag}
	if a.status == 0 && matches(r.Header.Get("If-None-Match"), etag) {
		out.status = http.StatusNotModified
		return out
	}
	out.header["Content-Type"] = []string{a.contentType}
	out.header["Content-Length"] = []string{strconv.Itoa(len(chosen.bytes))}
	if chosen.name != "" {
		out.header["Content-Encoding"] = []string{chosen.name}
	}
	if r.Method != http.MethodHead {
		out.body = chosen.bytes
	}
	return out
}

// send writes the reply.
func (p *reply) send(w http.ResponseWriter) {
	maps.Copy(w.Header(), p.header)
	w.WriteHeader(p.status)
	if len(p.body) > 0 {
		_, _ = w.Write(p.body) // a client that has gone away needs no answer
	}
}

// matches compares an If-None-Match header weakly (RFC 9110, section 13.1.2):
// a list of tags, each perhaps marked W/, or *.
func matches(header, etag string) bool {
	if header == "" {
		return false
	}
	if strings.TrimSpace(header) == "*" {
		return true
	}
	for tag := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == etag {
			return true
		}
	}
	return false
}
