package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/pages"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestThePagesDoWhatTheySay runs the command blocks of every page, in order, in
// a folder of the page's own; internal/pages says which and how. Addresses at
// port 8080 are those of a server of the embedded dataset, or of the page's own
// once it runs demarc serve, which goes on until the page ends.
func TestThePagesDoWhatTheySay(t *testing.T) {
	referee.Figures(t)
	gaza := serve(t, "--edit").urls["clients"]
	names, err := pages.Names()
	if err != nil {
		t.Fatal(err)
	}
	folder, scripts, run, notRun := t.TempDir(), []string{}, 0, 0
	commands := map[string]pages.Command{}
	for _, name := range names {
		text, err := pages.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		blocks, err := pages.Blocks(name, text)
		if err != nil {
			t.Error(err)
			continue
		}
		script, ran := scriptOf(t, blocks, commands)
		for _, b := range blocks {
			if b.NotRun != "" {
				t.Logf("%s is not run: %s", b.Place(), b.NotRun)
				notRun++
			}
		}
		if ran == 0 {
			continue
		}
		run += ran
		path := filepath.Join(folder, strings.ReplaceAll(strings.TrimSuffix(name, ".md"), "/", "-")+".txtar")
		if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
		scripts = append(scripts, path)
	}
	t.Logf("%d blocks of %d pages are run, %d are not", run, len(scripts), notRun)
	testscript.Run(t, testscript.Params{
		Files: scripts, ContinueOnError: true, RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, ".home"))
			env.Setenv("TMPDIR", filepath.Join(env.WorkDir, ".tmp"))
			env.Setenv("SERVER", gaza)
			env.Setenv("GORACE", promptly)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"run":   func(ts *testscript.TestScript, _ bool, args []string) { runCommand(ts, args[0], commands[args[0]]) },
			"serve": func(ts *testscript.TestScript, _ bool, args []string) { serveBeside(ts, args[0], commands[args[0]]) },
		},
	})
}

// programs are those that may be absent, with what DEMARC_REQUIRE calls them.
var programs = map[string]string{"curl": "curl", "jq": "jq", "ogrinfo": "gdal", "ogr2ogr": "gdal", "gdal_create": "gdal", "sqlite3": "sqlite3", "sha256sum": "coreutils",
	"node": "node", "psql": "postgis", "python3": "python3", "openssl": "openssl", "qgis_process": "qgis"}

// scriptOf words the blocks as a script of lines "run PLACE" and "serve PLACE",
// whose commands go to the map, and says how many of them are run. A page is
// left at the first block that needs a program that is absent.
func scriptOf(t *testing.T, blocks []pages.Block, commands map[string]pages.Command) (script string, ran int) {
	t.Helper()
	var lines strings.Builder
	for _, b := range blocks {
		if !b.Runs() {
			continue
		}
		for program, component := range programs {
			if !regexp.MustCompile(`(?m)(^|[ |(])` + program + ` `).MatchString(b.Text) {
				continue
			}
			if _, err := exec.LookPath(program); err == nil {
				continue
			}
			if referee.Required(component) {
				t.Errorf("%s needs %s, which DEMARC_REQUIRE names", b.Place(), program)
			}
			fmt.Fprintf(&lines, "stop 'the rest, from %s, is not run without %s'\n", b.Place(), program)
		}
		for _, c := range b.Commands() {
			place, verb := fmt.Sprintf("%s:%d", b.Page, c.Line), "run"
			if strings.HasPrefix(c.Text, "demarc serve") && strings.Count(c.Text, "\n") == 1 {
				verb = "serve"
			}
			commands[place] = c
			fmt.Fprintf(&lines, "%s %s\n", verb, place)
		}
		ran++
	}
	// An answer of 400 and above is an error, as it is to a reader.
	lines.WriteString("-- .home/.curlrc --\nsilent\nshow-error\nfail-with-body\n-- .tmp/.keep --\n")
	return lines.String(), ran
}

// complaint is what GDAL says of a failure that it does not exit with.
var complaint = regexp.MustCompile(`(?m)^(ERROR|Warning) \d`)

// runCommand runs a command of a page and compares what it says.
func runCommand(ts *testscript.TestScript, place string, c pages.Command) {
	server := strings.TrimPrefix(ts.Getenv("SERVER"), "http://")
	text := strings.NewReplacer("localhost:8080", server, "127.0.0.1:8080", server).Replace(c.Text)
	err := ts.Exec("bash", "-euo", "pipefail", "-c", "exec >$TMPDIR/said 2>&1\n"+text) // past the log, which would be long
	said := strings.ReplaceAll(ts.ReadFile(filepath.Join(ts.Getenv("TMPDIR"), "said")), server, "localhost:8080")
	if err == nil && c.Want == nil && complaint.MatchString(said) {
		err = errors.New("it complains")
	}
	if err != nil {
		ts.Fatalf("%s: %v\n%s%.4000s", place, err, c.Text, said)
	}
	if c.Want != nil && !c.Want.MatchString(said) {
		ts.Fatalf("%s: the page shows something else than this:\n%s%.4000s", place, c.Text, said)
	}
}

// serveBeside runs demarc serve until the page ends, on a port of its own.
func serveBeside(ts *testscript.TestScript, place string, c pages.Command) {
	cmd := exec.Command("bash", "-c", "exec "+c.Text)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "DEMARC_LISTEN=127.0.0.1:0")
	pipe, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()         // it was killed
	})
	log := bufio.NewReader(pipe)
	url, err := heard(log)
	if err != nil {
		ts.Fatalf("%s: %v", place, err)
	}
	go io.Copy(io.Discard, log)
	ts.Setenv("SERVER", url)
}
