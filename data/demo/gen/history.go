package gen

import (
	"math"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// course is how a level moves: its values at steps 0, 6, 12, 18 and 24.
type course [5]float64

func (c course) at(step int) float64 {
	i := min(step/6, 3)
	f := float64(step-6*i) / 6
	return c[i]*(1-f) + c[i+1]*f
}

// The army comes from the north and the front from the south: how far south (north)
// each is, km, in the west and in the east. Where both passed each other land is
// contested; where neither came it is unheld. The militia holds a harbour and, to
// step 16, a town behind the army's lines.
var (
	armyWest, armyEast   = course{8, 7, 1, -3, 0}, course{8, 2, -3, -4, -7}
	frontWest, frontEast = course{-5, -1, 6, 1, -4}, course{-5, -6, -8, -8, -10}
	harbourKm            = course{6, 8, 9, 7, 7.5}
)

const townFalls = 17

// place is where a cell stands between south and north, km, as borders go.
func (c cell) place() float64 { p := c.middle(); return p[1] + 3*rough(50, p[0], p[1], 9) }

// level blends a course in the west with one in the east. The west moves at even steps, the east at odd ones.
func (c cell) level(west, east course, step int) float64 {
	u := ease(math.Min(1, math.Max(0, (c.middle()[0]+8)/16)))
	return west.at(step/2*2)*(1-u) + east.at((step+1)/2*2)*u
}

// holds reports whether a party holds a cell at a step; wide is by how many km its
// own word goes beyond what was seen.
func (c cell) holds(party string, step int, wide float64) bool {
	militia := c.near(harbour) < harbourKm.at(step/6*6)+wide || step < townFalls && c.near(town) < townKm+wide/4
	redrawn := 0.0
	if step >= resumed && wide == 0 {
		redrawn = 0.9 // the pictures put borders elsewhere than those who walked them did
	}
	switch party {
	case "militia":
		return militia
	case "army":
		return c.place()+redrawn > c.level(armyWest, armyEast, step)-wide && (wide > 0 || !militia)
	default:
		return c.place()+redrawn < c.level(frontWest, frontEast, step)+wide && (wide > 0 || !militia)
	}
}

// phase is a run of steps that one source maps, and what it says of every zone.
type phase struct {
	steps  []int
	end    data.Date // 0: still mapped
	basis  string
	source string
	status data.Status
	metres float64
	wide   float64 // see holds
	detail detail
}

// zones returns what each party holds: for each phase one zone for all cells that
// change hands on the same days.
func zones(i *island) []data.Zone {
	walked := phase{end: gap(), basis: "seen", source: "walked", status: data.Observed, metres: 300, detail: fine}
	seen := phase{basis: "seen", source: "from-space", status: data.Observed, metres: 60, detail: fine}
	for step := range steps {
		if step < resumed {
			walked.steps = append(walked.steps, step)
		} else {
			seen.steps = append(seen.steps, step)
		}
	}
	said := phase{steps: []int{0, 8, 16}, basis: "said", source: "bulletins", status: data.Claimed, metres: 1000, wide: 3.5, detail: coarse}
	var out []data.Zone
	for _, p := range []phase{walked, seen, said} {
		for _, party := range parties {
			out = append(out, p.zones(i, party)...)
		}
	}
	return append(out, uncounted(i)...)
}

// zones groups the cells that the party holds by the days from and to which it does.
func (p phase) zones(i *island, party named) []data.Zone {
	runs, order := map[data.Interval]cells{}, []data.Interval{}
	for _, c := range i.land.sorted() {
		from := data.Date(0)
		for k := range len(p.steps) + 1 {
			held := k < len(p.steps) && c.holds(party.id, p.steps[k], p.wide)
			switch {
			case held && from == 0:
				from = day(p.steps[k])
			case !held && from != 0:
				run := data.Interval{From: from, To: p.end}
				if k < len(p.steps) {
					run.To = day(p.steps[k])
				}
				if runs[run] == nil {
					runs[run] = cells{}
					order = append(order, run)
				}
				runs[run][c], from = true, 0
			}
		}
	}
	var out []data.Zone
	for _, run := range order {
		out = append(out, p.zone(i, party, run, runs[run]))
	}
	return out
}

func (p phase) zone(i *island, party named, run data.Interval, held cells) data.Zone {
	id := p.basis + "-" + party.id + "-" + run.From.String()
	if run.To != 0 {
		id += "-to-" + run.To.String()
	}
	return data.Zone{ID: id, Name: party.text, Party: party.id, Basis: p.basis, Status: p.status, Valid: run, Source: p.source,
		AccuracyM: p.metres, Shape: held.outline(i.land, p.detail)}
}

// uncounted returns two zones that are drawn and not counted: what the army claims
// beyond where it was seen, and a valley of which accounts disagree.
func uncounted(i *island) []data.Zone {
	claimed, disputed := cells{}, cells{}
	for c := range i.land {
		if front := c.level(armyWest, armyEast, 18) - 0.9; c.place() <= front && c.place() > front-4 && c.near(harbour) > 9 {
			claimed[c] = true
		}
		if c.near(orb.Point{16, 0}) < 4 {
			disputed[c] = true
		}
	}
	word := phase{basis: "seen", source: "bulletins", status: data.Claimed, metres: 1000, detail: coarse}
	valley := phase{basis: "seen", source: "walked", status: data.Disputed, metres: 300, detail: fine}
	a := word.zone(i, parties[0], data.Interval{From: day(18), To: day(23)}, claimed)
	b := valley.zone(i, parties[1], data.Interval{From: day(3), To: day(8)}, disputed)
	a.ID, b.ID = "claimed-"+a.ID, "disputed-"+b.ID
	return []data.Zone{a, b}
}
