package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/demarc-map/demarc/data"

	"github.com/go-json-experiment/json/jsontext"
)

// Entry is one publication. Entries of a dataset form a chain: each is named by
// a hash over all it says, the name of the one before it included, so that
// none can be changed, taken out or put in without changing every later name.
type Entry struct {
	ID       string    `json:"entry"` // "sha256:" and the SHA-256 of the other members as canonical JSON (RFC 8785)
	Dataset  string    `json:"dataset"`
	Number   int       `json:"number"`   // from 1
	Parent   string    `json:"parent"`   // ID of the entry before it, "" for the first
	Snapshot string    `json:"snapshot"` // name of what was published
	At       time.Time `json:"at"`       // UTC, whole microseconds, never before the parent's
	Author   string    `json:"author"`
	Note     string    `json:"note"`
}

// next returns the entry that follows e, which is the zero Entry before the first.
func (e Entry) next(dataset, snapshot string, p Proposal) Entry {
	at := p.At.UTC().Truncate(time.Microsecond)
	if at.Before(e.At) { // a clock that was put back
		at = e.At
	}
	out := Entry{Dataset: dataset, Number: e.Number + 1, Parent: e.ID, Snapshot: snapshot, At: at, Author: p.Author, Note: p.Note}
	out.ID = out.hash()
	return out
}

// hash is what the ID of the entry has to be.
func (e Entry) hash() string {
	e.At = e.At.UTC()
	text, err := json.Marshal(e)
	if err != nil {
		return "" // a year beyond 9999; no ID is empty
	}
	var members map[string]jsontext.Value
	if err := json.Unmarshal(text, &members); err != nil {
		return ""
	}
	delete(members, "entry")
	text, err = json.Marshal(members)
	value := jsontext.Value(text)
	if err != nil || value.Canonicalize() != nil {
		return ""
	}
	sum := sha256.Sum256(value)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// text is what the file of an entry says: the one spelling of it.
func (e Entry) text() ([]byte, error) {
	e.At = e.At.UTC()
	return json.MarshalIndent(e, "", " ")
}

// readEntry reads the file of an entry. It takes what text writes and nothing
// else: a member more or twice, a space or another spelling of the time would
// let two readers see two entries under one name.
func readEntry(text []byte) (Entry, error) {
	var e Entry
	if err := json.Unmarshal(text, &e); err != nil {
		return Entry{}, err
	}
	if e.ID != e.hash() {
		return Entry{}, fmt.Errorf("it says it is %s, and its hash is %s", e.ID, e.hash())
	}
	if own, err := e.text(); err != nil || !bytes.Equal(own, text) {
		return Entry{}, errors.New("it has the members of an entry, but not the bytes: something was added, given twice or spelled in another way")
	}
	return e, nil
}

// snapshotName matches what data.NameOf returns.
var snapshotName = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// publishes says why the entry is not one of a snapshot, nil when it is.
func (e Entry) publishes(snapshot *data.Snapshot) error {
	if snapshot.Name() == e.Snapshot && snapshot.Dataset.ID == e.Dataset {
		return nil
	}
	return fmt.Errorf("the entry publishes %s of %s, not %s of %s", e.Snapshot, e.Dataset, snapshot.Name(), snapshot.Dataset.ID)
}

// follows says why the entry cannot come after another one, nil when it can.
func (e Entry) follows(before Entry) error {
	broken := func(format string, args ...any) error {
		return fmt.Errorf("%s, entry %d: %w: %s", e.Dataset, e.Number, data.ErrTampered, fmt.Sprintf(format, args...))
	}
	switch {
	case e.ID != e.hash():
		return broken("it says it is %s, and its hash is %s", e.ID, e.hash())
	case !snapshotName.MatchString(e.Snapshot):
		return broken("%.80q is no name of a snapshot", e.Snapshot)
	case e.Number != before.Number+1:
		return broken("entry %d is missing before it", before.Number+1)
	case e.Parent != before.ID:
		return broken("it follows %q, and the entry before it is %q", e.Parent, before.ID)
	case e.At.Before(before.At):
		return broken("it was published before the entry before it")
	}
	return nil
}

// checkChain checks every entry of a dataset against the one before it.
func checkChain(chain []Entry) error {
	var before Entry
	for _, e := range chain {
		if err := e.follows(before); err != nil {
			return err
		}
		before = e
	}
	return nil
}

// Find returns the entry of a chain that a person means: by its number, by its
// name, or by the name of a snapshot, of which it returns the last entry.
// Names may leave out "sha256:" and all but the first six or more digits.
func Find(chain []Entry, meant string) (Entry, error) {
	bare := strings.TrimPrefix(meant, "sha256:")
	var found []Entry
	for _, e := range chain {
		named := len(bare) >= 6 && (strings.HasPrefix(e.ID, "sha256:"+bare) || strings.HasPrefix(e.Snapshot, "sha256:"+bare))
		if meant == fmt.Sprint(e.Number) || named {
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return Entry{}, fmt.Errorf("%w: %q is no number, entry or snapshot of its %d entries", ErrUnknown, meant, len(chain))
	}
	last := found[len(found)-1]
	for _, e := range found {
		if e.Snapshot != last.Snapshot {
			return Entry{}, fmt.Errorf("%w: %q means more than one; give more digits", ErrUnknown, meant)
		}
	}
	return last, nil
}

// KnownAt returns the last entry published at or before a moment, false when
// nothing was published by then.
func KnownAt(chain []Entry, moment time.Time) (Entry, bool) {
	for i := len(chain) - 1; i >= 0; i-- {
		if !chain[i].At.After(moment) {
			return chain[i], true
		}
	}
	return Entry{}, false
}

// plain reports whether a text is short and made of visible characters and spaces.
func plain(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// Proposal is what somebody says about what they publish.
type Proposal struct {
	Author  string // at most 100 characters
	Note    string // why, at most 1,000 characters
	At      time.Time
	Confirm bool // publish although the change is large
}
