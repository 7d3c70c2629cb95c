package intake

import "github.com/demarc-map/demarc/data"

// Day finds the one day written in a text as an import does; none, and two
// different ones, are errors.
func Day(text string) (data.Date, error) {
	found, err := findDate(text)
	return found.day, err
}
