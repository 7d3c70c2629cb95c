package internal

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/pages"
	"github.com/demarc-map/demarc/internal/referee"
)

// The example is built against this checkout, without the network and without
// writing to its go.mod: when that fails, go mod tidy in docs/example is due.
func TestTheExampleOfTheLibraryDoesWhatItsPageSays(t *testing.T) {
	cmd := exec.Command("go", "run", ".", "../../data/gaza", "2026-01-20")
	cmd.Dir = filepath.Join(referee.Root(), "docs", "example")
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOPROXY=off")
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v (is go mod tidy in docs/example due?)\n%s", err, said)
	}
	page, err := pages.Text("docs/library.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(page, "go run . ../../data/gaza 2026-01-20\n"+string(said)+"```") {
		t.Errorf("docs/library.md shows something else than this:\n%s", said)
	}
}

func TestTheExampleIsNoPartOfTheModule(t *testing.T) {
	for _, p := range productPackages(t) {
		if strings.Contains(p.ImportPath, "example") {
			t.Errorf("./... includes %s", p.ImportPath)
		}
	}
}
