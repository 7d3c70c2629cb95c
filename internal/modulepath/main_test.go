package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// checkout copies the sources of this checkout.
func checkout(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = referee.Root()
	names, err := cmd.Output()
	if err != nil {
		t.Skip("this is no checkout of git:", err)
	}
	for name := range strings.SplitSeq(strings.Trim(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(referee.Root(), name))
		if err != nil {
			continue // removed, and not committed yet
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestTheModuleCanHaveAnotherPath(t *testing.T) {
	referee.Figures(t)
	dir := checkout(t)
	const to = "example.org/some-body/borders"
	changed, err := Change(dir, to)
	if err != nil || changed < 100 {
		t.Fatalf("%d files: %v", changed, err)
	}
	from := strings.Join([]string{"github.com", "demarc-map", "demarc"}, "/") // in parts, so that it stays
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if bytes.Contains(text, []byte(from)) {
			t.Errorf("%s names %s still", name, from)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"list", "-deps", "./..."},
		{"build", "./geo", "./internal/atomicfile"},
		{"list", "-C", "docs/example", "-deps", "."},
	} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("go %v: %v\n%s", args, err, out)
		} else if args[0] == "list" && !strings.Contains(string(out), to+"/geo") {
			t.Errorf("go %v does not name %s", args, to)
		}
	}
}

func TestOnlyThePathItselfIsChanged(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module h.example/a\n")
	write("page.md", "h.example/a h.example/ab h.example/a-b h.example/a.b `h.example/a/geo`, h.example/a@v1 and at the end h.example/a.\nh.example/a")
	write("bytes", "h.example/a\x00")
	if changed, err := Change(dir, "b.example/c"); err != nil || changed != 2 {
		t.Errorf("%d %v", changed, err)
	}
	for name, want := range map[string]string{
		"go.mod":  "module b.example/c\n",
		"page.md": "b.example/c h.example/ab h.example/a-b h.example/a.b `b.example/c/geo`, b.example/c@v1 and at the end b.example/c.\nb.example/c",
		"bytes":   "h.example/a\x00",
	} {
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	for _, bad := range []string{"", "no host", "demarc", "../up"} {
		if _, err := Change(dir, bad); err == nil {
			t.Errorf("%q is taken for a path", bad)
		}
	}
}
