package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// Outcome is what came of publishing.
type Outcome struct {
	Entry      Entry           `json:"entry"`      // the last entry of the dataset now
	Published  bool            `json:"published"`  // false when the last entry published this snapshot already
	Difference data.Difference `json:"difference"` // from the entry before
}

// Unconfirmed means that a change is so large that it wants to be confirmed.
type Unconfirmed struct {
	Reasons    []string
	Difference data.Difference
}

func (u *Unconfirmed) Error() string {
	return "the change wants to be confirmed: " + strings.Join(u.Reasons, "; ")
}

// Publish adds a snapshot to the history of its dataset. It returns
// *Unconfirmed for a headline figure that changes by more than 5 points or
// becomes none, for a store that is damaged and for an odd clock, and *Conflict when somebody else published meanwhile.
func Publish(ctx context.Context, s Store, snapshot *data.Snapshot, p Proposal) (Outcome, error) {
	chain, damage, err := s.Whole(ctx, snapshot.Dataset.ID)
	if err != nil {
		return Outcome{}, err
	}
	return publish(ctx, s, chain, damage, snapshot, p)
}

// Rollback publishes a snapshot of the dataset's history anew; nothing is
// deleted. to is what Find takes; when empty, what was published before the
// present snapshot.
func Rollback(ctx context.Context, s Store, dataset, to string, p Proposal) (Outcome, error) {
	chain, damage, err := s.Whole(ctx, dataset)
	if err != nil {
		return Outcome{}, err
	}
	if len(chain) == 0 {
		return Outcome{}, fmt.Errorf("%s: %w", dataset, ErrUnknown)
	}
	var target Entry
	if to != "" {
		if target, err = Find(chain, to); err != nil {
			return Outcome{}, fmt.Errorf("%s: %w", dataset, err)
		}
	} else if target = before(chain); target.ID == "" {
		return Outcome{}, fmt.Errorf("%s: %w: nothing else was published before", dataset, ErrUnknown)
	}
	snapshot, err := Open(ctx, s, target.Snapshot)
	if err != nil {
		return Outcome{}, err
	}
	if p.Note == "" {
		p.Note = fmt.Sprintf("back to entry %d", target.Number)
	}
	return publish(ctx, s, chain, damage, snapshot, p)
}

// before returns the last entry with another snapshot than the last one's, which
// was not withdrawn.
func before(chain []Entry) Entry {
	head := chain[len(chain)-1]
	for i := len(chain) - 1; i >= 0; i-- {
		if chain[i].Snapshot != head.Snapshot && WithdrawnIn(chain, chain[i].Snapshot) == nil {
			return chain[i]
		}
	}
	return Entry{}
}

// publish adds a snapshot after the last entry of a chain, from which damage may
// have taken entries.
func publish(ctx context.Context, s Store, chain []Entry, damage []Damage, snapshot *data.Snapshot, p Proposal) (Outcome, error) {
	if err := p.acceptable(); err != nil {
		return Outcome{}, err
	}
	if gone := WithdrawnIn(chain, snapshot.Name()); gone != nil {
		return Outcome{}, gone
	}
	var head Entry
	var out Outcome
	if len(chain) > 0 {
		head = chain[len(chain)-1]
	}
	reasons, err := doubts(ctx, s, head, damage, p)
	if err != nil {
		return Outcome{}, err
	}
	if len(chain) > 0 {
		if head.Snapshot == snapshot.Name() {
			if err := s.Sync(ctx); err != nil {
				return Outcome{}, err
			}
			return Outcome{Entry: head, Difference: data.Difference{Dataset: head.Dataset, From: head.Snapshot, To: head.Snapshot}}, nil
		}
		difference, large, err := compare(ctx, s, head, snapshot)
		if err != nil {
			return Outcome{}, err
		}
		reasons, out.Difference = append(reasons, large...), difference
	}
	if len(reasons) > 0 && !p.Confirm {
		return Outcome{}, &Unconfirmed{reasons, out.Difference}
	}
	out.Entry, out.Published = head.next(snapshot.Dataset.ID, snapshot.Name(), p), true
	if err := s.Append(ctx, snapshot, out.Entry); err != nil {
		return Outcome{}, err
	}
	return out, nil
}

// doubts are reasons to look twice that are not in the data: the store, and the
// clock.
func doubts(ctx context.Context, s Store, head Entry, damage []Damage, p Proposal) ([]string, error) {
	var reasons []string
	for _, d := range damage {
		reasons = append(reasons, "the store is damaged, and an entry of the dataset may be lost (demarc repair leads out): "+d.String())
	}
	now, err := s.Now(ctx)
	return append(reasons, p.clock(head, now)...), err
}

// compare tells what changes after an entry, and why that wants a second look.
// When what was published before cannot be read any more, that is a reason by itself.
func compare(ctx context.Context, s Store, head Entry, snapshot *data.Snapshot) (data.Difference, []string, error) {
	old, err := Open(ctx, s, head.Snapshot)
	if errors.Is(err, data.ErrTampered) || errors.Is(err, ErrUnknown) {
		return data.Difference{Dataset: head.Dataset, From: head.Snapshot, To: snapshot.Name()},
			[]string{fmt.Sprintf("what it replaces cannot be compared with: %v", err)}, nil
	}
	if err != nil {
		return data.Difference{}, nil, err
	}
	difference, err := data.Compare(ctx, old, snapshot)
	return difference, difference.Alarms(), err
}

// Diff compares what two entries of a chain published; they are named as Find
// takes them. Without to it is the last entry, without from what was published
// before to.
func Diff(ctx context.Context, s Store, chain []Entry, from, to string) (data.Difference, error) {
	last := chain[len(chain)-1]
	var err error
	if to != "" {
		if last, err = Find(chain, to); err != nil {
			return data.Difference{}, err
		}
	}
	at := slices.Index(chain, last)
	first := before(chain[:at+1])
	if from != "" {
		if first, err = Find(chain, from); err != nil {
			return data.Difference{}, err
		}
	} else if first.ID == "" {
		return data.Difference{}, fmt.Errorf("%w: nothing was published before entry %d", ErrUnknown, last.Number)
	}
	old, err := Open(ctx, s, first.Snapshot)
	if err != nil {
		return data.Difference{}, err
	}
	now, err := Open(ctx, s, last.Snapshot)
	if err != nil {
		return data.Difference{}, err
	}
	return data.Compare(ctx, old, now)
}
