package look

import "github.com/demarc-map/demarc/data"

// Paints lists the patterns of all marks: of land that one, two or (where it is
// held) three of the parties of the palette have, and of each status.
func Paints() []Paint {
	var out []Paint
	colours := palette()
	for _, pattern := range []Pattern{Solid, Restricted, Claims} {
		fill := func(i int) string {
			if i == 0 && pattern == Restricted {
				return restricted().Fill
			}
			return colours[i].Fill
		}
		for _, combination := range combinations(len(colours), MostStripes) {
			p := Paint{Pattern: pattern}
			for _, i := range combination {
				p.Colours = append(p.Colours, fill(i))
			}
			if !p.Plain() {
				out = append(out, p)
			}
		}
		out = append(out, Paint{Pattern: pattern})
	}
	for _, status := range data.Statuses() {
		out = append(out, NotHeld(status).Paint)
	}
	return out
}

// combinations lists the sets of one to most of the numbers below n.
func combinations(n, most int) [][]int {
	out := [][]int{}
	from := [][]int{{}}
	for range most {
		var longer [][]int
		for _, c := range from {
			first := 0
			if len(c) > 0 {
				first = c[len(c)-1] + 1
			}
			for i := first; i < n; i++ {
				longer = append(longer, append(append([]int{}, c...), i))
			}
		}
		out, from = append(out, longer...), longer
	}
	return out
}
