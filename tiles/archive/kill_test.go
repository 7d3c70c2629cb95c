package archive

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// killedExit is the exit code of a process that was killed: none, but on Windows.
func killedExit() int {
	if runtime.GOOS == "windows" {
		return 1
	}
	return -1
}

func TestAKilledProcessLeavesNoFileAndTheNextOneGoesOn(t *testing.T) {
	_, o := made()
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		want, _ := write(t, filepath.Join(t.TempDir(), name), o)
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killed+"="+file)
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != killedExit() {
			t.Fatalf("the process was not killed: %v", err)
		}
		alone(t, dir, "."+name+".part")
		got, summary := write(t, file, o)
		if !bytes.Equal(got, want) || summary.Resumed == 0 {
			t.Errorf("%s: %+v", name, summary)
		}
		alone(t, dir, name)
	}
}

// Two exports to one name use one journal, so the second waits for the first.
func TestParallelWritersOfOneArchiveAllWriteItWhole(t *testing.T) {
	_, o := made()
	o.MaxZoom = 10
	other := o
	other.MinZoom = 5 // another archive
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		want, _ := write(t, filepath.Join(t.TempDir(), name), o)
		wantOther, _ := write(t, filepath.Join(t.TempDir(), name), other)
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		var all sync.WaitGroup
		for n := range 6 {
			atlas, _ := made()
			all.Go(func() {
				if _, err := Write(context.Background(), file, Format(filepath.Ext(name)[1:]), atlas, []Options{o, other}[n%2]); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		all.Wait()
		if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) && !bytes.Equal(got, wantOther) {
			t.Errorf("%s: %v: it is neither archive", name, err)
		}
		alone(t, dir, name)
	}
}

func TestALinkIsNotReplacedByAnArchive(t *testing.T) {
	atlas, o := made()
	dir := t.TempDir()
	link := filepath.Join(dir, "a.pmtiles")
	if err := os.Symlink(filepath.Join(dir, "elsewhere"), link); err != nil {
		t.Skip("this system makes no links here:", err)
	}
	if _, err := Write(context.Background(), link, PMTiles, atlas, o); err == nil || !strings.Contains(err.Error(), "is a symbolic link") {
		t.Error(err)
	}
	alone(t, dir, "a.pmtiles")
}
