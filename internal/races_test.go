package internal

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/house"
	"github.com/demarc-map/demarc/internal/referee"
)

func TestEachWayToBeRunByManyGoroutinesIsSeen(t *testing.T) {
	for _, text := range []string{
		"package p; func f() { go f() }",
		"package p; import _ \"net/http\"",
		"package p; import _ \"net/http/httptest\"",
		"package p; import \"testing\"; func TestF(t *testing.T) { t.Parallel() }",
		"package p; import \"testing\"; func BenchmarkF(b *testing.B) { b.RunParallel(nil) }",
		"package p; import \"runtime\"; var _ = runtime.SetFinalizer",
		"package p; import \"iter\"; var _ = iter.Pull[int]",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(house.MayRace(file)) == 0 {
			t.Errorf("%s: not seen", text)
		}
	}
}

// A module of six packages: what starts a goroutine, what imports that, only its
// tests do or only the tests outside it, what has no tests, and what starts none.
func TestPackagesWithoutAGoroutineOfTheirsAreNotRunForRaces(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":            "module m\n\ngo 1.26\n",
		"starts/a.go":       "package starts\n\nfunc F() { go F() }\n",
		"starts/a_test.go":  "package starts\n",
		"imports/a.go":      "package imports\n\nimport \"m/through\"\n\nfunc F() { through.F() }\n",
		"imports/a_test.go": "package imports\n",
		"through/a.go":      "package through\n\nimport \"m/starts\"\n\nfunc F() { starts.F() }\n",
		"inside/a.go":       "package inside\n",
		"inside/a_test.go":  "package inside\n\nfunc f() { go f() }\n",
		"outside/a.go":      "package outside\n",
		"outside/a_test.go": "package outside_test\n\nimport _ \"m/starts\"\n",
		"quiet/a.go":        "package quiet\n\nimport _ \"os/exec\"\n",
		"quiet/a_test.go":   "package quiet\n\nimport _ \"testing\"\n",
	} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	tested, err := house.TestedPackages(folder, "./...")
	if err != nil {
		t.Fatal(err)
	}
	var may, not []string
	for _, p := range tested {
		if p.Races != "" {
			may = append(may, p.Package)
		} else {
			not = append(not, p.Package)
		}
	}
	if !slices.Equal(may, []string{"m/imports", "m/inside", "m/outside", "m/starts"}) || !slices.Equal(not, []string{"m/quiet"}) {
		t.Errorf("watched: %v; not watched: %v", may, not)
	}
}

// Nothing of the product is left out for another reason than the rule, and make
// test asks the command, whose failure is its own.
func TestMakeTestWatchesEveryPackageThatMayRace(t *testing.T) {
	tested, err := house.TestedPackages(referee.Root(), "./...")
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, p := range tested {
		if p.Races == "" {
			left = append(left, strings.TrimPrefix(p.Package, module))
		}
	}
	for _, p := range left {
		if slices.Contains([]string{"cmd/demarc", "data", "data/store", "geo", "geojson", "server", "server/web", "tiles"}, p) {
			t.Errorf("%s is not watched", p)
		}
	}
	t.Logf("%d of %d packages with tests are run by one goroutine: %v", len(left), len(tested), left)
	said, err := exec.Command("make", "-C", referee.Root(), "--dry-run", "test").CombinedOutput()
	const run = "go test -race -gcflags=all=-d=checkptr=0 -short -vet=off -timeout 20m "
	for _, want := range []string{"lighter=$(go run ./internal/lighter) && ", run + "-overlay \"$lighter\" ./cmd/demarc ./server\n",
		"watched=$(go run ./internal/races -but cmd/demarc,server) && ", run + "$watched\n"} {
		if err == nil && !strings.Contains(string(said), want) {
			t.Errorf("make test lacks %q", want)
		}
	}
	but := exec.Command("go", "run", "./internal/races", "-but", "cmd/demarc,server")
	but.Dir = referee.Root()
	listed, listing := but.Output()
	if got := strings.Fields(string(listed)); listing != nil || len(got) != len(tested)-len(left)-2 || slices.Contains(got, module+"server") || slices.Contains(got, module+"cmd/demarc") || !slices.Contains(got, module+"server/web") {
		t.Errorf("but the command and the server, %d are watched of %d: %v %v", len(got), len(tested)-len(left), got, listing)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// The run for races does not check how pointers are turned into others, which only
// package unsafe allows: what is ours turns none.
func TestNothingOfOursTurnsPointersIntoOthers(t *testing.T) {
	list := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}{{range .TestImports}} {{.}}{{end}}{{range .XTestImports}} {{.}}{{end}}`, "./...")
	list.Dir = referee.Root()
	said, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Split(strings.TrimSpace(string(said)), "\n")
	for _, line := range packages {
		if slices.Contains(strings.Fields(line)[1:], "unsafe") {
			t.Errorf("%s imports unsafe", strings.Fields(line)[0])
		}
	}
	if len(packages) < 30 {
		t.Errorf("only %d packages", len(packages))
	}
}
