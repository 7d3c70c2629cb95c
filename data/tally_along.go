package data

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/internal/carry"
)

// tallyAlong is a reading over time as a tally asks it.
type tallyAlong struct {
	out    TallyAlong
	stages []tallyStage
	days   map[Date]flows
}

// tallyStage is a run of days on which nothing of a reading changes.
type tallyStage struct {
	day      Date
	afterGap bool
	view     *tallyView // one for all the stages with the same zones
}

// mostStages bounds the time and the memory that a tally along time takes.
const mostStages = 400

// tallyAlongOf readies the asked reading for days; nil where none are asked for.
func tallyAlongOf(ctx context.Context, s *Snapshot, q TallyQuery) (*tallyAlong, error) {
	if q.From == 0 && q.To == 0 {
		return nil, nil
	}
	if q.To != 0 && q.To <= q.From {
		return nil, fmt.Errorf("%w: from %s to %s is no time", ErrQuestion, q.From, q.To)
	}
	a := &tallyAlong{out: TallyAlong{From: q.From, To: q.To, Gaps: []Interval{}, Days: []TallyDay{}}, days: map[Date]flows{}}
	group, ctx := carry.NewGroup(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	views := map[string]*tallyView{} // filled in by the group
	reading, gap := s.readings[q.Basis], false
	for k, e := range reading.epochs {
		if q.To != 0 && e.From >= q.To || e.To != 0 && e.To <= q.From {
			continue
		}
		day := max(e.From, q.From)
		if !reading.says[k] {
			until := e.To
			if q.To != 0 && (until == 0 || until > q.To) {
				until = q.To
			}
			a.out.Gaps = append(a.out.Gaps, Interval{day, until})
			gap = true
			continue
		}
		if len(a.stages) == mostStages {
			return nil, fmt.Errorf("%w: the reading changes more than %d times in these days: ask for fewer", ErrQuestion, mostStages)
		}
		then := q.Query
		then.AsOf = day
		key := viewKey(s, then)
		view := views[key]
		if view == nil {
			view = &tallyView{}
			views[key] = view
			group.Go(func() error {
				made, err := newTallyView(ctx, s, then, 0)
				if err == nil {
					*view = *made
				}
				return err
			})
		}
		a.stages = append(a.stages, tallyStage{day, gap, view})
		gap = false
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if len(a.stages) == 0 {
		return nil, reading.notMapped(q.From)
	}
	return a, nil
}

// viewKey says what a view depends on: the zones that count and the control lines.
func viewKey(s *Snapshot, q Query) string {
	basis, _ := s.BasisByID(q.Basis)
	key := ids(s.held(q, basis, nil), func(z *Zone) string { return z.ID })
	for _, l := range linesOf(s, q.Party, q.AsOf) {
		key = append(key, "line "+l.ID)
	}
	return strings.Join(key, "\n")
}

// add counts the changes of a thing.
func (a *tallyAlong) add(changes []SideChange, amounts Amounts) {
	if len(changes) > 0 {
		a.out.Things++
	}
	for _, c := range changes {
		if a.days[c.Day] == nil {
			a.days[c.Day] = flows{}
		}
		a.days[c.Day].add(c.From, c.To, c.Certain, amounts)
	}
}

// answer is what was counted.
func (a *tallyAlong) answer() *TallyAlong {
	for i := range a.stages {
		stage := &a.stages[i]
		if f := a.days[stage.day]; f != nil {
			a.out.Days = append(a.out.Days, TallyDay{stage.day, stage.afterGap, f.list()})
		}
	}
	return &a.out
}

// viewOf is the view of a reading on the day, of those that map it.
func viewOf(views []*tallyView, basis string) int {
	return slices.IndexFunc(views, func(v *tallyView) bool { return v.d.share.Basis == basis })
}
