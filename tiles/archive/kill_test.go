package archive

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAKilledProcessLeavesNoFileAndTheNextOneGoesOn(t *testing.T) {
	_, o := made()
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		want, _ := write(t, filepath.Join(t.TempDir(), name), o)
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), killed+"="+file)
		var exit *exec.ExitError
		if err := cmd.Run(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
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

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	put := func(name, text string) error { return os.WriteFile(name, []byte(text), 0o600) }
	if err := errors.Join(put(file, "old"), put(filepath.Join(dir, ".a.123.tmp"), "stray"), put(filepath.Join(dir, ".b.1.tmp"), "not ours")); err != nil {
		t.Fatal(err)
	}
	failure := errors.New("no more room")
	err := Replace(file, func(temporary string) error { return errors.Join(put(temporary, "ha"), failure) })
	if text, _ := os.ReadFile(file); !errors.Is(err, failure) || string(text) != "old" {
		t.Errorf("%q %v", text, err)
	}
	alone(t, dir, ".b.1.tmp", "a")
	err = Replace(file, func(temporary string) error { return put(temporary, "new") })
	if text, _ := os.ReadFile(file); err != nil || string(text) != "new" {
		t.Errorf("%q %v", text, err)
	}
	alone(t, dir, ".b.1.tmp", "a")
}
