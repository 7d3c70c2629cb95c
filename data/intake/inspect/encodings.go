package inspect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
)

// encodings are those that tables of maps are written in where nothing says which. Of
// two that are as likely the first is taken: Hebrew letters are small Cyrillic ones in
// windows-1251, where names begin with a capital.
var encodings = [...]string{"windows-1255", "windows-1251", "windows-1256", "windows-1250", "windows-1252", "cp866"}

// reading is a look under one encoding.
type reading struct {
	encoding string
	found    *Inspection
	words    []string // that are not of ASCII
	score    float64  // how much they look like words, 1 the most
}

// likeliest looks at a file under the encoding in which its texts look most like
// words. A fault that no encoding mends is returned.
func likeliest(ctx context.Context, file foreign.File, options Options, bad geojson.Fault) (*Inspection, error) {
	var all []reading
	for _, encoding := range encodings {
		options.Encoding = encoding
		found, err := once(ctx, file, options)
		var fault geojson.Fault
		switch {
		case err != nil && !errors.As(err, &fault):
			return nil, err
		case err == nil:
			words := wordsOf(found)
			all = append(all, reading{encoding, found, words, likely(words)})
		}
	}
	if len(all) == 0 {
		return nil, bad
	}
	slices.SortStableFunc(all, func(a, b reading) int { return cmp.Compare(b.score, a.score) })
	best := all[0]
	said := []string{}
	for _, r := range all[:min(len(all), 3)] {
		said = append(said, fmt.Sprintf("%s makes %s of them", r.encoding, strings.Join(r.words[:min(len(r.words), 3)], ", ")))
	}
	note := "the file does not say how its texts are written: " + strings.Join(said, "; ") + "; choose with --encoding"
	best.found.Notes = append([]string{note}, best.found.Notes...)
	if best.found.Suggestion != nil {
		best.found.Suggestion.Reading(best.found.File, []Argument{{Flag: "encoding", Value: best.encoding, Why: "the likeliest encoding of the texts; see whether the names above are right"}})
	}
	return best.found, nil
}

// wordsOf are words of a file that are not of ASCII.
func wordsOf(i *Inspection) (out []string) {
	for _, p := range i.Properties {
		texts := []string{p.Name}
		for _, c := range p.Top {
			texts = append(texts, c.Name)
		}
		for _, text := range texts {
			for _, word := range strings.Fields(text) {
				if strings.ContainsFunc(word, func(c rune) bool { return c >= 0x80 }) && !slices.Contains(out, word) {
					out = append(out, word)
				}
			}
		}
	}
	return out
}

// likely is how much words look like some: letters of one script, no capital behind a
// small letter, and no sign within.
func likely(words []string) float64 {
	right, all := 0, 0
	for _, word := range words {
		var before rune
		for _, c := range word {
			if before == 0 {
				before = c
				all++
				if unicode.IsLetter(c) {
					right++
				}
				continue
			}
			all++
			if unicode.IsLetter(c) && scriptOf(c) == scriptOf(before) && !(unicode.IsUpper(c) && unicode.IsLower(before)) || c < 0x80 && !unicode.IsLetter(c) {
				right++
			}
			before = c
		}
	}
	if all == 0 {
		return 0
	}
	return float64(right) / float64(all)
}

// scriptOf is the script of a letter by its hint, "" for Latin and what has none.
func scriptOf(c rune) string {
	for _, hint := range hints {
		if unicode.Is(hint.script, c) {
			return hint.language
		}
	}
	return ""
}
