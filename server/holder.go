package server

import (
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"
	"time"
)

// holder is who sent a request to the operator's listener.
type holder struct {
	name     string // "" for nobody
	operator bool
	datasets []string // that the holder may publish, when not the operator
	sha256   string   // of the secret, when not the operator's
	ended    string   // why the token opens nothing any more
}

func (h holder) may(dataset string) bool { return h.operator || slices.Contains(h.datasets, dataset) }

// holderOf returns who the request's token belongs to. Every token is compared,
// each in constant time, whichever fits, one that has ended too.
func holderOf(r *http.Request, operator string, tokens []Token, now time.Time) holder {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got := []byte(hashed(given)) // equal lengths, so that comparing tells nothing about the length
	var found holder
	for _, t := range tokens {
		if subtle.ConstantTimeCompare(got, []byte(t.SHA256)) == 1 {
			found = holder{name: t.ID, datasets: t.Datasets, sha256: t.SHA256, ended: t.Ended(now)}
		}
	}
	if subtle.ConstantTimeCompare(got, []byte(hashed(operator))) == 1 && operator != "" {
		found = holder{name: "operator", operator: true}
	}
	if !strings.EqualFold(scheme, "Bearer") || given == "" {
		return holder{}
	}
	return found
}
