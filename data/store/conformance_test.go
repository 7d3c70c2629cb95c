package store

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
)

// conforms is what every store has to do. open returns the same store at each
// call within one test, opened anew.
func conforms(t *testing.T, begin func(t *testing.T) (open func() Store)) {
	ctx := context.Background()
	for name, law := range map[string]func(t *testing.T, open func() Store){
		"what was published is there, in order, for whoever opens the store": func(t *testing.T, open func() Store) {
			s := open()
			one, two := version(t, "here", 40), version(t, "here", 50)
			first, second := published(t, s, one, by("ann", 0)), published(t, s, two, by("ben", 1))
			for _, s := range []Store{s, open()} {
				chain, err := s.History(ctx, "here")
				if err != nil || !slices.Equal(chain, []Entry{first, second}) {
					t.Errorf("%+v %v", chain, err)
				}
				heads, err := s.Heads(ctx)
				if err != nil || len(heads) != 1 || heads["here"] != second {
					t.Errorf("%+v %v", heads, err)
				}
				for _, want := range []*data.Snapshot{one, two} {
					text, err := s.Canonical(ctx, want.Name())
					canonical, _ := want.Canonical()
					if err != nil || !bytes.Equal(text, canonical) {
						t.Errorf("%s: %v", want.Name(), err)
					}
				}
			}
			if second.Parent != first.ID || second.Author != "ben" || second.Note != "a note" || !second.At.Equal(noon.Add(time.Hour)) || second.Number != 2 {
				t.Errorf("%+v", second)
			}
			sound(t, s)
		},
		"an empty store knows nothing": func(t *testing.T, open func() Store) {
			s := open()
			heads, err := s.Heads(ctx)
			chain, err2 := s.History(ctx, "here")
			if err != nil || err2 != nil || len(heads)+len(chain) != 0 {
				t.Error(heads, chain, err, err2)
			}
			if _, err := s.Canonical(ctx, version(t, "here", 1).Name()); !errors.Is(err, ErrUnknown) {
				t.Error(err)
			}
			if _, err := Rollback(ctx, s, "here", "", by("ann", 0)); !errors.Is(err, ErrUnknown) {
				t.Error(err)
			}
			sound(t, s)
		},
		"publishing the same again adds nothing": func(t *testing.T, open func() Store) {
			s := open()
			first := published(t, s, version(t, "here", 40), by("ann", 0))
			done, err := Publish(ctx, s, version(t, "here", 40), by("ben", 1))
			if err != nil || done.Published || done.Entry != first || len(told(t, s, "here")) != 1 {
				t.Errorf("%+v %v", done, err)
			}
		},
		"a rollback is a new entry and keeps its bytes once": func(t *testing.T, open func() Store) {
			s := open()
			one, two := version(t, "here", 40), version(t, "here", 50)
			published(t, s, one, by("ann", 0))
			published(t, s, two, by("ann", 1))
			done, err := Rollback(ctx, s, "here", "", by("ben", 2))
			if err != nil || done.Entry.Snapshot != one.Name() || done.Entry.Number != 3 {
				t.Fatalf("%+v %v", done, err)
			}
			if done, err = Rollback(ctx, s, "here", two.Name()[:20], Proposal{Author: "ben", At: noon.Add(3 * time.Hour), Confirm: true}); err != nil || done.Entry.Note != "back to entry 2" {
				t.Errorf("%+v %v", done, err)
			}
			if got := told(t, s, "here"); !slices.Equal(got, []string{one.Name(), two.Name(), one.Name(), two.Name()}) {
				t.Error(got)
			}
			if report := sound(t, s); report.Entries != 4 || report.Snapshots != 2 {
				t.Errorf("%+v", report)
			}
		},
		"datasets have histories of their own": func(t *testing.T, open func() Store) {
			s := open()
			for n := range 3 {
				published(t, s, version(t, "here", 40+n), by("ann", n))
				published(t, s, version(t, "there", 60+n), by("ann", n))
			}
			heads, err := s.Heads(ctx)
			if err != nil || len(heads) != 2 || heads["here"].Number != 3 || heads["there"].Number != 3 || heads["there"].Snapshot != version(t, "there", 62).Name() {
				t.Errorf("%+v %v", heads, err)
			}
			sound(t, s)
		},
		"a change above five points and one to nothing want to be confirmed": func(t *testing.T, open func() Store) {
			s := open()
			published(t, s, version(t, "here", 40), by("ann", 0))
			careless := by("ann", 1)
			careless.Confirm = false
			var alarm *Unconfirmed
			for percent, want := range map[int]string{46: "40.00 to 46.00", 34: "40.00 to 34.00"} {
				_, err := Publish(ctx, s, version(t, "here", percent), careless)
				if !errors.As(err, &alarm) || !strings.Contains(err.Error(), want) || len(alarm.Difference.Figures) == 0 {
					t.Errorf("%d: %v", percent, err)
				}
			}
			if len(told(t, s, "here")) != 1 {
				t.Error("it was published")
			}
			if done, err := Publish(ctx, s, version(t, "here", 44), careless); err != nil || !done.Published {
				t.Error(err)
			}
			published(t, s, version(t, "here", 90), by("ann", 2))
		},
		"of publishers at once one wins and the others are told": func(t *testing.T, open func() Store) {
			s := open()
			published(t, s, version(t, "here", 40), by("ann", 0))
			chain, err := s.History(ctx, "here")
			if err != nil {
				t.Fatal(err)
			}
			var won atomic.Int32
			var all sync.WaitGroup
			for n := range 6 {
				snapshot, s := version(t, "here", 41+n), open()
				all.Go(func() {
					_, err := publish(ctx, s, chain, nil, snapshot, by("ben", n))
					var conflict *Conflict
					switch {
					case err == nil:
						won.Add(1)
					case !errors.As(err, &conflict) || !strings.Contains(err.Error(), "somebody else"):
						t.Error(err)
					case conflict.Holder == "" && conflict.Head.Author != "ben":
						t.Errorf("%+v", conflict)
					}
				})
			}
			all.Wait()
			if n := len(told(t, s, "here")); won.Load() != 1 || n != 2 {
				t.Errorf("%d won, %d entries", won.Load(), n)
			}
			// At once they may all meet the lock; who comes later meets the entry.
			_, err = publish(ctx, open(), chain, nil, version(t, "here", 47), by("cas", 7))
			var late *Conflict
			if !errors.As(err, &late) || late.Head.Author != "ben" {
				t.Errorf("it follows an entry that is no longer the newest: %v", err)
			}
			sound(t, s)
		},
		"an entry that was made up is refused": func(t *testing.T, open func() Store) {
			s := open()
			first := published(t, s, version(t, "here", 40), by("ann", 0))
			next := version(t, "here", 41)
			good := first.next("here", next.Name(), by("ann", 1))
			for what, change := range map[string]func(*Entry){
				"the author": func(e *Entry) { e.Author = "eve" }, "the time": func(e *Entry) { e.At = e.At.Add(time.Second) },
				"the number": func(e *Entry) { e.Number = 7 }, "the parent": func(e *Entry) { e.Parent = "" },
				"a time before the parent's":     func(e *Entry) { e.At = noon.Add(-time.Hour); e.ID = e.hash() },
				"the number, and the name of it": func(e *Entry) { e.Number = 7; e.ID = e.hash() },
				"the dataset":                    func(e *Entry) { e.Dataset = "there"; e.ID = e.hash() },
				"the snapshot":                   func(e *Entry) { e.Snapshot = first.Snapshot; e.ID = e.hash() },
			} {
				bad := good
				change(&bad)
				if err := s.Append(ctx, next, bad); err == nil {
					t.Errorf("%s: accepted", what)
				}
			}
			if err := s.Append(ctx, next, good); err != nil {
				t.Error(err)
			}
			sound(t, s)
		},
		"authors and notes are short and visible": func(t *testing.T, open func() Store) {
			s := open()
			for _, p := range []Proposal{{Author: "a\nb"}, {Author: strings.Repeat("x", 101)}, {Author: "a", Note: "\u202e"}, {Author: "a", Note: "\x00"}, {Author: "\xff"}} {
				if _, err := Publish(ctx, s, version(t, "here", 40), p); !errors.Is(err, ErrProposal) {
					t.Errorf("%+v: %v", p, err)
				}
			}
			published(t, s, version(t, "here", 40), Proposal{Author: "آن \u200f"[:4], Note: "خط جديد", At: noon})
		},
		"a clock that was put back does not put time back": func(t *testing.T, open func() Store) {
			s := open()
			published(t, s, version(t, "here", 40), by("ann", 5))
			if e := published(t, s, version(t, "here", 41), by("ann", 1)); !e.At.Equal(noon.Add(5 * time.Hour)) {
				t.Error(e.At)
			}
		},
		"who waits hears of what is published": func(t *testing.T, open func() Store) {
			s, other := open(), open()
			if err := s.Wait(ctx); err != nil {
				t.Fatal(err)
			}
			published(t, other, version(t, "here", 40), by("ann", 0))
			if err := s.Wait(ctx); err != nil {
				t.Fatal(err)
			}
			if heads, err := s.Heads(ctx); err != nil || heads["here"].Number != 1 {
				t.Error(heads, err)
			}
			ended, cancel := context.WithCancel(ctx)
			cancel()
			if err := s.Wait(ended); err == nil {
				t.Error("it waits for one who has gone")
			}
		},
	} {
		t.Run(name, func(t *testing.T) { law(t, begin(t)) })
	}
	for name, law := range withdrawing() {
		t.Run(name, func(t *testing.T) { law(t, begin(t)) })
	}
}

func TestADirectoryIsAStore(t *testing.T) {
	conforms(t, func(t *testing.T) func() Store {
		path := quick(t) + "/store"
		return func() Store {
			d, err := CreateDirectory(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { d.Close() })
			return d
		}
	})
}
