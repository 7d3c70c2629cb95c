package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestTheHelpOfEveryCommandTellsItsExitStatuses(t *testing.T) {
	count := 0
	var check func(*cobra.Command)
	check = func(c *cobra.Command) {
		var out bytes.Buffer
		args := append(strings.Fields(c.CommandPath())[1:], "--help")
		if status := run(context.Background(), args, nil, &out, &out); status != exitOK || strings.Count(out.String(), exitStatuses) != 1 {
			t.Errorf("%v: %d %s", args, status, &out)
		}
		count++
		for _, sub := range c.Commands() {
			check(sub)
		}
	}
	check(commands(streams{}))
	if count < 20 {
		t.Errorf("only %d commands", count)
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no space left on device")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestNoCommandSucceedsWhoseAnswerCannotBeWritten(t *testing.T) {
	folder, where := dataset(t), t.TempDir()
	for n := range 2 { // so that there is a difference to tell
		if n == 1 {
			retitle(t, folder, "Gaza Strip", "Second Edition")
		}
		if status, said := command(t, "publish", folder, "--store", where+"/store", "--author", "ann"); status != 0 {
			t.Fatal(said)
		}
	}
	if err := os.WriteFile(where+"/line.geojson", []byte(`{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"--help"}, {"share", "--help"}, {"version"}, {"share"}, {"share", "--json"}, {"check", folder}, {"check", folder, "--json"},
		{"history", "--store", where + "/store"}, {"diff", "--store", where + "/store"}, {"verify", "--store", where + "/store"},
		{"split", "--line", where + "/line.geojson"}, {"completion", "bash"},
	} {
		var log bytes.Buffer
		if status := run(context.Background(), args, nil, full{}, &log); status != exitRefused || !strings.Contains(log.String(), errFull.Error()) {
			t.Errorf("%v: %d %s", args, status, &log)
		}
	}
}
