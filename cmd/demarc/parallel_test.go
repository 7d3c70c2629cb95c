package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// At the same time twenty people get a token: each secret that was shown works.
func TestEveryTokenOfManyMadeAtOnceIsInTheFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "tokens.json")
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			said, err := exec.Command("demarc", "token", "add", fmt.Sprintf("n%d", n), "--dataset", "gaza", "--tokens", file).CombinedOutput()
			if err != nil || !strings.HasPrefix(string(said), "demarc_") {
				t.Errorf("%d: %v: %s", n, err, said)
			}
		})
	}
	all.Wait()
	held, err := readTokens(file)
	if err != nil || len(held) != 20 {
		t.Errorf("%d tokens: %v", len(held), err)
	}
	if all := entries(t, dir); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the tokens: %v %v", info.Mode(), err)
	}
}

func TestParallelExportsToOneNameAllEndWell(t *testing.T) {
	for _, format := range []string{"pmtiles", "mbtiles", "gpkg", "geojson"} {
		dir := t.TempDir()
		file := filepath.Join(dir, "x."+format)
		var all sync.WaitGroup
		for _, basis := range []string{"traced", "line-cut"} {
			all.Go(func() {
				said, err := exec.Command("demarc", "export", "--format", format, "--basis", basis, "--as-of", "2026-01-20", "--max-zoom", "10", "--out", file).CombinedOutput()
				if err != nil {
					t.Errorf("%s %s: %v: %s", format, basis, err, said)
				}
			})
		}
		all.Wait()
		if all := entries(t, dir); len(all) != 1 || all[0] != "x."+format {
			t.Errorf("the folder holds %v", all)
		}
	}
}
