package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/cobra"
)

// everyQuestion has questions to every command that reads a dataset; LINE, WELLS and OUT stand
// for files.
var everyQuestion = map[string][]string{
	"share":        {"share --as-of 2026-01-20", "share --as-of 2026-01-20 --of rafah --basis line-cut --json", "share --as-of 2020-01-01", "share --as-of 2026-01-20 --in LINE"},
	"series":       {"series", "series --demo --json", "series --demo --every month --csv", "series --of rafah --basis line-cut"},
	"parties":      {"parties --as-of 2026-01-20 --json", "parties --demo --as-of 2025-06-01"},
	"claims":       {"claims --json", "claims --as-of 2026-01-20 --csv"},
	"displacement": {"displacement --as-of 2026-01-20 --percent 53"},
	"near":         {"near --within 500 --as-of 2026-01-20"},
	"split":        {"split --line LINE"},
	"tally":        {"tally WELLS --as-of 2026-01-20 --json"},
	"things":       {"things --as-of 2026-01-20 --json"},
	"export":       {"export --format geojson --as-of 2026-01-20 --out OUT.geojson", "export --demo --format csv --as-of 2025-06-01 --out OUT.csv"},
	"tile":         {"tile gaza 10/610/417 --as-of 2026-01-20"},
	"serve":        {}, // see below,
}

func TestLawRemovingTheCacheChangesNoByteOfAnyAnswer(t *testing.T) {
	dir := t.TempDir()
	line, wells, out := filepath.Join(dir, "line.geojson"), filepath.Join(dir, "wells.csv"), filepath.Join(dir, "out")
	for name, text := range map[string]string{
		line:  `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`,
		wells: "name,lon,lat\na,34.3,31.4\nb,34.4,31.45\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept := 0
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			each(sub)
		}
		questions := everyQuestion[c.Name()]
		if has := c.Flags().Lookup("no-cache") != nil; has != (questions != nil) {
			t.Errorf("%s: it has --no-cache: %v, and is asked %q", c.Name(), has, questions)
		}
		for _, question := range questions {
			cache := filepath.Join(dir, "cache", strings.ReplaceAll(question, "/", "-"))
			args := strings.Fields(strings.NewReplacer("LINE", line, "WELLS", wells, "OUT", out).Replace(question))
			without := answerOf(args, out, "--no-cache", "--cache", cache)
			if _, err := os.Stat(cache); err == nil {
				t.Errorf("%s: something is kept although nothing is to be", question)
			}
			if first := answerOf(args, out, "--cache", cache); first != without {
				t.Errorf("%s: without the cache:\n%s\nwith an empty one:\n%s", question, without, first)
			}
			if files, err := filepath.Glob(cache + "/*"); err == nil && len(files) > 0 {
				kept++
			}
			if then := answerOf(args, out, "--cache", cache); then != without {
				t.Errorf("%s: without the cache:\n%s\nwith it:\n%s", question, without, then)
			}
		}
	}
	each(commands(streams{}))
	if kept < 18 {
		t.Errorf("only after %d questions is something kept", kept)
	}
}

// answerOf is all that a command says and writes.
func answerOf(args []string, out string, more ...string) string {
	var said, log bytes.Buffer
	status := run(context.Background(), append(args[:len(args):len(args)], more...), nil, &said, &log)
	text := strings.Join([]string{string(rune('0' + status)), said.String(), log.String()}, "\n--\n")
	files, _ := filepath.Glob(out + ".*")
	for _, name := range files {
		written, _ := os.ReadFile(name)
		text += "\n--\n" + string(written)
		_ = os.Remove(name)
	}
	return text
}

// saidOf is what the cache does when a question is asked.
func saidOf(t *testing.T, cache string, args ...string) string {
	t.Helper()
	var log bytes.Buffer
	if status := run(context.Background(), append(args, "-v", "--cache", cache), nil, &bytes.Buffer{}, &log); status != 0 {
		t.Fatalf("%d %s", status, &log)
	}
	return log.String()
}

func TestADamagedCacheIsSaidAndMadeAnew(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	if said := saidOf(t, cache, "share"); !strings.Contains(said, "kept for the next time") {
		t.Error(said)
	}
	if said := saidOf(t, cache, "series"); !strings.Contains(said, "taken from") || strings.Contains(said, "kept for") {
		t.Error(said)
	}
	files, err := filepath.Glob(cache + "/*")
	if err != nil || len(files) != 1 {
		t.Fatalf("%q %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(text)
	damaged[len(text)/2]++
	if err := os.WriteFile(files[0], damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if said := saidOf(t, cache, "claims"); !strings.Contains(said, "is damaged") || !strings.Contains(said, "kept for") {
		t.Error(said)
	}
	if again, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(again, text) {
		t.Errorf("it is not made anew: %v", err)
	}
}

func TestACacheThatCannotBeWrittenIsNotUsedAndNothingIsSaid(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, log bytes.Buffer
	if status := run(t.Context(), []string{"share", "--cache", file}, nil, &out, &log); status != 0 || log.Len() > 0 {
		t.Errorf("%d %s", status, &log)
	}
	if said := saidOf(t, file, "share"); !strings.Contains(said, "nothing is kept") {
		t.Error(said)
	}
}

func TestCacheListsAndClears(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	if status, said := command(t, "cache", "--cache", cache); status != 0 || !strings.HasPrefix(said, "0 files, 0 bytes, in ") {
		t.Errorf("%d %s", status, said)
	}
	saidOf(t, cache, "share")
	saidOf(t, cache, "share", "--demo")
	if status, said := command(t, "cache", "--cache", cache); status != 0 || strings.Count(said, "\n") != 3 || !strings.Contains(said, "2 files, ") {
		t.Errorf("%d %s", status, said)
	}
	status, said := command(t, "cache", "--cache", cache, "--json")
	var list struct {
		Folder string     `json:"folder"`
		Files  []keptFile `json:"files"`
		Bytes  int64      `json:"bytes"`
	}
	if err := json.Unmarshal([]byte(said), &list); status != 0 || err != nil || len(list.Files) != 2 || !list.Files[0].Ours || list.Bytes != list.Files[0].Bytes+list.Files[1].Bytes || list.Folder != cache {
		t.Errorf("%d %v %s", status, err, said)
	}
	if status, said := command(t, "cache", "clear", "--cache", cache); status != 0 || !strings.HasPrefix(said, "removed 2 files, ") {
		t.Errorf("%d %s", status, said)
	}
	if files, err := os.ReadDir(cache); err != nil || len(files) > 0 {
		t.Errorf("%v %v", files, err)
	}
}

func TestCommandsAtOnceShareACache(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "cache")
	want := answerOf([]string{"share", "--demo", "--as-of", "2025-06-01"}, "none", "--no-cache")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := answerOf([]string{"share", "--demo", "--as-of", "2025-06-01"}, "none", "--cache", cache); got != want {
				t.Errorf("%s, not %s", got, want)
			}
		})
	}
	all.Wait()
}

func TestAServerWithACacheAnswersAsOneWithout(t *testing.T) {
	dir := t.TempDir()
	where := filepath.Join(dir, "store")
	published := dataset(t)
	retitle(t, published, `"id": "gaza"`, `"id": "stored"`)
	publishing(t, where, published)
	paths := []string{"/v1", "/v1/gaza/share?as_of=2026-01-20", "/v1/gaza/series", "/v1/gaza/claims", "/v1/stored/share?as_of=2026-01-20&of=rafah", "/v1/stored/parties?as_of=2026-01-20",
		"/tiles/gaza/10/610/417.mvt?as_of=2026-01-20", "/tiles/stored/10/610/417.mvt?as_of=2026-01-20&basis=line-cut"}
	cache := filepath.Join(dir, "cache")
	var answers [3][]string
	for n, flags := range [][]string{{"--no-cache"}, {}, {}} {
		s := serve(t, append(flags, "--cache", cache, "--store", where, "--data", dataset(t), "--base-url", "https://maps.example.org")...)
		for _, path := range paths {
			status, body := get(t, s.urls["clients"]+path)
			if status != 200 {
				t.Errorf("%s: %d", path, status)
			}
			answers[n] = append(answers[n], body)
		}
		s.stop()
		if files, _ := filepath.Glob(cache + "/*"); len(files) != min(n, 1)*2 {
			t.Errorf("start %d: %q are kept", n, files)
		}
	}
	for i, path := range paths {
		if answers[1][i] != answers[0][i] || answers[2][i] != answers[0][i] {
			t.Errorf("%s: other bytes with a cache", path)
		}
	}
}

func TestWhatIsWithdrawnIsGoneFromTheCache(t *testing.T) {
	dir := t.TempDir()
	where, cache, folder := filepath.Join(dir, "store"), filepath.Join(dir, "cache"), dataset(t)
	publishing(t, where, folder)
	serve(t, "--store", where, "--cache", cache).stop()
	before, _ := filepath.Glob(cache + "/*")
	retitle(t, folder, "Gaza Strip", "Second Edition")
	publishing(t, where, folder)
	if status, said := command(t, "withdraw", "1", "--store", where, "--author", "ann", "--reason", "it named somebody"); status != 0 {
		t.Fatal(said)
	}
	serve(t, "--store", where, "--cache", cache).stop()
	after, _ := filepath.Glob(cache + "/*")
	if len(before) != 1 || len(after) != 1 || before[0] == after[0] {
		t.Errorf("%q, then %q", before, after)
	}
}
