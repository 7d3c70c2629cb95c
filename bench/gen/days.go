package gen

import (
	"time"

	"github.com/paulmach/orb"
)

// days returns a grid whose zones change over so many days: each gets a new
// border every 16 days, not all on the same one. Where neighbours have borders
// of different age they overlap or leave land free.
func days(g grid, length int) Set {
	const age = 16
	zones := g.columns * g.rows
	first := func(slot, version int) int { return max(0, version*age-slot*age/zones) }
	versions := (length + age + age - 1) / age
	date := func(day int) string {
		begin, _ := time.Parse(time.DateOnly, FirstDay) // a constant
		return begin.AddDate(0, 0, day).Format(time.DateOnly)
	}
	var numbers [][2]int // slot and version of each zone
	for slot := range zones {
		for version := range versions {
			if from, to := first(slot, version), first(slot, version+1); from < to && from < length {
				numbers = append(numbers, [2]int{slot, version})
			}
		}
	}
	return Set{Count: len(numbers), Territory: orb.Polygon{g.outline()},
		shape: func(number int) orb.Polygon {
			version := g
			version.seed += uint64(numbers[number][1])
			return version.zone(numbers[number][0])
		},
		days: func(number int) (from, to string) {
			slot, version := numbers[number][0], numbers[number][1]
			return date(first(slot, version)), date(min(length, first(slot, version+1)))
		},
	}
}
