package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// TestAServerThatIsKilledStartsCleanly kills a server with SIGKILL at random
// moments, of its start and of reloads while its dataset is replaced, and then
// starts it once more each time.
func TestAServerThatIsKilledStartsCleanly(t *testing.T) {
	kills := 20
	switch {
	case *referee.Long:
		kills = 200
	case testing.Short():
		kills = 10
	}
	one, two := dataset(t), dataset(t)
	retitle(t, two, "Gaza Strip", "Second Edition")
	before := contents(t, one) + contents(t, two)
	link := filepath.Join(t.TempDir(), "current")
	turn := func(to string) {
		t.Helper()
		if err := os.Symlink(to, link+".next"); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(link+".next", link); err != nil {
			t.Fatal(err)
		}
	}
	turn(one)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for n := range kills {
		cmd, log := start(t, link)
		if n%2 == 0 { // any moment of the start
			time.Sleep(time.Duration(random.IntN(150)) * time.Millisecond)
		} else { // any moment of a reload
			listening(t, log)
			turn([]string{one, two}[n/2%2])
			if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(random.IntN(40)) * time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		go io.Copy(io.Discard, log)
		_ = cmd.Wait() // it was killed
		if n%10 != 9 {
			continue
		}
		cmd, log = start(t, link)
		url := listening(t, log)
		go io.Copy(io.Discard, log)
		if status, body := get(t, url+"/v1/gaza/share?as_of=2026-01-20"); status != http.StatusOK || !strings.Contains(body, `"percent":53.138335`) {
			t.Errorf("after kill %d: %d %s", n, status, body)
		}
		if status, body := get(t, url+"/readyz"); status != http.StatusOK || !strings.Contains(body, `"ready"`) {
			t.Errorf("after kill %d: %d %s", n, status, body)
		}
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("after kill %d: it does not end well: %v", n, err)
		}
	}
	if contents(t, one)+contents(t, two) != before {
		t.Error("a file was left behind or changed")
	}
}

// start runs this very binary as demarc serve and returns its log.
func start(t *testing.T, folder string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	cmd := exec.Command("demarc", "serve", "--listen", "127.0.0.1:0", "--data", folder)
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has mostly ended already
	return cmd, bufio.NewReader(log)
}

// listening waits until the log says where the server is.
func listening(t *testing.T, log *bufio.Reader) string {
	t.Helper()
	url, err := heard(log)
	if err != nil {
		t.Fatal(err)
	}
	return url
}

// heard reads a server's log up to the line that says where it is.
func heard(log *bufio.Reader) (string, error) {
	said := ""
	for {
		line, err := log.ReadString('\n')
		if err != nil {
			return "", fmt.Errorf("it ends before it listens: %w: %s", err, said)
		}
		said += line
		if _, url, ok := strings.Cut(line, "msg=listening for=clients url="); ok {
			return strings.TrimSuffix(strings.TrimSpace(url), "/"), nil
		}
	}
}

// contents is every file under a folder with its text.
func contents(t *testing.T, folder string) string {
	t.Helper()
	var out strings.Builder
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, path))
		out.WriteString(path + "\n" + string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
