package store

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Proposal is what somebody says about what they publish.
type Proposal struct {
	Author  string // at most 100 characters, "" for nobody: what is published can never be taken back
	Note    string // why, at most 1,000 characters
	At      time.Time
	Edited  time.Time          // when the newest file of the dataset was written, zero when nobody knows
	Confirm bool               // publish although the change is large, or the clock odd
	Sign    ed25519.PrivateKey // signs the entry; nil for none

	withdraws string // name of a snapshot
}

// ErrProposal means that an author or a note cannot be kept.
var ErrProposal = errors.New("author or note")

// acceptable says why author or note cannot be kept, nil when they can.
func (p Proposal) acceptable() error {
	if !plain(p.Author, 100) {
		return fmt.Errorf("%w: an author is up to 100 visible characters", ErrProposal)
	}
	if !plain(p.Note, 1000) {
		return fmt.Errorf("%w: a note is up to 1,000 visible characters on one line", ErrProposal)
	}
	return nil
}

// plain reports whether a text is short and made of visible characters and spaces.
func plain(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// How far a clock may be off without a word. Publishers on several machines
// differ by minutes; who publishes what was edited long ago has a clock that
// jumped, unless they confirm it.
const (
	behind = 5 * time.Minute      // the history
	ahead  = 10 * time.Minute     // of the clock of the store
	stale  = 31 * 24 * time.Hour  // since the newest file of the dataset and the last entry
	silent = 366 * 24 * time.Hour // since the last entry, where nobody knows of files
)

// clock says what is odd about the time of a proposal after the last entry; now
// is the time of the store's own clock, zero when it has none. An entry of the
// future would be the time of every one after it, and could never be taken back.
func (p Proposal) clock(head Entry, now time.Time) []string {
	at := p.At.UTC().Format(time.RFC3339)
	var out []string
	if !now.IsZero() && p.At.Sub(now) > ahead {
		out = append(out, fmt.Sprintf("the clock of this machine says %s, and that of the store %s: the entry would be dated in the future", at, now.UTC().Format(time.RFC3339)))
	}
	if head.ID == "" {
		return out
	}
	last := head.At.Format(time.RFC3339)
	newest, most := head.At, silent
	if !p.Edited.IsZero() {
		most = stale
		if p.Edited.After(newest) {
			newest = p.Edited
		}
	}
	switch {
	case head.At.Sub(p.At) > behind:
		out = append(out, fmt.Sprintf("the clock of this machine says %s, which is behind the history: the last entry is of %s, and this one would be dated the same", at, last))
	case p.At.Sub(newest) > most:
		out = append(out, fmt.Sprintf("the clock of this machine says %s, %.0f days after the last entry (%s) and anything that was edited: is it right?", at, p.At.Sub(newest).Hours()/24, last))
	}
	return out
}
