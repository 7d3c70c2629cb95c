package gen

import (
	"time"

	"github.com/demarc-map/demarc/data"
)

// The history has 25 steps of four weeks. Nothing was mapped in the eight weeks
// between step 12 and step 13; from then on it was mapped from pictures taken from space.
const (
	steps    = 25
	resumed  = 13
	interval = 28
)

// day returns the day on which a step begins.
func day(step int) data.Date {
	if step < resumed {
		return data.DateOf(time.Date(2024, 3, 1+interval*step, 0, 0, 0, 0, time.UTC))
	}
	return data.DateOf(time.Date(2025, 5, 5+interval*(step-resumed), 0, 0, 0, 0, time.UTC))
}

// gap is the first day after step 12 that was not mapped.
func gap() data.Date { return day(resumed-1) + interval + 10 }
