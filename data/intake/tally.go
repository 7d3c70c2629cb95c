package intake

import (
	"fmt"
	"slices"
	"strings"
)

// tally counts what was done with features by kinds, for one line each.
type tally struct {
	kinds map[string]*counted
	order []string
}

// counted is what was done of one kind.
type counted struct {
	count    int
	files    []string // in which it was, in order
	inFile   map[string]int
	examples []string
}

func newTally() *tally { return &tally{kinds: map[string]*counted{}} }

// add counts n of a kind in a file. A kind is a sentence with %s where "1 point" or
// "3 points" stands, from "point", after a |: "point|%s left out".
func (t *tally) add(kind, file string, n int, example string) {
	if n == 0 {
		return
	}
	c := t.kinds[kind]
	if c == nil {
		c = &counted{inFile: map[string]int{}}
		t.kinds[kind] = c
		t.order = append(t.order, kind)
	}
	c.count += n
	if c.inFile[file] == 0 {
		c.files = append(c.files, file)
	}
	c.inFile[file] += n
	if example != "" && len(c.examples) < examples && !slices.Contains(c.examples, example) {
		c.examples = append(c.examples, example)
	}
}

// notes are the lines, in the order in which the kinds were met.
func (t *tally) notes() []string {
	var out []string
	for _, kind := range t.order {
		c := t.kinds[kind]
		noun, sentence, _ := strings.Cut(kind, "|")
		line := fmt.Sprintf(sentence, Amount(c.count, noun))
		if len(c.examples) > 0 {
			line += ": " + strings.Join(c.examples, ", ")
			if c.count > len(c.examples) {
				line += ", …"
			}
		}
		if len(c.files) == 1 {
			out = append(out, c.files[0]+": "+line)
			continue
		}
		var in []string
		for _, file := range c.files[:min(len(c.files), examples)] {
			in = append(in, fmt.Sprintf("%s (%d)", file, c.inFile[file]))
		}
		if len(c.files) > examples {
			in = append(in, "…")
		}
		out = append(out, fmt.Sprintf("%s; in %d files: %s", line, len(c.files), strings.Join(in, ", ")))
	}
	return out
}

// Amount is a number of things with their noun: "1 point" or "3 points".
func Amount(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	first, rest, _ := strings.Cut(noun, " ")
	if rest != "" {
		rest = " " + rest
	}
	return fmt.Sprintf("%d %ss%s", n, first, rest)
}
