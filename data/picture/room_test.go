package picture

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsOfAnyLengthEndAboveTheEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := func(what string, most int) string {
			return strings.TrimSpace(strings.Repeat("island ", rapid.IntRange(1, most).Draw(t, what)))
		}
		lines := []pngLine{{size: 40, said: words("title", 14), most: 24, after: 46}, {size: 112, said: "53.1%", most: 8, after: 62},
			{size: 28, said: words("held", 12), most: 34, after: 36}, {size: 14, said: words("credit", 60), most: 72, after: 20}, {size: 14, said: "demarc", most: 72, after: 20}}
		fits := false
		for scale := 1.0; scale > 0.35 && !fits; scale -= 0.04 {
			written := 0
			last, err := placed(lines, scale, func(_ pngLine, y int, said string) error {
				written += len(strings.Fields(said))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
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
