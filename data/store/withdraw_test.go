package store

import (
	"context"
	"crypto/ed25519"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
)

// withdrawing are the laws of every store about what is withdrawn, who is named,
// what is signed and which clock is believed.
func withdrawing() map[string]func(t *testing.T, open func() Store) {
	ctx := context.Background()
	careless := func(p Proposal) Proposal { p.Confirm = false; return p }
	return map[string]func(t *testing.T, open func() Store){
		"what was withdrawn is gone for good, and the chain says so and holds": func(t *testing.T, open func() Store) {
			s := open()
			one, two := version(t, "here", 40), version(t, "here", 42)
			published(t, s, one, by("", 0))
			published(t, s, two, by("", 1))
			if _, err := Withdraw(ctx, s, "here", "2", by("", 2)); !errors.Is(err, ErrPublished) {
				t.Errorf("what is published was withdrawn: %v", err)
			}
			if _, err := Withdraw(ctx, s, "here", "1", Proposal{At: noon}); !errors.Is(err, ErrProposal) {
				t.Errorf("without a reason: %v", err)
			}
			done, err := Withdraw(ctx, s, "here", "1", careless(Proposal{Note: "names a shelter", At: noon.Add(2 * time.Hour)}))
			if err != nil || !done.Published || done.Entry.Number != 3 || done.Entry.Withdraws != one.Name() || done.Entry.Snapshot != two.Name() {
				t.Fatalf("%+v %v", done, err)
			}
			for _, s := range []Store{s, open()} {
				var gone *Withdrawn
				if _, err := s.Canonical(ctx, one.Name()); !errors.As(err, &gone) || !strings.Contains(err.Error(), "names a shelter") {
					t.Errorf("%v", err)
				}
				if _, err := Publish(ctx, s, one, by("", 3)); !errors.As(err, &gone) {
					t.Errorf("published again: %v", err)
				}
				if _, err := Rollback(ctx, s, "here", "1", by("", 3)); !errors.As(err, &gone) {
					t.Errorf("rolled back to: %v", err)
				}
				if _, err := Rollback(ctx, s, "here", "", by("", 3)); !errors.Is(err, ErrUnknown) {
					t.Errorf("rolled back to it without being told: %v", err)
				}
				if err := s.Append(ctx, one, done.Entry.next("here", one.Name(), by("", 3))); err == nil {
					t.Error("appended again")
				}
				if report := sound(t, s); report.Withdrawn != 1 || report.Snapshots != 1 || report.Entries != 3 {
					t.Errorf("%+v", report)
				}
			}
			if again, err := Withdraw(ctx, s, "here", one.Name(), by("", 4)); err != nil || again.Published || again.Entry != done.Entry {
				t.Errorf("%+v %v", again, err)
			}
			published(t, s, version(t, "here", 44), by("", 5))
			sound(t, s)
		},
		"a copy of what was withdrawn lacks it, too": func(t *testing.T, open func() Store) {
			s := open()
			one := version(t, "here", 40)
			before, after := opened(t, filepath.Join(quick(t), "a")), opened(t, filepath.Join(quick(t), "b"))
			published(t, s, one, by("", 0))
			published(t, s, version(t, "here", 42), by("", 1))
			if _, err := Rollback(ctx, s, "here", "1", by("", 2)); err != nil {
				t.Fatal(err)
			}
			published(t, s, version(t, "here", 44), by("", 3))
			if _, err := before.Copy(ctx, s); err != nil {
				t.Fatal(err)
			}
			if _, err := Withdraw(ctx, s, "here", "1", by("", 4)); err != nil {
				t.Fatal(err)
			}
			for _, d := range []*Directory{before, after} {
				if _, err := d.Copy(ctx, s); err != nil {
					t.Fatal(err)
				}
				var gone *Withdrawn
				if _, err := d.Canonical(ctx, one.Name()); !errors.As(err, &gone) {
					t.Errorf("%v", err)
				}
				if left, err := filepath.Glob(filepath.Join(d.path, "*", snapshotFile(one.Name()))); err != nil || len(left) > 0 {
					t.Errorf("its bytes are there: %v %v", left, err)
				}
				if report := sound(t, d); report.Withdrawn != 1 || report.Entries != 5 {
					t.Errorf("%+v", report)
				}
			}
		},
		"nobody is named who does not ask to be, and a signature is kept": func(t *testing.T, open func() Store) {
			s := open()
			public, private, err := ed25519.GenerateKey(nil)
			if err != nil {
				t.Fatal(err)
			}
			other, _, err := ed25519.GenerateKey(nil)
			if err != nil {
				t.Fatal(err)
			}
			p := by("", 0)
			p.Sign = private
			e := published(t, s, version(t, "here", 40), p)
			plain := published(t, s, version(t, "here", 42), by("", 1))
			chain, err := open().History(ctx, "here")
			if err != nil || len(chain) != 2 || chain[0] != e || chain[0].Author != "" {
				t.Fatalf("%+v %v", chain, err)
			}
			if !chain[0].SignedBy([]ed25519.PublicKey{other, public}) || chain[0].SignedBy([]ed25519.PublicKey{other}) || plain.SignedBy([]ed25519.PublicKey{public}) {
				t.Error("a signature is taken for another")
			}
			moved := plain
			moved.Signature = e.Signature
			if moved.SignedBy([]ed25519.PublicKey{public}) {
				t.Error("a signature of one entry is taken for one of another")
			}
			sound(t, s)
		},
		"a clock that jumped, or fell behind the history, wants to be confirmed": func(t *testing.T, open func() Store) {
			s := open()
			published(t, s, version(t, "here", 40), by("", 0))
			future := noon.AddDate(73, 0, 0)
			var odd *Unconfirmed
			for what, p := range map[string]Proposal{
				"2099":                           {At: future},
				"2099, of files edited today":    {At: future, Edited: noon},
				"40 days on, edited before that": {At: noon.AddDate(0, 0, 40), Edited: noon.AddDate(0, 0, 1)},
				"a year behind":                  {At: noon.AddDate(-1, 0, 0)},
				"ten minutes behind":             {At: noon.Add(-10 * time.Minute)},
			} {
				if _, err := Publish(ctx, s, version(t, "here", 41), p); !errors.As(err, &odd) || !strings.Contains(err.Error(), "the clock of this machine says") {
					t.Errorf("%s: %v", what, err)
				}
			}
			chain, err := s.History(ctx, "here")
			if e, ok := KnownAt(chain, noon.AddDate(0, 10, 0)); err != nil || len(chain) != 1 || !ok || e.Number != 1 {
				t.Errorf("as_known is poisoned: %v %v", chain, err)
			}
			for n, p := range []Proposal{{At: noon.Add(-time.Minute)}, {At: noon.AddDate(0, 0, 40), Edited: noon.AddDate(0, 0, 39)}, {At: noon.AddDate(0, 0, 60)}} {
				if _, err := Publish(ctx, s, version(t, "here", 41+n), p); err != nil {
					t.Errorf("a clock that is right: %v", err)
				}
			}
			p := Proposal{At: noon.AddDate(1, 0, 0), Confirm: true}
			if _, err := Publish(ctx, s, version(t, "here", 45), p); err != nil {
				t.Errorf("confirmed: %v", err)
			}
			sound(t, s)
		},
	}
}

// Bytes that were withdrawn go after the entry is on disk and not before, and
// whoever was interrupted between is made good for by the next one.
func TestAPowerCutWhileBytesAreWithdrawnLosesNothingElse(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(quick(t), "store")
	one, two := version(t, "here", 40), version(t, "here", 42)
	d := opened(t, path)
	published(t, d, one, by("", 0))
	published(t, d, two, by("", 1))
	d.Close()
	ops, losses := cutAnywhere(t, path, func(d *Directory) error { _, err := Withdraw(ctx, d, "here", "1", by("", 2)); return err },
		func(d *Directory, when string, acknowledged bool) {
			chain, err := d.History(ctx, "here")
			if err != nil || acknowledged && len(chain) != 3 {
				t.Fatalf("%s: %v %v", when, chain, err)
			}
			_, err = d.Canonical(ctx, one.Name())
			var gone *Withdrawn
			if withdrawn := len(chain) == 3; withdrawn != errors.As(err, &gone) || !withdrawn && err != nil {
				t.Fatalf("%s: %d entries and %v", when, len(chain), err)
			}
			left, _ := filepath.Glob(filepath.Join(d.path, "*", snapshotFile(one.Name())))
			if acknowledged && len(left) > 0 {
				t.Fatalf("%s: the bytes are there", when)
			}
			if report, err := d.Verify(ctx); err != nil || !report.OK {
				t.Fatalf("%s: %+v %v", when, report, err)
			}
			if left, _ = filepath.Glob(filepath.Join(d.path, "*", snapshotFile(one.Name()))); len(chain) == 3 && len(left) > 0 {
				t.Fatalf("%s: the bytes are there for ever", when)
			}
			if _, err := Open(ctx, d, two.Name()); err != nil {
				t.Fatalf("%s: %v", when, err)
			}
		})
	t.Logf("%d operations, %d states after a power cut", ops, losses)
}

func TestAWithdrawalThatWasMadeUpIsTampering(t *testing.T) {
	one, two := version(t, "here", 40), version(t, "here", 42)
	a := Entry{}.next("here", one.Name(), by("", 0))
	b := a.next("here", two.Name(), by("", 1))
	for what, c := range map[string]Entry{
		"of what is published":        b.next("here", two.Name(), Proposal{At: noon.Add(2 * time.Hour), withdraws: two.Name()}),
		"that publishes another":      b.next("here", one.Name(), Proposal{At: noon.Add(2 * time.Hour), withdraws: two.Name()}),
		"of something with no name":   b.next("here", two.Name(), Proposal{At: noon.Add(2 * time.Hour), withdraws: "x"}),
		"after which it is published": b.next("here", two.Name(), Proposal{At: noon.Add(2 * time.Hour), withdraws: one.Name()}),
	} {
		chain := []Entry{a, b, c}
		if strings.HasPrefix(what, "after") {
			chain = append(chain, c.next("here", one.Name(), by("", 3)))
		}
		if err := checkChain(chain); !errors.Is(err, data.ErrTampered) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
