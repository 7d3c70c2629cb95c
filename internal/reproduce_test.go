package internal

import (
	"crypto/sha256"
	"debug/elf"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

var reproduce = flag.Bool("reproduce", false, "build the last commit twice and compare")

func TestTwoFoldersMakeTheSameBinary(t *testing.T) {
	if !*reproduce {
		t.Skip("make reproduce runs it")
	}
	var sums [2][sha256.Size]byte
	for i, name := range []string{"one", "another/of-a-longer-name"} {
		checkout := filepath.Join(t.TempDir(), filepath.FromSlash(name))
		must(t, referee.Root(), "git", "clone", "-q", referee.Root(), checkout)
		must(t, checkout, "make", "release-binary") // the page too, from its lock file
		binary := filepath.Join(checkout, "bin", "demarc")
		bytes, err := os.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		sums[i] = sha256.Sum256(bytes)
		t.Logf("%s: %d bytes, SHA-256 %x", name, len(bytes), sums[i])

		program, err := elf.Open(binary)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range program.Progs {
			if part.Type == elf.PT_INTERP || part.Type == elf.PT_DYNAMIC {
				t.Errorf("%s: a %v: the binary is not static", name, part.Type)
			}
		}
		if err := program.Close(); err != nil {
			t.Error(err)
		}
		var said struct {
			Build struct{ Version, Commit, Dirty, Go any }
		}
		if err := json.Unmarshal(must(t, checkout, binary, "version", "--json"), &said); err != nil {
			t.Fatal(err)
		}
		if head := strings.TrimSpace(string(must(t, checkout, "git", "rev-parse", "HEAD"))); said.Build.Commit != head || said.Build.Dirty != nil {
			t.Errorf("%s: the binary says %+v of commit %s", name, said.Build, head)
		}
	}
	if sums[0] != sums[1] {
		t.Error("the two binaries differ")
	}
}

// must runs a program in a folder and returns what it prints.
func must(t *testing.T, folder, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	out, err := cmd.Output()
	if err != nil {
		said := ""
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			said = string(exit.Stderr)
		}
		t.Fatalf("%s %v: %v\n%s%s", program, args, err, out, said)
	}
	return out
}
