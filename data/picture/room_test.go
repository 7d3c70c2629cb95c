package picture

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsOfAnyLengthEndAboveTheEdge(t *testing.T) {
	letters, err := newLetters(In("en"))
	if err != nil {
		t.Fatal(err)
	}
	c := &canvas{letters: letters}
	rapid.Check(t, func(t *rapid.T) {
		words := func(what string, most int) string {
			return strings.TrimSpace(strings.Repeat("island ", rapid.IntRange(1, most).Draw(t, what)))
		}
		lines := []pngLine{{size: 40, said: words("title", 14), after: 46}, {size: 112, said: "53.1%", after: 62},
			{size: 28, said: words("held", 12), after: 36}, {size: 14, said: words("credit", 60), after: 20}, {size: 14, said: "demarc", after: 20}}
		fits := false
		for scale := 1.0; scale > 0.35 && !fits; scale -= 0.04 {
			written := 0
			last := c.placed(lines, scale, func(_ pngLine, _ float64, set line) {
				if set.width > pngRight-pngLeft {
					t.Fatalf("a line is %.1f pixels wide", set.width)
				}
				for _, r := range set.runs {
					written += len(strings.Fields(string(r.said)))
				}
			})
			said := 0
			for _, l := range lines {
				said += len(strings.Fields(l.said))
			}
			if written != said {
				t.Fatalf("%d of %d words are written", written, said)
			}
			fits = last <= pngLast
		}
		if !fits {
			t.Fatal("no size fits")
		}
	})
}
