package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// days writes an outline and maps of days, each square a bit larger than the one
// before, and imports the first of them into a folder.
func days(t *testing.T, count int) (folder string, files []string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, east float64) string {
		name = filepath.Join(dir, name)
		text := fmt.Sprintf(`{"type":"Polygon","coordinates":[[[10,50],[%[1]g,50],[%[1]g,51],[10,51],[10,50]]]}`, east)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	outline := write("outline.json", 12)
	for i := range count {
		files = append(files, write(fmt.Sprintf("2025-01-%02d.json", i+1), 11+float64(i)/100))
	}
	folder = filepath.Join(dir, "made")
	out, err := exec.Command("demarc", "import", files[0], "--date", "name", "--out", folder, "--id", "made", "--territory", outline, "--party", "P",
		"--accuracy-m", "50", "--source-title", "T", "--publisher", "P", "--licence", "L").CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return folder, files
}

func added(folder string, files ...string) ([]byte, error) {
	return exec.Command("demarc", append([]string{"import", "--append", "--out", folder}, files...)...).CombinedOutput()
}

// TestAnAppendThatIsKilledLeavesTheOldFolderOrTheNewOne kills one after another at
// any moment of its work.
func TestAnAppendThatIsKilledLeavesTheOldFolderOrTheNewOne(t *testing.T) {
	kills := 12
	if *referee.Long {
		kills = 200
	}
	folder, files := days(t, 2)
	before := contents(t, folder)
	kept := folder + ".kept"
	copyBack := func(from, to string) {
		t.Helper()
		if err := os.RemoveAll(to); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	copyBack(folder, kept)
	begun := time.Now()
	if out, err := added(folder, files[1]); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	took, after := time.Since(begun), contents(t, folder)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d, an append takes %v", seed, took)
	random := rand.New(rand.NewPCG(seed, 0))
	for n := range kills {
		copyBack(kept, folder)
		cmd := exec.Command("demarc", "import", "--append", "--out", folder, files[1])
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
		if got := contents(t, folder); got != before && got != after {
			t.Fatalf("after kill %d the folder is neither as before nor as after:\n%s", n, got)
		}
	}
	copyBack(kept, folder)
	if out, err := added(folder, files[1]); err != nil {
		t.Errorf("after all: %v: %s", err, out)
	}
	if contents(t, folder) != after {
		t.Error("after all, a whole append makes something else")
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(folder), ".made*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestAppendsAtTheSameTimeTakeTurnsAndNoneIsLost starts several at once: each
// either adds its day or is refused because a later one is there.
func TestAppendsAtTheSameTimeTakeTurnsAndNoneIsLost(t *testing.T) {
	folder, files := days(t, 6)
	var all sync.WaitGroup
	results := make([]string, len(files))
	for i := 1; i < len(files); i++ {
		all.Go(func() {
			out, err := added(folder, files[i])
			results[i] = fmt.Sprintf("%s%v", out, err)
		})
	}
	all.Wait()
	kept, err := readKept(folder)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(files); i++ {
		day := strings.TrimSuffix(filepath.Base(files[i]), ".json")
		there := false
		for _, d := range kept.Days {
			there = there || d.String() == day
		}
		said := strings.Contains(results[i], "comes before the last state")
		if there == said {
			t.Errorf("%s: in the folder %v, said: %s", day, there, results[i])
		}
	}
	if _, report, err := load(t.Context(), folder); err != nil {
		t.Errorf("%v %v", err, report)
	}
}
