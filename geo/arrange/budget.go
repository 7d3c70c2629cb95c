package arrange

import "errors"

// ErrBudget is returned when noding would take more work than the budget allows.
var ErrBudget = errors.New("arrange: too many crossings")

// crossingWork is what a crossing counts for in the budget: it costs up to a
// kilobyte and a microsecond, where comparing a pair costs nanoseconds.
const crossingWork = 1024

// defaultBudget allows two million crossings, and 64 more for each segment.
func defaultBudget(segments int) int64 { return crossingWork * (2<<20 + 64*int64(segments)) }
