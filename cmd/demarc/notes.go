package main

import (
	"fmt"
	"io"

	"github.com/demarc-map/demarc/geojson"
)

// printNotes says what was chosen in reading files: each choice once, with the first
// file that it was made for.
func printNotes(w io.Writer, notes []geojson.Note) {
	files := map[string]int{}
	for _, n := range notes {
		files[n.Text]++
	}
	for _, n := range notes {
		more := ""
		if files[n.Text] > 1 {
			more = fmt.Sprintf(" and %d more", files[n.Text]-1)
		}
		if files[n.Text] > 0 {
			fmt.Fprintf(w, "noted: %s%s: %s\n", n.File, more, n.Text)
		}
		files[n.Text] = 0
	}
}
