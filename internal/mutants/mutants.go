// Package mutants breaks the program on purpose and asks whether a test sees it:
// a test that cannot fail proves nothing. It is for tests only.
//
// A run takes minutes, so it wants DEMARC_MUTATIONS: all; or one, which takes from
// each table the one whose turn it is by the last commit; or a part of a file's name
// or of what is changed.
//
//	DEMARC_MUTATIONS=all go test ./geo ./server ./data/store -run Mutation -v -timeout 1h
package mutants

import (
	"encoding/json"
	"hash/fnv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// Mutant is one change that breaks the program.
type Mutant struct {
	File     string // from the top of the repository
	From, To string // From stands in the file exactly once
	Package  string // whose tests are run, from the top of the repository
	Tests    string // those of them that should see it, as for go test -run
}

// AreSeen changes the program in one way after the other, never in its own files, and
// fails the test for each change that no test sees, or that does not compile. Tests that
// match skip are not run.
func AreSeen(t *testing.T, all []Mutant, skip string) {
	t.Helper()
	switch which := os.Getenv("DEMARC_MUTATIONS"); which {
	case "":
		t.Skip("set DEMARC_MUTATIONS to run, see package mutants; it takes minutes")
	case "all":
	case "one":
		all = all[turn(len(all)):][:1]
	default:
		all = slices.DeleteFunc(all, func(m Mutant) bool { return !strings.Contains(m.File+": "+m.From, which) })
	}
	for _, m := range all {
		t.Run(m.File+": "+m.From, func(t *testing.T) { m.isSeen(t, skip) })
	}
}

// turn is whose turn it is among n, by the last commit.
func turn(n int) int {
	cmd := exec.Command("git", "rev-parse", "HEAD")
	cmd.Dir = referee.Root()
	head, _ := cmd.Output() // without git it is always the same one
	sum := fnv.New32a()
	_, _ = sum.Write(head)
	return int(sum.Sum32() % uint32(n))
}

func (m *Mutant) isSeen(t *testing.T, skip string) {
	root := referee.Root()
	path := filepath.Join(root, filepath.FromSlash(m.File))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(text), m.From) != 1 {
		t.Fatalf("%q is not there once", m.From)
	}
	changed, list := filepath.Join(t.TempDir(), "mutant.go"), filepath.Join(t.TempDir(), "overlay.json")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err != nil {
		t.Fatal(err)
	}
	for name, bytes := range map[string][]byte{changed: []byte(strings.Replace(string(text), m.From, m.To, 1)), list: overlay} {
		if err := os.WriteFile(name, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"test", "-overlay", list, "-vet=off", "-timeout=180s", "-failfast", "-run", m.Tests, "-skip", skip, "./" + m.Package}
	if drawn(t, filepath.Join(root, filepath.FromSlash(m.Package))) {
		args = append(args, "-rapid.nofailfile", "-rapid.shrinktime=1ms")
	}
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = root
	out, err := cmd.CombinedOutput()
	switch {
	case strings.Contains(string(out), "[build failed]"):
		t.Errorf("it does not build: %s", out)
	case strings.Contains(string(out), "no tests to run"):
		t.Errorf("no test of %s is named %s", m.Package, m.Tests)
	case err == nil:
		t.Errorf("no test sees it")
	default:
		t.Log(firstFailure(string(out)))
	}
}

// drawn reports whether the tests of a package draw their cases with rapid, whose
// flags other tests do not know.
func drawn(t *testing.T, folder string) bool {
	names, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"pgregory.net/rapid"`) {
			return true
		}
	}
	return false
}

// firstFailure is the line that names the first test that failed.
func firstFailure(out string) string {
	for line := range strings.Lines(out) {
		if strings.Contains(line, "off by") || strings.HasPrefix(line, "--- FAIL") {
			return strings.TrimSpace(line)
		}
	}
	return "seen"
}
