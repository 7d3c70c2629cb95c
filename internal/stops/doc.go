// Package stops is the test that everything that takes a context stops soon after
// its end, whatever it is at: readers, repairs, figures, files and tiles. It measures
// processor time, which the race detector multiplies, so it is not built with it.
package stops
