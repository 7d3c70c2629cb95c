package data

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/demarc-map/demarc/geo/ledger"
	"github.com/demarc-map/demarc/geojson"
)

// ledgerOf says of a snapshot which zones and which land a ledger is of.
type ledgerOf struct {
	territory, basis, party string
	from                    Date // the first day of the epoch of the reading
}

// editionLedgers are the ledgers of a snapshot, made when asked for.
type editionLedgers struct {
	mu   sync.Mutex
	held map[ledgerOf]*editionLedger
}

func (l *editionLedgers) of(of ledgerOf) *editionLedger {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == nil {
		l.held = map[ledgerOf]*editionLedger{}
	}
	if l.held[of] == nil {
		l.held[of] = &editionLedger{}
	}
	return l.held[of]
}

func (l *editionLedgers) forget(of ledgerOf) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.held, of)
}

// bytes is about what a ledger that is held weighs.
func (l *editionLedgers) bytes(of ledgerOf) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[of] == nil {
		return 0
	}
	if made := l.held[of].made.Load(); made != nil {
		return made.ledger.Bytes() + made.roster.bytes()
	}
	return 0
}

// editionLedger is one of them, made by who asks first.
type editionLedger struct {
	once sync.Once
	made atomic.Pointer[cells] // nil where cells are no help
}

// cells are a ledger with the zones that it is of.
type cells struct {
	ledger *ledger.Ledger
	roster *roster
}

// fewPositions is how many positions territory and zones may have to be looked at
// whenever somebody asks.
const fewPositions = 10_000

// cells returns the cells, none of them open at first; nil where they are no help.
func (e *editionLedger) cells(s *Snapshot, q Query, territory *Territory, basis *Basis) *cells {
	e.once.Do(func() {
		zones := s.held(q, basis, nil)
		slices.SortFunc(zones, func(a, b *Zone) int { return cmp.Compare(a.ID, b.ID) })
		of, positions := make([]ledger.Zone, len(zones)), geojson.Positions(territory.Shape)
		for i, z := range zones {
			of[i] = ledger.Zone{Shape: z.Shape, AccuracyM: z.AccuracyM}
			positions += geojson.Positions(z.Shape)
		}
		if positions <= fewPositions {
			return
		}
		if l, err := ledger.New(territory.Shape, of); err == nil {
			e.made.Store(&cells{l, newRoster(s, zones)})
		}
	})
	return e.made.Load()
}
