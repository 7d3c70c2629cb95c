package web

import (
	"cmp"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// reply is an answer as one request gets it: in the encoding it likes best, or
// 304, or 204. It is only read once it is made.
type reply struct {
	status int
	header http.Header
	body   []byte // none with HEAD
	sent   func() // of the answer
}

// header returns what every reply of an answer carries.
func (a *Answer) header() http.Header {
	header := make(http.Header, 8+len(a.Headers))
	header["Cache-Control"] = []string{a.Cache}
	header["Vary"] = []string{"Accept-Encoding"}
	if !a.Opaque {
		inert(header)
	}
	if a.Download {
		header["Accept-Ranges"] = []string{"bytes"}
	}
	for name, value := range a.Headers {
		header.Set(name, value)
	}
	return header
}

// reply returns what the request gets of an answer.
func (a *Answer) reply(r *http.Request) *reply {
	out := &reply{status: cmp.Or(a.Status, http.StatusOK), header: a.header(), sent: a.Sent}
	if a.Body == nil {
		out.status = http.StatusNoContent
		return out
	}
	chosen := encoding{"", a.Body.Identity()}
	if !a.Packed {
		chosen = negotiate(r.Header.Get("Accept-Encoding"), a.Body)
	}
	etag := `"` + a.Body.Hash() + `"`
	if chosen.name != "" {
		etag = `"` + a.Body.Hash() + "-" + chosen.name + `"`
	}
	out.header["Etag"] = []string{etag}
	if a.Status == 0 && matches(r.Header.Get("If-None-Match"), etag) {
		out.status = http.StatusNotModified
		return out
	}
	out.header["Content-Type"] = []string{a.ContentType}
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
	if p.sent != nil {
		defer p.sent()
	}
	maps.Copy(w.Header(), p.header)
	w.WriteHeader(p.status)
	_, _ = (&patient{ResponseWriter: w}).Write(p.body) // a client that has gone away needs no answer
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
