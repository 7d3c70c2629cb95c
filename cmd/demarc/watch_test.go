package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// busy rewrites a file again and again until the test ends.
func busy(t *testing.T, name string, every time.Duration) {
	t.Helper()
	ended, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			_ = os.WriteFile(name, []byte(time.Now().String()), 0o600)
			select {
			case <-ended:
				return
			case <-time.After(every):
			}
		}
	}()
	t.Cleanup(func() { close(ended); <-stopped })
}

func TestTheWatcherTellsOfADatasetThatNeverKeepsStill(t *testing.T) {
	t.Parallel()
	folder, told := t.TempDir(), make(chan struct{}, 1)
	stop, err := watch([]string{folder}, told, slog.New(slog.DiscardHandler), func(_ string, bug error) { t.Error(bug) })
	defer stop()
	if err != nil {
		t.Fatal(err)
	}
	busy(t, filepath.Join(folder, "zones.geojson"), quiet/5)
	for range 2 { // and goes on to
		select {
		case <-told:
		case <-time.After(2*patience + 4*time.Second):
			t.Fatal("nothing is told while it changes")
		}
	}
}

func TestFilesThatAreNoPartOfADatasetAreNotWaitedFor(t *testing.T) {
	t.Parallel()
	folder := dataset(t)
	s := serve(t, "--data", folder)
	busy(t, filepath.Join(folder, "access.log"), 100*time.Millisecond)
	busy(t, filepath.Join(folder, ".zones.geojson.swp"), 100*time.Millisecond)
	reloads := func() string {
		_, body := get(t, s.urls["clients"]+"/metrics")
		_, after, _ := strings.Cut(body, `demarc_reloads_total{result="ok"} `)
		count, _, _ := strings.Cut(after, "\n")
		return count
	}
	before := reloads()
	time.Sleep(patience + 2*quiet)
	if after := reloads(); after != before {
		t.Errorf("a log that grows reads the folder again: %s reloads, and then %s", before, after)
	}
	retitle(t, folder, "Gaza Strip", "First Change")
	begun := time.Now()
	eventually(t, s.urls["clients"]+"/v1", "First Change")
	if took := time.Since(begun); took > patience+soon() {
		t.Errorf("a correction is served after %v", took)
	}
}
