package store

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Withdrawn means that the bytes of a snapshot were taken away for good. The
// entries that published it stay, and so does the entry that says why.
type Withdrawn struct {
	Entry Entry // that withdrew it
}

func (w *Withdrawn) Error() string {
	return fmt.Sprintf("snapshot %s was withdrawn at %s: %s", w.Entry.Withdraws, w.Entry.At.Format(time.RFC3339), w.Entry.Note)
}

// WithdrawnIn returns why a snapshot is not there any more, nil when no entry of
// the chain withdrew it.
func WithdrawnIn(chain []Entry, snapshot string) *Withdrawn {
	for _, e := range chain {
		if e.Withdraws != "" && e.Withdraws == snapshot {
			return &Withdrawn{e}
		}
	}
	return nil
}

// ErrPublished means that what is published now cannot be withdrawn.
var ErrPublished = errors.New("it is what is published now: publish another, or roll back, and then withdraw it")

// Withdraw takes the bytes of a snapshot of a dataset's history away for good,
// for legal reasons or somebody's safety; meant is what Find takes. The chain
// goes on with an entry that says so, whose note is the reason. The bytes cannot
// be published again. What was withdrawn before is made sure of.
func Withdraw(ctx context.Context, s Store, dataset, meant string, p Proposal) (Outcome, error) {
	if p.Note == "" {
		return Outcome{}, fmt.Errorf("%w: a withdrawal wants a reason", ErrProposal)
	}
	if err := p.acceptable(); err != nil {
		return Outcome{}, err
	}
	chain, damage, err := s.Whole(ctx, dataset)
	if err != nil {
		return Outcome{}, err
	}
	target, err := Find(chain, meant)
	if err != nil {
		return Outcome{}, fmt.Errorf("%s: %w", dataset, err)
	}
	if done := WithdrawnIn(chain, target.Snapshot); done != nil {
		return Outcome{Entry: done.Entry}, errors.Join(s.Sync(ctx), s.Purge(ctx))
	}
	head := chain[len(chain)-1]
	if head.Snapshot == target.Snapshot {
		return Outcome{}, fmt.Errorf("%s: %w", target.Snapshot, ErrPublished)
	}
	reasons, err := doubts(ctx, s, head, damage, p)
	if err != nil {
		return Outcome{}, err
	}
	if len(reasons) > 0 && !p.Confirm {
		return Outcome{}, &Unconfirmed{Reasons: reasons}
	}
	p.withdraws = target.Snapshot
	out := Outcome{Entry: head.next(dataset, head.Snapshot, p), Published: true}
	return out, s.Append(ctx, nil, out.Entry)
}
