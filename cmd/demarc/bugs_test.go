package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/carry"
)

func TestAPanicOfTheWatcherIsToldAndItWatchesOn(t *testing.T) {
	folder := t.TempDir()
	told := make(chan struct{})
	close(told) // telling panics
	met := make(chan error, 8)
	stop, err := watch([]string{folder}, told, slog.New(slog.DiscardHandler), func(_ string, bug error) { met <- bug })
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for n := range 2 {
		if err := os.WriteFile(filepath.Join(folder, "zones.geojson"), []byte{byte('0' + n)}, 0o600); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-met:
			if bug := (*carry.Bug)(nil); !errors.As(err, &bug) {
				t.Errorf("told of %v", err)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("change %d: no panic is told", n)
		}
		time.Sleep(2 * quiet) // it watches again after a pause
	}
}
