package data

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"weak"

	"github.com/demarc-map/demarc/geo/ledger"

	"github.com/paulmach/orb"
)

// Ledgers answer questions about polygons from ledgers of cells, so that a question
// costs what the polygon's boundary crosses. They hold the ledgers of editions that
// were asked about last, up to a number of bytes, of any snapshots; one that is let go
// is made again alike. They are safe for concurrent use.
type Ledgers struct {
	limit int64
	mu    sync.Mutex
	held  []askedLedger // asked last at the end
}

// NewLedgers holds so many bytes, about; the ledger that was asked about last is held
// whatever it weighs.
func NewLedgers(bytes int64) *Ledgers { return &Ledgers{limit: bytes} }

// Held is how many bytes are held, of how many.
func (l *Ledgers) Held() (held, limit int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bytes(), l.limit
}

// ShareInside answers as [Snapshot.ShareInside] does. Areas differ by less than 1e-12
// of the territory, the front as package ledger says. The same question has the same
// answer, whatever was asked before.
func (l *Ledgers) ShareInside(ctx context.Context, s *Snapshot, q Query, polygons orb.MultiPolygon) (Inside, error) {
	territory, basis, err := s.resolve(&q)
	if err != nil {
		return Inside{}, err
	}
	epoch, mapped := s.readings[basis.ID].on(q.AsOf)
	if !mapped {
		return Inside{}, s.readings[basis.ID].notMapped(q.AsOf)
	}
	cells := l.of(s, ledgerOf{territory.ID, basis.ID, q.Party, epoch.From}).cells(s, q, territory, basis)
	defer l.weigh()
	if cells == nil {
		return s.ShareInside(ctx, q, polygons)
	}
	sums, polygonM2, err := cells.ledger.Inside(ctx, polygons)
	switch {
	case errors.Is(err, ledger.ErrUnfit):
		return s.ShareInside(ctx, q, polygons)
	case err != nil:
		return Inside{}, err
	case sums.LandM2 <= 0:
		return Inside{}, fmt.Errorf("%w %q", ErrOutside, territory.ID)
	}
	share := begun(s, q, territory, basis, epoch, cells.roster.near(polygons.Bound()))
	land := measured{areaM2: sums.LandM2}
	share.Figures = land.of(sums.HeldM2)
	share.Uncertainty = land.swept(share.Percent, sums.FrontM, sums.SweptM2, sums.LeastM, sums.MostM)
	return insideOf(s, share, territory, polygonM2, sums.OutsideM2, sums.HeldM2), nil
}

// of returns the ledger of an edition, which may not be made yet, and notes that it was
// asked about.
func (l *Ledgers) of(s *Snapshot, of ledgerOf) *editionLedger {
	l.mu.Lock()
	defer l.mu.Unlock()
	asked := askedLedger{weak.Make(s), of}
	l.held = slices.DeleteFunc(l.held, func(a askedLedger) bool { return a == asked || a.snapshot.Value() == nil })
	l.held = append(l.held, asked)
	return s.ledgers.of(of)
}

// mostLedgers is how many editions are remembered, those among them that need no cells.
const mostLedgers = 64

// weigh lets go what was not asked about longest.
func (l *Ledgers) weigh() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.held) > 1 && (len(l.held) > mostLedgers || l.bytes() > l.limit) {
		if s := l.held[0].snapshot.Value(); s != nil {
			s.ledgers.forget(l.held[0].ledgerOf)
		}
		l.held = slices.Delete(l.held, 0, 1)
	}
}

func (l *Ledgers) bytes() (held int64) {
	for _, a := range l.held {
		if s := a.snapshot.Value(); s != nil {
			held += s.ledgers.bytes(a.ledgerOf)
		}
	}
	return held
}

// askedLedger is one that was asked. It keeps no snapshot that nobody else holds.
type askedLedger struct {
	snapshot weak.Pointer[Snapshot]
	ledgerOf
}
