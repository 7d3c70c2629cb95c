package checked

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// child tells this process, when it is started for that, what to do in which folder: "WHAT FOLDER".
const child = "DEMARC_TEST_CHECKED"

func TestMain(m *testing.M) {
	if what, folder, ok := strings.Cut(os.Getenv(child), " "); ok {
		asChild(what, folder)
	}
	os.Exit(m.Run())
}

// asChild is killed while it keeps something, or keeps and takes what others do too.
func asChild(what, folder string) {
	f := Open(folder, 1<<30, func(string) {})
	if what == "kill" {
		f.Keep(context.Background(), "x", func(w io.Writer) error {
			_, _ = w.Write(make([]byte, 1<<20)) // more than a buffer
			me, _ := os.FindProcess(os.Getpid())
			_ = me.Kill()
			select {}
		})
	}
	for n := range 50 {
		name := fmt.Sprint(n % 5)
		f.Keep(context.Background(), name, put(content(name)))
		if text := f.Take(name); text != nil && string(text) != content(name) {
			fmt.Printf("%s: %d bytes of %d\n", name, len(text), len(content(name)))
			os.Exit(1)
		}
		if n%10 == 9 {
			if _, _, err := f.Clear(); err != nil {
				fmt.Println(err)
				os.Exit(1)
			}
		}
	}
	os.Exit(0)
}

func content(name string) string { return strings.Repeat(name, 300_000) }

func put(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func run(what, folder string) ([]byte, error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+"="+what+" "+folder)
	return cmd.CombinedOutput()
}

// opened is a folder in a test, and what it says.
func opened(t *testing.T, path string, most int64) (*Folder, *[]string) {
	t.Helper()
	said := &[]string{}
	return Open(path, most, func(text string) { *said = append(*said, text) }), said
}

func names(t *testing.T, f *Folder) []string {
	t.Helper()
	files, err := f.Files()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		_, name, _ := strings.Cut(file.Name, "-")
		out = append(out, strings.TrimSuffix(name, suffix))
	}
	return out
}

func TestWhatIsKeptIsTakenByTheUserAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b")
	f, said := opened(t, path, 100)
	if f.Take("x") != nil {
		t.Error("taken from nothing")
	}
	f.Keep(t.Context(), "x", put("text"))
	if got := f.Take("x"); string(got) != "text" {
		t.Errorf("%q: %q", got, *said)
	}
	if again, _ := opened(t, path, 100); string(again.Take("x")) != "text" || again.Take("y") != nil {
		t.Error("not the same for another process")
	}
	if runtime.GOOS == "windows" {
		return
	}
	file, err := f.file("x")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{file: 0o600, path: 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	alone(t, path, filepath.Base(file))
}

// alone checks what a folder holds, hidden files too.
func alone(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, not %q", got, want)
	}
}

func TestAnotherProgramTakesNothing(t *testing.T) {
	path := t.TempDir()
	f, _ := opened(t, private0700(t, path), 100)
	f.Keep(t.Context(), "x", put("text"))
	other, _ := opened(t, path, 100)
	other.program = func() (string, error) { return "another", nil }
	if other.Take("x") != nil {
		t.Error("taken by another version")
	}
	files, err := other.Files()
	if err != nil || len(files) != 1 || files[0].Ours {
		t.Errorf("%v %v", files, err)
	}
	none, said := opened(t, path, 100)
	none.program = func() (string, error) { return "", errors.New("nobody knows") }
	none.Keep(t.Context(), "y", put("text"))
	if none.Take("x") != nil || len(*said) != 2 {
		t.Errorf("taken by who knows not what it is: %q", *said)
	}
}

// private0700 makes a folder that is the user's alone.
func private0700(t *testing.T, path string) string {
	t.Helper()
	if err := os.Chmod(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFolderThatCannotBeUsedIsNotUsed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	shared := filepath.Join(dir, "shared")
	if err := errors.Join(os.Mkdir(shared, 0o700), os.Chmod(shared, 0o777)); err != nil {
		t.Fatal(err)
	}
	paths := []string{file, filepath.Join(file, "below")}
	if runtime.GOOS != "windows" {
		paths = append(paths, shared)
	}
	for _, path := range paths {
		f, said := opened(t, path, 100)
		f.Keep(t.Context(), "x", put("text"))
		if f.Take("x") != nil || len(*said) != 2 {
			t.Errorf("%s is used: %q", path, *said)
		}
	}
}

func TestALinkAndAFileThatIsTooLargeAreNotTaken(t *testing.T) {
	f, _ := opened(t, private0700(t, t.TempDir()), 100)
	file, err := f.file("x")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := errors.Join(os.WriteFile(elsewhere, []byte("text"), 0o600), os.Symlink(elsewhere, file)); err != nil {
		t.Skip(err)
	}
	if f.Take("x") != nil {
		t.Error("a link is followed")
	}
	if err := errors.Join(os.Remove(file), os.WriteFile(file, make([]byte, 101), 0o600)); err != nil {
		t.Fatal(err)
	}
	if f.Take("x") != nil {
		t.Error("more is taken than the folder may hold")
	}
}

func TestAWriterThatFailsLeavesNothing(t *testing.T) {
	path := private0700(t, t.TempDir())
	f, said := opened(t, path, 100)
	f.Keep(t.Context(), "x", func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 1<<16))
		return errors.New("no more room")
	})
	if f.Take("x") != nil || !strings.Contains((*said)[0], "no more room") {
		t.Errorf("%q", *said)
	}
	alone(t, path)
}

func TestWhatWasUsedLongestAgoGivesRoom(t *testing.T) {
	f, _ := opened(t, private0700(t, t.TempDir()), 30)
	for n, name := range []string{"a", "b", "c"} {
		f.Keep(t.Context(), name, put("0123456789"))
		file, err := f.file(name)
		if err != nil {
			t.Fatal(err)
		}
		ago := time.Now().Add(time.Duration(n-10) * time.Hour)
		if err := os.Chtimes(file, ago, ago); err != nil {
			t.Fatal(err)
		}
	}
	f.Take("a") // so that b is the oldest
	f.Keep(t.Context(), "d", put("0123456789"))
	if got := names(t, f); len(got) != 3 || slices.Contains(got, "b") {
		t.Errorf("%q are left", got)
	}
	f.Keep(t.Context(), "e", put(strings.Repeat("0", 31)))
	if got := names(t, f); len(got) != 0 {
		t.Errorf("%q are left beside what has no room", got)
	}
}

func TestClearRemovesAllThatIsKeptAndNothingElse(t *testing.T) {
	path := private0700(t, t.TempDir())
	f, _ := opened(t, path, 100)
	if count, _, err := Open(filepath.Join(path, "none"), 100, nil).Clear(); count != 0 || err != nil {
		t.Errorf("%d %v", count, err)
	}
	f.Keep(t.Context(), "x", put("text"))
	other, _ := opened(t, path, 100)
	other.program = func() (string, error) { return "another", nil }
	other.Keep(t.Context(), "y", put("longer text"))
	if err := os.WriteFile(filepath.Join(path, "mine.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if count, bytes, err := f.Clear(); count != 2 || bytes != 15 || err != nil {
		t.Errorf("%d, %d bytes, %v", count, bytes, err)
	}
	alone(t, path, "mine.txt")
}

func TestWhatIsSpoiltGoes(t *testing.T) {
	path := private0700(t, t.TempDir())
	f, said := opened(t, path, 100)
	f.Keep(t.Context(), "x", put("text"))
	f.Spoilt("x", errors.New("it is odd"))
	if f.Take("x") != nil || !strings.Contains(strings.Join(*said, "\n"), "it is odd") {
		t.Errorf("%q", *said)
	}
	alone(t, path)
}

func TestWhatIsForgottenIsForgottenByEveryVersion(t *testing.T) {
	path := private0700(t, t.TempDir())
	f, _ := opened(t, path, 100)
	other, _ := opened(t, path, 100)
	other.program = func() (string, error) { return "another", nil }
	for _, one := range []*Folder{f, other} {
		one.Keep(t.Context(), "x-a", put("text"))
		one.Keep(t.Context(), "x-b", put("text"))
		one.Keep(t.Context(), "ax-a", put("text"))
	}
	f.Forget("x-")
	if got := names(t, f); !slices.Equal(got, []string{"ax-a", "ax-a"}) {
		t.Errorf("%q are left", got)
	}
}

func TestAKilledWriterLeavesNothingThatIsRead(t *testing.T) {
	path := private0700(t, t.TempDir())
	if said, err := run("kill", path); err == nil {
		t.Fatalf("it was not killed: %s", said)
	}
	f, _ := opened(t, path, 1<<30)
	if f.Take("x") != nil || len(names(t, f)) > 0 {
		t.Error("half of it is taken")
	}
	entries, err := os.ReadDir(path)
	if err != nil || len(entries) == 0 {
		t.Fatalf("the writer left nothing: %v", err)
	}
	for _, entry := range entries {
		ago := time.Now().Add(-2 * abandoned)
		if err := os.Chtimes(filepath.Join(path, entry.Name()), ago, ago); err != nil {
			t.Fatal(err)
		}
	}
	f.Keep(t.Context(), "y", put("text"))
	file, err := f.file("y")
	if err != nil {
		t.Fatal(err)
	}
	alone(t, path, filepath.Base(file))
}

func TestProcessesShareAFolder(t *testing.T) {
	path := private0700(t, t.TempDir())
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if said, err := run("share", path); err != nil {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
	all.Wait()
}

func TestAProgramIsNamedByAllOfIt(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	name := func(text []byte) string {
		sum, err := identity(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return string(sum)
	}
	seen := map[string]string{name(whole): "this program"}
	differ := func(what string, text []byte) {
		t.Helper()
		if other := seen[name(text)]; other != "" {
			t.Errorf("%s has the name of %s", what, other)
		}
		seen[name(text)] = what
	}
	differ("no program", []byte("text"))
	differ("another one", []byte("texT"))
	if id := made.FindIndex(whole); id != nil && buildID(bytes.NewReader(whole)) != nil {
		told := bytes.Clone(whole)
		told[id[0]]++
		differ("one with another build id", told)
		copy(told[id[0]:], "redacted/redacted/redacted")
		differ("one whose build id somebody made up", told)
		told[len(told)-1]++
		differ("another one with the same made-up id", told)
	}
}
