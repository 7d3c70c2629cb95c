package data

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/geojson"
	"github.com/paulmach/orb"
)

// Method says how every share is computed; its last word is its version.
const Method = "ellipsoidal area (WGS 84) of RFC 7946 edges; held zones united, then intersected with the territory; " +
	"uncertainty to first order: accuracy × length of the held area's boundary inside the territory, " +
	"leaving out what lies within the accuracy of the territory's own boundary; demarc-area/1"

// Query asks for the share of a territory held by a party on a day under a
// basis. An empty Of, Party or Basis takes the dataset's default.
type Query struct {
	Of, Party, Basis string
	AsOf             Date
}

// Share is how much of a territory a party held on a day.
type Share struct {
	Dataset string `json:"dataset"`
	Of      string `json:"of"`
	Party   string `json:"party"`
	Basis   string `json:"basis"`
	AsOf    Date   `json:"as_of"`
	Epoch   Epoch  `json:"epoch"`
	// Measures is what the reading measures, in whose words a figure is told.
	Measures Measure         `json:"measures"`
	Evidence Evidence        `json:"evidence"`
	Newer    []NewerEvidence `json:"newer,omitempty"`
	Figures
	Method   string   `json:"method"`
	Note     string   `json:"note,omitempty"` // why the figure can be no other than 0 %
	Features []string `json:"features"`       // ids of the zones and lines that count, and of the territory
	Sources  []string `json:"sources"`        // ids of where they come from
	Snapshot string   `json:"snapshot"`
	Self     string   `json:"self"` // address of this answer, filled in by who gives it
	Cite     string   `json:"cite"`
}

// ErrUnknown means that a query names something the dataset does not have.
var ErrUnknown = errors.New("unknown")

// NotMapped means that a basis says nothing about a day: its share is not 0 % but not known.
type NotMapped struct {
	Basis string
	Day   Date
	First Date // the first day the basis says something about
}

func (e *NotMapped) Error() string {
	if e.First == 0 {
		return fmt.Sprintf("the reading %q maps no day", e.Basis)
	}
	if e.Day >= e.First {
		return fmt.Sprintf("%s is not mapped under the reading %q: no evidence is valid on that day", e.Day, e.Basis)
	}
	return fmt.Sprintf("%s is not mapped under the reading %q: its first evidence is of %s", e.Day, e.Basis, e.First)
}

// Share answers one query. It returns ErrUnknown for an id the dataset does
// not have, *NotMapped for a day without evidence, and the context's error.
func (s *Snapshot) Share(ctx context.Context, q Query) (Share, error) {
	territory, basis, err := s.resolve(&q)
	if err != nil {
		return Share{}, err
	}
	share, zones, err := s.begin(q, territory, basis, territory.bound())
	if err != nil {
		return Share{}, err
	}
	if err := context.Cause(ctx); err != nil {
		return Share{}, err
	}
	figures, known := s.headline[share.key()]
	if !known {
		if figures, err = territory.measured().figures(ctx, zones, 0); err != nil {
			return Share{}, err
		}
	}
	share.Figures = figures
	share.Cite = cite(s, &share, territory.Name.In("en"))
	return share, nil
}

// key says what the figures of a share depend on.
func (share *Share) key() string { return share.Party + " " + strings.Join(share.Features, " ") }

// begin fills in what a share says about itself and finds the zones that count
// for it; see held.
func (s *Snapshot) begin(q Query, territory *Territory, basis *Basis, within *orb.Bound) (Share, []*Zone, error) {
	reading := s.readings[basis.ID]
	epoch, mapped := reading.on(q.AsOf)
	if !mapped {
		return Share{}, nil, reading.notMapped(q.AsOf)
	}
	zones := s.held(q, basis, within)
	counted := counted{features: ids(zones, func(z *Zone) string { return z.ID }), sources: ids(zones, func(z *Zone) string { return z.Source }), newest: newestOf(s, zones)}
	return begun(s, q, territory, basis, epoch, counted), zones, nil
}

// counted is what the zones that count for a share say of themselves.
type counted struct {
	features []string // their ids, in order
	sources  []string // ids of where they come from, in any order, perhaps repeatedly
	newest   Date     // day of the newest evidence, 0 without zones
}

// begun is what a share says about itself.
func begun(s *Snapshot, q Query, territory *Territory, basis *Basis, epoch Epoch, of counted) Share {
	share := Share{Dataset: s.Dataset.ID, Of: territory.ID, Party: q.Party, Basis: basis.ID, AsOf: q.AsOf, Epoch: epoch,
		Measures: basis.Measure(), Evidence: s.Dataset.evidence(cmp.Or(of.newest, epoch.From), q.AsOf), Note: s.readings[basis.ID].idle(q.Party), Method: Method, Snapshot: s.name}
	share.Newer = newer(s, basis.ID, q.AsOf, share.Evidence.Newest)
	share.Features = append(of.features, territory.ID)
	share.Sources = append(of.sources, territory.Source)
	slices.Sort(share.Sources)
	share.Sources = slices.Compact(share.Sources)
	return share
}

// Shares answers for every territory and district under every basis that maps
// the day, territories in the order of their ids, the wholes first.
func (s *Snapshot) Shares(ctx context.Context, party string, asOf Date) ([]Share, error) {
	out := []Share{}
	var notMapped error
	for _, t := range wholesFirst(s.Territories) {
		for _, b := range s.Dataset.Bases {
			share, err := s.Share(ctx, Query{Of: t, Party: party, Basis: b.ID, AsOf: asOf})
			var gap *NotMapped
			if errors.As(err, &gap) {
				notMapped = earlier(notMapped, gap)
				continue
			}
			if err != nil {
				return nil, err
			}
			out = append(out, share)
		}
	}
	if len(out) == 0 {
		return nil, notMapped
	}
	return out, nil
}

// earlier keeps the gap whose basis begins first.
func earlier(known error, gap *NotMapped) error {
	var before *NotMapped
	if errors.As(known, &before) && (gap.First == 0 || before.First != 0 && before.First <= gap.First) {
		return known
	}
	return gap
}

func wholesFirst(territories []Territory) []string {
	var wholes, districts []string
	for _, t := range territories {
		if t.Parent == "" {
			wholes = append(wholes, t.ID)
		} else {
			districts = append(districts, t.ID)
		}
	}
	return append(wholes, districts...)
}

// resolve fills in defaults and looks up what the query names.
func (s *Snapshot) resolve(q *Query) (*Territory, *Basis, error) {
	q.Of = orDefault(q.Of, s.Dataset.Territory)
	q.Party = orDefault(q.Party, s.Dataset.Party)
	q.Basis = orDefault(q.Basis, s.Dataset.Basis)
	territory, ok := s.TerritoryByID(q.Of)
	if !ok {
		return nil, nil, fmt.Errorf("%w territory %q: of is one of %v", ErrUnknown, geojson.Clip(q.Of, 100), ids(s.Territories, func(t Territory) string { return t.ID }))
	}
	if _, ok := s.PartyByID(q.Party); !ok {
		return nil, nil, fmt.Errorf("%w party %q: party is one of %v", ErrUnknown, geojson.Clip(q.Party, 100), ids(s.Dataset.Parties, func(p Party) string { return p.ID }))
	}
	basis, ok := s.BasisByID(q.Basis)
	if !ok {
		return nil, nil, fmt.Errorf("%w basis %q: basis is one of %v", ErrUnknown, geojson.Clip(q.Basis, 100), ids(s.Dataset.Bases, func(b Basis) string { return b.ID }))
	}
	return territory, basis, nil
}

// held returns the zones that count for a query, by id: of a whole territory
// all, so that what lies outside it can be told, of a district or posted
// polygon those that touch its bound.
func (s *Snapshot) held(q Query, basis *Basis, within *orb.Bound) []*Zone {
	var out []*Zone
	counts := func(z *Zone) bool {
		return z.Basis == basis.ID && z.Party == q.Party && z.Valid.Contains(q.AsOf) && basis.HoldsBy(z.Status)
	}
	if within == nil {
		for i := range s.Zones {
			if counts(&s.Zones[i]) {
				out = append(out, &s.Zones[i])
			}
		}
		return out
	}
	s.zones.search(s.Zones, *within, func(i int32) bool {
		if z := &s.Zones[i]; counts(z) {
			out = append(out, z)
		}
		return true
	})
	slices.SortFunc(out, func(a, b *Zone) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// bound is where the zones of a district are looked for; nil, everywhere, for
// a whole territory.
func (t *Territory) bound() *orb.Bound {
	if t.Parent == "" {
		return nil
	}
	bound := t.Shape.Bound()
	return &bound
}

// cite words a share for a reader to quote.
func cite(s *Snapshot, share *Share, of string) string {
	party, _ := s.PartyByID(share.Party)
	basis, _ := s.BasisByID(share.Basis)
	mapped := share.Evidence.Mapped()
	if distance := share.Evidence.Distance(share.AsOf); distance != "" {
		mapped += " (" + distance + ")"
	}
	return fmt.Sprintf("%s: %.2f %% (%.2f of %.2f km²; band %.1f–%.1f %%) %s, %s, reading “%s”. %s; demarc, dataset %s, snapshot %s.",
		of, share.Percent, share.HeldKm2, share.TerritoryKm2, share.Uncertainty.PercentLow, share.Uncertainty.PercentHigh,
		share.Measures.Of(party.Name.In("en")), mapped, basis.Name.In("en"), s.Dataset.Attribution.In("en"), s.Dataset.ID, s.name)
}
