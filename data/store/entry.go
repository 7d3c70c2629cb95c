package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/go-json-experiment/json/jsontext"
)

// Entry is one publication. Entries of a dataset form a chain: each is named by
// a hash over all it says, the name of the one before it included, so that
// none can be changed, taken out or put in without changing every later name.
type Entry struct {
	ID       string    `json:"entry"` // "sha256:" and the SHA-256 of the other members but signature as canonical JSON (RFC 8785)
	Dataset  string    `json:"dataset"`
	Number   int       `json:"number"`   // from 1
	Parent   string    `json:"parent"`   // ID of the entry before it, "" for the first
	Snapshot string    `json:"snapshot"` // name of what was published
	At       time.Time `json:"at"`       // UTC, whole microseconds, never before the parent's
	Author   string    `json:"author"`   // "" unless somebody wanted to be named
	Note     string    `json:"note"`

	// Withdraws names an earlier snapshot whose bytes were taken away for good;
	// Note says why, and what is published stays what it was. "" for a publication.
	Withdraws string `json:"withdraws,omitempty"`
	Signature string `json:"signature,omitempty"` // over the ID, see sign; no part of what the ID is a hash of
}

// By is who published it, in words.
func (e Entry) By() string {
	if e.Author == "" {
		return "(no name)"
	}
	return e.Author
}

// next returns the entry that follows e, which is the zero Entry before the first.
func (e Entry) next(dataset, snapshot string, p Proposal) Entry {
	at := p.At.UTC().Truncate(time.Microsecond)
	if at.Before(e.At) { // a clock that was put back
		at = e.At
	}
	out := Entry{Dataset: dataset, Number: e.Number + 1, Parent: e.ID, Snapshot: snapshot, At: at, Author: p.Author, Note: p.Note, Withdraws: p.withdraws}
	out.ID = out.hash()
	out.Signature = sign(out.ID, p.Sign)
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
	delete(members, "signature")
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
	case e.Withdraws != "" && (e.Snapshot != before.Snapshot || e.Snapshot == e.Withdraws || !snapshotName.MatchString(e.Withdraws)):
		return broken("it withdraws %.80q and publishes %.80q, where %.80q is published", e.Withdraws, e.Snapshot, before.Snapshot)
	}
	return nil
}

// checkChain checks every entry of a dataset against the one before it.
func checkChain(chain []Entry) error {
	var before Entry
	withdrawn := map[string]bool{}
	for _, e := range chain {
		if err := e.follows(before); err != nil {
			return err
		}
		if withdrawn[e.Snapshot] {
			return fmt.Errorf("%s, entry %d: %w: it publishes what was withdrawn before", e.Dataset, e.Number, data.ErrTampered)
		}
		withdrawn[e.Withdraws] = e.Withdraws != ""
		before = e
	}
	return nil
}
