package gen

import (
	"math"

	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// lines returns the ceasefire line as the army published it, four times, from sea
// to sea and from west to east, so that the army's side is the left one.
func lines() []data.ControlLine {
	var out []data.ControlLine
	for k, step := range []int{0, 7, 13, 20} {
		valid := data.Interval{From: day(step)}
		if k > 0 {
			out[k-1].Valid.To = valid.From
		}
		var shape orb.LineString
		for x := -40.0; x <= 40; x += 2 {
			u := ease(math.Min(1, math.Max(0, (x+8)/16)))
			west, east := (armyWest.at(step)+frontWest.at(step))/2, (armyEast.at(step)+frontEast.at(step))/2
			shape = append(shape, degrees(orb.Point{x + 0.2*smooth(70, x, float64(step)), west*(1-u) + east*u + 2.5*rough(60, x, float64(step)/9, 8)}))
		}
		out = append(out, data.ControlLine{ID: "line-" + valid.From.String(), Name: words("Ceasefire line", "خط وقف إطلاق النار", "קו הפסקת האש"), Kind: "ceasefire",
			Party: "army", Basis: "line", Status: data.Published, Valid: valid, Source: "army-maps", AccuracyM: 150, MappedOn: valid.From, HeldSide: data.Left, Territory: "velmar", Shape: shape})
	}
	return out
}
