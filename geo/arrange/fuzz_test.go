package arrange

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// parseRings reads "x y x y …; x y …": rings of integers.
func parseRings(text string) [][]Point {
	var rings [][]Point
	for part := range strings.SplitSeq(text, ";") {
		fields := strings.Fields(part)
		var ring []Point
		for i := 0; i+1 < len(fields); i += 2 {
			x, errX := strconv.ParseInt(fields[i], 10, 64)
			y, errY := strconv.ParseInt(fields[i+1], 10, 64)
			if errX == nil && errY == nil {
				ring = append(ring, Point{x, y})
			}
		}
		rings = append(rings, ring)
	}
	return rings
}

func FuzzArrangement(f *testing.F) {
	for _, seed := range []string{
		"0 0 4 0 4 4 0 4",
		"0 0 4 4 4 0 0 4",                                     // a bowtie
		"0 0 9 0 9 9 0 9; 0 0 4 2 2 4",                        // a hole that touches the shell
		"0 0 9 0 9 9 0 9; 3 3 6 3 6 6 3 6; 3 3 6 3 6 6 3 6",   // a hole twice
		"0 0 9 0 9 9 0 9; 9 0 18 0 18 9 9 9",                  // a shared edge
		"0 0 9 0 5 0 5 5 5 0",                                 // spikes
		"0 0 7 1 0 2 7 3 0 4; 3 -1 4 9 5 -1 6 9",              // needles
		"0 0 0 1 1 -1",                                        // a vertex in the pixel of an edge
		"-1073741824 -1073741824 1073741824 1073741823 0 0 3", // from rim to rim
		"1073741825 0 0 0 1 1",                                // beyond the grid
		"0 0 3 1 6 2 9 3 5 8; 1 1 4 0 7 3 2 2",                // nearly collinear
		"4 0 0 0 4 4 8 0 4 0 4 -4; 4 0 5 1 6 0",               // a vertex visited twice
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 {
			return
		}
		rings := parseRings(text)
		var c Cleaner
		for _, keep := range []bool{false, true} {
			c.Arrangement.KeepCollinear = keep
			for _, rule := range []Rule{NonZero, EvenOdd, Positive} {
				once, err := c.Clean(context.Background(), rings, rule)
				if errors.Is(err, ErrRange) {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if err := referee.Valid(exported(once)); err != nil {
					t.Fatalf("rule %d: %v\n%v", rule, err, once)
				}
				var flat [][]Point
				for _, p := range once {
					flat = append(flat, p...)
				}
				twice, err := c.Clean(context.Background(), flat, rule)
				if err != nil || fmt.Sprint(once) != fmt.Sprint(twice) {
					t.Fatalf("%v\n%v\n%v", err, once, twice)
				}
			}
		}
		var separate Cleaner
		separate.Arrangement.Separate = true
		out, err := separate.Clean(context.Background(), rings, NonZero)
		if err != nil {
			t.Fatal(err)
		}
		if err := referee.Valid(exported(out)); err != nil {
			t.Fatalf("separate: %v\n%v", err, out)
		}
		for _, p := range out {
			for _, r := range p {
				for _, v := range r {
					for _, q := range out {
						for _, s := range q {
							for i, a := range s {
								if b := s[(i+1)%len(s)]; v != a && v != b && orient(a, b, v) != 0 && inPixel(a, b, v) {
									t.Fatalf("%v is within half a unit of %v–%v", v, a, b)
								}
							}
						}
					}
				}
			}
		}
	})
}
