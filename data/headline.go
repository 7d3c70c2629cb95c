package data

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"sync"
)

// headlines are the headline figures of a snapshot, the default party's share
// of the default territory in every epoch under every basis, each computed
// twice.
type headlines struct {
	figures map[string]Figures     // by Share.key
	second  map[string]secondShare // the same by another method
	series  []Series               // one a basis, in the dataset's order
}

// secondShare is a headline share by the second method.
type secondShare struct {
	epoch   Epoch
	basis   string
	feature string // the first zone, "" for none
	percent float64
}

// twoMethods is by how many percentage points two computations of a share may differ.
const twoMethods = 0.001

// computeHeadlines measures every headline share by both methods. Workers is
// how many goroutines it takes.
func computeHeadlines(ctx context.Context, s *Snapshot, workers int) (*headlines, error) {
	out := &headlines{map[string]Figures{}, map[string]secondShare{}, nil}
	var lock sync.Mutex
	for i := range s.Dataset.Bases {
		q := Query{Basis: s.Dataset.Bases[i].ID}
		territory, basis, err := s.resolve(&q)
		if err != nil {
			return nil, err
		}
		land := territory.measured()
		measure := func(ctx context.Context, share *Share, zones []*Zone) (Figures, error) {
			figures, percent, err := land.figuresTwice(ctx, zones, workers)
			lock.Lock()
			defer lock.Unlock()
			out.second[share.key()] = secondShare{share.Epoch, share.Basis, firstZone(zones), percent}
			return figures, err
		}
		series, shares, err := s.series(ctx, q, 0, 0, rowMeasure{nil, workers, measure}, territory, basis)
		if err != nil {
			return nil, err
		}
		for i := range shares {
			if !series.Rows[i].Gap {
				out.figures[shares[i].key()] = shares[i].Figures
			}
		}
		out.series = append(out.series, series)
	}
	return out, nil
}

func firstZone(zones []*Zone) string {
	if len(zones) == 0 {
		return ""
	}
	return zones[0].ID
}

// agree holds every headline share against its second computation, by geometry
// on an exact integer grid instead of the sweep that gave the figures, and
// refuses the snapshot where the two differ. Either may be fooled; not both alike.
func (h *headlines) agree(report *Report) {
	for _, key := range slices.Sorted(maps.Keys(h.second)) {
		second := h.second[key]
		differ := math.Abs(second.percent - h.figures[key].Percent)
		if differ <= twoMethods { // NaN is refused
			continue
		}
		report.Refuse(Fault{File: zonesFile, Feature: second.feature, Rule: "methods-differ", Place: second.epoch.String(),
			Detail: fmt.Sprintf("two computations of the share under %s differ by %.4f points", second.basis, differ)})
	}
}
