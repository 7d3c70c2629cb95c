package server

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Token lets somebody publish some datasets. The secret itself is not kept: it
// has 130 random bits, so its plain hash tells nothing of it.
type Token struct {
	ID       string     `json:"id"`     // who; the author of what is published with it
	SHA256   string     `json:"sha256"` // of the secret, hexadecimal
	Datasets []string   `json:"datasets"`
	Created  time.Time  `json:"created"`
	Revoked  *time.Time `json:"revoked,omitempty"`
}

// NewToken makes a token and the secret to hand to whoever it is for.
func NewToken(id string, datasets []string, now time.Time) (Token, string) {
	secret := "demarc_" + rand.Text()
	return Token{ID: id, SHA256: hashed(secret), Datasets: datasets, Created: now.UTC().Truncate(time.Second)}, secret
}

func hashed(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// holder is who sent a request to the operator's listener.
type holder struct {
	name     string
	operator bool
	datasets []string // that the holder may publish, when not the operator
}

func (h holder) may(dataset string) bool { return h.operator || slices.Contains(h.datasets, dataset) }

// holderOf returns who the request's token belongs to, false for nobody. Every
// token is compared, each in constant time, whichever fits.
func holderOf(r *http.Request, operator string, tokens []Token) (holder, bool) {
	scheme, given, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	got := []byte(hashed(given)) // equal lengths, so that comparing tells nothing about the length
	var found holder
	known := false
	for _, t := range tokens {
		if subtle.ConstantTimeCompare(got, []byte(t.SHA256)) == 1 && t.Revoked == nil {
			found, known = holder{name: t.ID, datasets: t.Datasets}, true
		}
	}
	if subtle.ConstantTimeCompare(got, []byte(hashed(operator))) == 1 && operator != "" {
		found, known = holder{name: "operator", operator: true}, true
	}
	return found, known && strings.EqualFold(scheme, "Bearer") && given != ""
}
