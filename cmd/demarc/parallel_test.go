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

func TestATokenRevokedWhileOthersAreMadeStaysRevoked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tokens.json")
	for n := range 8 {
		if status, said := command(t, "token", "add", fmt.Sprintf("old%d", n), "--dataset", "gaza", "--tokens", file); status != 0 {
			t.Fatal(said)
		}
	}
	var all sync.WaitGroup
	for n := range 8 {
		for _, args := range [][]string{{"token", "revoke", fmt.Sprintf("old%d", n)}, {"token", "add", fmt.Sprintf("new%d", n), "--dataset", "gaza"}} {
			all.Go(func() {
				if said, err := exec.Command("demarc", append(args, "--tokens", file)...).CombinedOutput(); err != nil {
					t.Errorf("%v: %v: %s", args, err, said)
				}
			})
		}
	}
	all.Wait()
	held, err := readTokens(file)
	if err != nil || len(held) != 16 {
		t.Errorf("%d tokens: %v", len(held), err)
	}
	for _, token := range held {
		if old := strings.HasPrefix(token.ID, "old"); old != (token.Revoked != nil) {
			t.Errorf("%s: revoked %v", token.ID, token.Revoked)
		}
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
