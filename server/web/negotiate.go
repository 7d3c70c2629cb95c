package web

import (
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/body"
)

// encoding is one form of a body.
type encoding struct {
	name  string // as in Content-Encoding, "" for identity
	bytes []byte
}

// negotiate picks the form of a body that an Accept-Encoding header likes best
// (RFC 9110, section 12.5.3); among equals Brotli, then Zstandard, then gzip. A
// header that accepts nothing we hold gets the identity form, as the RFC allows.
func negotiate(header string, body *body.Body) encoding {
	best := encoding{"", body.Identity()}
	if header == "" {
		return best
	}
	accept := Accept(header)
	bestQ := accept.quality("identity")
	for _, form := range []struct {
		name  string
		bytes func() []byte // compresses when first called
	}{{"br", body.Brotli}, {"zstd", body.Zstd}, {"gzip", body.Gzip}} {
		if q := accept.quality(form.name); q > bestQ || q > 0 && q == bestQ && best.name == "" {
			if bytes := form.bytes(); bytes != nil {
				best, bestQ = encoding{form.name, bytes}, q
			}
		}
	}
	return best
}

// Acceptance is a parsed Accept or Accept-Encoding, which are written alike: what
// is accepted, in lower case, to its quality in thousandths.
type Acceptance map[string]int

// Accept parses a header.
func Accept(header string) Acceptance {
	a := Acceptance{}
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		if name == "x-gzip" {
			name = "gzip"
		}
		a[name] = quality(parameters)
	}
	return a
}

// quality reads ";q=0.5" as 500; a malformed one counts as not acceptable.
func quality(parameters string) int {
	for p := range strings.SplitSeq(parameters, ";") {
		key, value, ok := strings.Cut(strings.TrimSpace(p), "=")
		if !ok || !strings.EqualFold(strings.TrimSpace(key), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return int(q*1000 + 0.5)
	}
	return 1000
}

func (a Acceptance) quality(coding string) int {
	if q, ok := a[coding]; ok {
		return q
	}
	if q, ok := a["*"]; ok {
		return q
	}
	if coding == "identity" {
		return 1 // always acceptable, but liked less than what was named
	}
	return 0
}
