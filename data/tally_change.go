package data

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
)

// SideChange is a day on which a thing changes sides.
type SideChange struct {
	Day      Date     `json:"day"` // the first on the new side
	From     LandSide `json:"from"`
	To       LandSide `json:"to"`
	AfterGap bool     `json:"after_gap"` // the days before are not mapped: it may have changed on any of them
	Certain  bool     `json:"certain"`   // it lies beyond the accuracy of the line before and after
}

// SideFlow is what lies on one side first and on another then. Each thing counts
// as a whole, on the side of its place or where most of it lies.
type SideFlow struct {
	From    LandSide `json:"from"`
	To      LandSide `json:"to"`
	Things  int      `json:"things"`
	Certain int      `json:"certain"` // of them beyond the accuracy of the line first and then
	Amounts
}

// TallyAgainst is what lies on another side under another reading on the same day.
type TallyAgainst struct {
	Basis  string     `json:"basis"`
	Things int        `json:"things"` // that differ
	Flows  []SideFlow `json:"flows"`  // from the sides under the asked reading, by these
}

// TallyAlong is what changes sides over time under the asked reading.
type TallyAlong struct {
	From   Date       `json:"from"`
	To     Date       `json:"to"`     // the first day after; 0 is open
	Things int        `json:"things"` // that change at least once
	Gaps   []Interval `json:"gaps"`   // days that are not mapped
	Days   []TallyDay `json:"days"`   // in order, those on which a thing changes
}

// TallyDay is what changes sides on one day.
type TallyDay struct {
	Day      Date       `json:"day"`
	AfterGap bool       `json:"after_gap"`
	Flows    []SideFlow `json:"flows"`
}

// flows sum what changes sides.
type flows map[[2]LandSide]*SideFlow

func (f flows) add(from, to LandSide, certain bool, a Amounts) {
	sum := f[[2]LandSide{from, to}]
	if sum == nil {
		sum = &SideFlow{From: from, To: to}
		f[[2]LandSide{from, to}] = sum
	}
	sum.Things++
	if certain {
		sum.Certain++
	}
	sum.Amounts.add(a)
}

// list lists the sums by the sides.
func (f flows) list() []SideFlow {
	out := make([]SideFlow, 0, len(f))
	for _, sum := range f {
		out = append(out, *sum)
	}
	slices.SortFunc(out, func(a, b SideFlow) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}

// changes finds the days on which a place changes sides.
func (a *tallyAlong) changes(p orb.Point) []SideChange {
	var out []SideChange
	var side LandSide
	var before *tallyView
	for i := range a.stages {
		stage := &a.stages[i]
		if stage.view == before {
			continue
		}
		now := stage.view.sideOf(p)
		if before != nil && now != side {
			out = append(out, SideChange{Day: stage.day, From: side, To: now, AfterGap: stage.afterGap, Certain: !before.paths.blurs(p) && !stage.view.paths.blurs(p)})
		}
		side, before = now, stage.view
	}
	return out
}
