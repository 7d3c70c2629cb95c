package atomicfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// child tells this process, when it is started for that, what to do to which file: "WHAT FILE".
const child = "DEMARC_TEST_ATOMICFILE"

func TestMain(m *testing.M) {
	if what, file, ok := strings.Cut(os.Getenv(child), " "); ok {
		asChild(what, file)
	}
	os.Exit(m.Run())
}

// asChild adds a line to a file, or is killed while it writes.
func asChild(what, file string) {
	kill := func(temporary string) error {
		half := temporary
		if info, err := os.Stat(temporary); err == nil && info.IsDir() {
			half = filepath.Join(temporary, "half")
		}
		_ = os.WriteFile(half, []byte("ha"), 0o600)
		me, _ := os.FindProcess(os.Getpid())
		_ = me.Kill()
		select {}
	}
	var err error
	switch what {
	case "kill":
		err = Replace(context.Background(), file, kill)
	case "kill-folder":
		err = NewFolder(context.Background(), file, kill)
	case "kill-replaced":
		err = ReplaceFolder(context.Background(), file, kill)
	default:
		err = Update(context.Background(), file, 0o600, func(old []byte) ([]byte, error) { return append(old, what+"\n"...), nil })
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run(what, file string) ([]byte, error) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), child+"="+what+" "+file)
	return cmd.CombinedOutput()
}

func put(text string) func(string) error {
	return func(name string) error { return os.WriteFile(name, []byte(text), 0o600) }
}

// alone checks what a folder holds, hidden files too.
func alone(t testing.TB, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("the folder holds %q, not %q", got, want)
	}
}

func holds(t testing.TB, file, want string) {
	t.Helper()
	if text, err := os.ReadFile(file); err != nil || string(text) != want {
		t.Errorf("%s: %q %v, not %q", file, text, err, want)
	}
}

func TestLawNoUpdateIsLostAndReadersSeeWholeFiles(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		writers := rapid.IntRange(1, 8).Draw(r, "writers")
		size := rapid.IntRange(1, 100_000).Draw(r, "size")
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		file := filepath.Join(dir, rapid.SampledFrom([]string{"a", "a.b", "ü x"}).Draw(r, "name"))
		done, ended := make(chan struct{}), make(chan error, 1)
		go func() { // a reader
			for {
				if text, err := os.ReadFile(file); err == nil && len(text)%size != 0 {
					ended <- fmt.Errorf("a reader sees %d bytes of records of %d", len(text), size)
					return
				}
				select {
				case <-done:
					ended <- nil
					return
				default:
				}
			}
		}()
		var all sync.WaitGroup
		for n := range writers {
			all.Go(func() {
				err := Update(context.Background(), file, 0o600, func(old []byte) ([]byte, error) {
					return append(old, bytes.Repeat([]byte{'a' + byte(n)}, size)...), nil
				})
				if err != nil {
					r.Error(err)
				}
			})
		}
		all.Wait()
		close(done)
		if err := <-ended; err != nil {
			r.Error(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			r.Fatal(err)
		}
		for n := range writers {
			if got := bytes.Count(text, []byte{'a' + byte(n)}); got != size {
				r.Errorf("of writer %d there are %d bytes, not %d", n, got, size)
			}
		}
		alone(t, dir, filepath.Base(file))
	})
}

func TestTwentyProcessesThatUpdateOneFileAllDo(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "list")
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			if said, err := run(strconv.Itoa(100+n), file); err != nil {
				t.Errorf("%v: %s", err, said)
			}
		})
	}
	all.Wait()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(string(text))
	slices.Sort(lines)
	if len(lines) != 20 || lines[0] != "100" || lines[19] != "119" || len(slices.Compact(lines)) != 20 {
		t.Errorf("%q", lines)
	}
	alone(t, dir, "list")
}

func TestAKilledWriterLeavesTheOldFileWholeAndNoLock(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	if err := put("old")(file); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if said, err := run("kill", file); err == nil {
			t.Fatalf("it was not killed: %s", said)
		}
		holds(t, file, "old")
	}
	if err := Replace(context.Background(), file, put("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "new")
	alone(t, dir, "a")
}

func TestAKilledWriterOfAFolderLeavesNoneAndNothingOfItIsInTheNext(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "site")
	if said, err := run("kill-folder", name); err == nil {
		t.Fatalf("it was not killed: %s", said)
	}
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
	err := NewFolder(context.Background(), name+"/", func(temporary string) error { return put("x")(filepath.Join(temporary, "index")) })
	if err != nil {
		t.Fatal(err)
	}
	alone(t, dir, "site")
	alone(t, name, "index")
}

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	if err := errors.Join(put("old")(file), put("stray")(filepath.Join(dir, ".a.123.tmp")), put("not ours")(filepath.Join(dir, ".b.1.tmp")), put("not ours")(filepath.Join(dir, ".a.b.1.tmp"))); err != nil {
		t.Fatal(err)
	}
	failure := errors.New("no more room")
	err := Replace(context.Background(), file, func(temporary string) error { return errors.Join(put("ha")(temporary), failure) })
	if !errors.Is(err, failure) {
		t.Error(err)
	}
	holds(t, file, "old")
	alone(t, dir, ".a.b.1.tmp", ".b.1.tmp", "a")
	if err = Replace(context.Background(), file, put("new")); err != nil {
		t.Error(err)
	}
	holds(t, file, "new")
	alone(t, dir, ".a.b.1.tmp", ".b.1.tmp", "a")
}

func TestAWriterWhoseTurnItIsNotWaitsAndItsTemporaryIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	writing, goOn, first := make(chan string), make(chan struct{}), make(chan error)
	go func() {
		first <- Replace(context.Background(), file, func(temporary string) error {
			err := put("one")(temporary)
			writing <- temporary
			<-goOn
			return err
		})
	}()
	temporary := <-writing
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := Replace(ctx, file, put("two")); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "has the lock") {
		t.Error(err)
	}
	holds(t, temporary, "one")
	close(goOn)
	if err := <-first; err != nil {
		t.Error(err)
	}
	if err := Replace(context.Background(), file, put("two")); err != nil {
		t.Error(err)
	}
	holds(t, file, "two")
	alone(t, dir, "a")
}

func TestOfParallelWritersOfAFolderOneWritesIt(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "site")
	errs := make([]error, 8)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() {
			errs[n] = NewFolder(context.Background(), name, func(temporary string) error {
				return errors.Join(put("x")(filepath.Join(temporary, "one")), put("x")(filepath.Join(temporary, "two")))
			})
		})
	}
	all.Wait()
	written := 0
	for _, err := range errs {
		if err == nil {
			written++
		} else if !errors.Is(err, fs.ErrExist) {
			t.Error(err)
		}
	}
	if written != 1 {
		t.Errorf("%d wrote it", written)
	}
	alone(t, name, "one", "two")
	alone(t, dir, "site")
}

func TestLinksDevicesAndFoldersAreNotReplaced(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := put("old")(target); err != nil {
		t.Fatal(err)
	}
	refused := map[string]string{dir: "is a folder"}
	if err := os.Symlink(target, link); err == nil {
		refused[link] = "is a symbolic link"
	}
	if _, err := os.Lstat("/dev/null"); err == nil {
		refused["/dev/null"] = "is a device"
	}
	for name, says := range refused {
		if err := CanReplace(name); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Replace(context.Background(), link, put("new")); refused[link] != "" && (err == nil || !strings.Contains(err.Error(), refused[link])) {
		t.Error(err)
	}
	holds(t, target, "old")
	if err := CanReplace(filepath.Join(dir, "free")); err != nil {
		t.Error(err)
	}
}
