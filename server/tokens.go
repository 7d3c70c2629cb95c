package server

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Token lets somebody publish some datasets. The secret itself is not kept: it
// has 130 random bits, so its plain hash tells nothing of it. Two tokens of one
// ID are one holder with two secrets, while one takes the place of the other.
type Token struct {
	ID       string     `json:"id"`     // who; the author of what is published with it
	SHA256   string     `json:"sha256"` // of the secret, hexadecimal
	Datasets []string   `json:"datasets"`
	Created  time.Time  `json:"created"`
	Expires  *time.Time `json:"expires,omitempty"` // from then on it opens nothing; nil: it does until it is revoked
	Revoked  *time.Time `json:"revoked,omitempty"`
}

// NewToken makes a token and the secret to hand to whoever it is for.
func NewToken(id string, datasets []string, now time.Time) (Token, string) {
	secret := "demarc_" + rand.Text()
	return Token{ID: id, SHA256: hashed(secret), Datasets: datasets, Created: now.UTC().Truncate(time.Second)}, secret
}

// Ended tells why the token opens nothing at a time; "" while it does.
func (t *Token) Ended(at time.Time) string {
	switch {
	case t.Revoked != nil:
		return "revoked"
	case t.Expires != nil && !at.Before(*t.Expires):
		return "expired"
	}
	return ""
}

// ExpireIn has the token end so long after a time, unless it does so earlier.
func (t *Token) ExpireIn(lifetime time.Duration, now time.Time) {
	end := now.UTC().Truncate(time.Second).Add(lifetime)
	if t.Expires == nil || end.Before(*t.Expires) {
		t.Expires = &end
	}
}

func hashed(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
