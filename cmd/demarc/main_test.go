package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets scripts run this very binary as the command demarc, and as attackers of it.
func TestMain(m *testing.M) {
	testscript.Main(ownCache{m}, map[string]func(){"demarc": main, "attackers": attack})
}

// ownCache runs tests with a cache of their own, not that of whoever runs them.
type ownCache struct{ *testing.M }

func (t ownCache) Run() int {
	folder, err := os.MkdirTemp("", "demarc-cache-")
	if err == nil {
		err = os.Setenv(variable("cache"), folder)
	}
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	return t.M.Run()
}

// promptly keeps a process with the race detector from lingering for a second at its end.
const promptly = "atexit_sleep_ms=0"

// A short run, which is the one that looks for races, has the scripts whose commands have
// goroutines of their own: those that publish, that write tiles, and one of each way to
// read a file of somebody. It leaves out those that ask one snapshot one question, work on
// a list of tokens, or read a file as another script does: each of their processes starts,
// says one thing and ends, and what reads, measures and counts there is watched in the
// tests of its own package.
func TestScripts(t *testing.T) {
	folder := dataset(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", promptly)
			env.Setenv(variable("cache"), filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("GAZA", folder)
			return nil
		},
	})
}
