package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// budgets are what a reader may have to download, in bytes after gzip: with the
// figures, with the map, when a drawing begins, when a place is asked about or looked up, when a file is opened, when
// something is taken away, when states are compared, with the strip of changes, when it is made an animation, when the
// browser keeps the page, and for the element in somebody else's. About a tenth above what was measured.
var budgets = map[string]int{"figures": 62_500, "map": 520_000, "drawing": 42_000, "asking": 5_500, "files": 15_400, "taking": 4_000, "comparing": 10_000, "timeline": 4_000, "animation": 9_000, "offline": 1_400, "element": 1_200}

// wordsFile is a file of words: its part of the page and its language.
var wordsFile = regexp.MustCompile(`^assets/(\w+)-words-(\w+)-`)

func TestThePageWeighsNoMoreThanItsBudget(t *testing.T) {
	files, built := Files()
	if !built {
		referee.Absent(t, "page", "the page is not built: npm ci && npm run build in static/web")
	}
	total, words := map[string]int{}, map[string]int{}
	names, err := fs.Glob(files, "assets/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, "index.html", "sw.js", "embed/demarc-map.js") {
		if found := wordsFile.FindStringSubmatch(name); found != nil {
			words[found[1]] = max(words[found[1]], compressed(t, files, name))
			continue
		}
		stage := "figures"
		switch base := path.Base(name); {
		case base == "sw.js":
			stage = "offline"
		case base == "demarc-map.js":
			stage = "element"
		case strings.HasPrefix(base, "map"):
			stage = "map"
		case strings.HasPrefix(base, "sites"), strings.HasPrefix(base, "inspection"):
			stage = "files"
		case strings.HasPrefix(base, "take"), strings.HasPrefix(base, "gif"):
			stage = "animation"
		case strings.HasPrefix(base, "timeline"), strings.HasPrefix(base, "player"):
			stage = "timeline"
		case strings.HasPrefix(base, "compare"), strings.HasPrefix(base, "split"):
			stage = "comparing"
		case strings.HasPrefix(base, "draw"):
			stage = "drawing"
		case strings.HasPrefix(base, "place"), strings.HasPrefix(base, "said"), strings.HasPrefix(base, "refusal"), strings.HasPrefix(base, "locate"), strings.HasPrefix(base, "search"):
			stage = "asking"
		case strings.HasPrefix(base, "embed"), strings.HasPrefix(base, "download"), strings.HasPrefix(base, "dialog"):
			stage = "taking"
		}
		total[stage] += compressed(t, files, name)
	}
	for part, longest := range words { // a reader loads one language, in the worst case the longest
		if part == "page" {
			total["figures"] += longest
		} else {
			total["files"] += longest
		}
	}
	if words["page"] == 0 {
		t.Error("the page has no words")
	}
	for stage, most := range budgets {
		t.Logf("%s: %d bytes gzip of %d", stage, total[stage], most)
		if total[stage] > most || total[stage] == 0 {
			t.Errorf("%s: %d bytes gzip, the budget is %d", stage, total[stage], most)
		}
	}
}

// compressed returns the size of a file after gzip.
func compressed(t *testing.T, files fs.FS, name string) int {
	t.Helper()
	file, err := files.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out bytes.Buffer
	writer, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(writer, file); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}
