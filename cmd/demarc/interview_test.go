package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/intake/inspect"
	"github.com/demarc-map/demarc/internal/referee"
)

// valley writes a map and an outline into a folder.
func valley(t *testing.T) (file, outline string) {
	t.Helper()
	file, outline = filepath.Join(t.TempDir(), "2025-01-03.geojson"), filepath.Join(t.TempDir(), "outline.geojson")
	for name, text := range map[string]string{
		file:    `{"type":"Feature","properties":{"holder":"North"},"geometry":{"type":"Polygon","coordinates":[[[10,50],[11,50],[11,51],[10,51],[10,50]]]}}`,
		outline: `{"type":"Polygon","coordinates":[[[10,50],[12,50],[12,52],[10,52],[10,50]]]}`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return file, outline
}

// answers are those to an interview about the file of valley: a title and what
// nothing suggests, with Enter for everything else.
func answers(out, outline string) string {
	return strings.Join([]string{out, "third", "Third", "", outline, "", "", "", "", "", "100", "Maps", "Mapmakers", "CC0-1.0", "y", ""}, "\n")
}

func TestAnInterviewAsksOnceForEachAndImportsWhatWasSaid(t *testing.T) {
	file, outline := valley(t)
	out := filepath.Join(t.TempDir(), "out")
	found, err := inspect.Look(t.Context(), foreignFile(file), inspect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	// The empty line after the title is no territory, so that is asked for again.
	std := streams{in: strings.NewReader(answers(out, outline)), out: &said, log: &said}
	if err := (interview{std, []string{file}, nil}).run(t.Context(), found.Suggestion); err != nil {
		t.Fatalf("%v\n%s", err, said.String())
	}
	for _, want := range []string{"how far in metres", "--map party=[holder]", "--title Third", "Run it?", "1 zones, 1 epochs from 2025-01-03"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("no %q in %s", want, said.String())
		}
	}
	if _, err := os.Stat(filepath.Join(out, "zones.geojson")); err != nil {
		t.Error(err)
	}
}

func TestAnInterviewThatEndsWritesNothing(t *testing.T) {
	file, outline := valley(t)
	out := filepath.Join(t.TempDir(), "out")
	found, err := inspect.Look(t.Context(), foreignFile(file), inspect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := answers(out, outline)
	for _, text := range []string{"", whole[:len(whole)/2], strings.Replace(whole, "\ny\n", "\nn\n", 1), strings.TrimSuffix(whole, "y\n")} {
		var said bytes.Buffer
		err := (interview{streams{strings.NewReader(text), &said, &said}, []string{file}, nil}).run(t.Context(), found.Suggestion)
		if err == nil || !strings.Contains(err.Error(), "nothing was written") {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%q: something was written", text)
		}
	}
}

func TestOnATerminalItAsks(t *testing.T) {
	terminal, err := exec.LookPath("script")
	if err != nil {
		referee.Absent(t, "script", "no terminal to be had: script of util-linux is not installed")
	}
	file, outline := valley(t)
	out := filepath.Join(t.TempDir(), "out")
	demarc, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "demarc") // by whose name the test's binary is the program
	if err := os.Symlink(demarc, link); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(terminal, "-qec", link+" import "+file, "/dev/null")
	cmd.Stdin = strings.NewReader(answers(out, outline))
	said, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "Run it?") {
		t.Errorf("%v: %s", err, said)
	}
	if _, err := os.Stat(filepath.Join(out, "zones.geojson")); err != nil {
		t.Error(err)
	}
}
