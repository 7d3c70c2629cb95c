package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// folderOf makes a folder with a file of a dataset, one of somebody else's and one in a folder.
func folderOf(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "set")
	for name, text := range map[string]string{"zones": "old", "README": "read me", "sub/note": "deep"} {
		name = filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestAReplacedFolderHasWhatIsNewAndAllElseOfTheOld(t *testing.T) {
	folder := folderOf(t)
	err := ReplaceFolder(t.Context(), folder+"/", func(temporary string) error {
		return put("new")(filepath.Join(temporary, "zones"))
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(folder, "zones"), "new")
	holds(t, filepath.Join(folder, "README"), "read me")
	holds(t, filepath.Join(folder, "sub/note"), "deep")
	alone(t, filepath.Dir(folder), "set")
}

func TestAFolderStaysAsItWasWhenItsWriterFailsOrIsKilled(t *testing.T) {
	folder := folderOf(t)
	wrong := errors.New("wrong")
	err := ReplaceFolder(t.Context(), folder, func(temporary string) error {
		return errors.Join(wrong, put("half")(filepath.Join(temporary, "zones")))
	})
	if !errors.Is(err, wrong) {
		t.Error(err)
	}
	alone(t, filepath.Dir(folder), "set")
	if out, err := run("kill-replaced", folder); err == nil {
		t.Fatalf("the child was not killed: %s", out)
	}
	holds(t, filepath.Join(folder, "zones"), "old")
	alone(t, folder, "README", "sub", "zones")
	if err := ReplaceFolder(t.Context(), folder, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	alone(t, filepath.Dir(folder), "set") // what the killed one left is gone
	if err := ReplaceFolder(t.Context(), folder+"-none", func(string) error { return nil }); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestWritersOfAFolderTakeTurnsAndLoseNothing(t *testing.T) {
	folder := folderOf(t)
	if err := os.WriteFile(filepath.Join(folder, "zones"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := ReplaceFolder(t.Context(), folder, func(temporary string) error {
				old, err := os.ReadFile(filepath.Join(folder, "zones"))
				if err != nil {
					return err
				}
				return put(string(old) + "x")(filepath.Join(temporary, "zones"))
			}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	holds(t, filepath.Join(folder, "zones"), "xxxxxxxx")
}

func TestAFolderSetAsideByAKilledWriterIsPutBack(t *testing.T) {
	folder := folderOf(t)
	if err := os.Rename(folder, setAside(folder)); err != nil {
		t.Fatal(err)
	}
	if err := ReplaceFolder(t.Context(), folder, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(folder, "zones"), "old")
	one, other := filepath.Join(filepath.Dir(folder), "one"), filepath.Join(filepath.Dir(folder), "other")
	if err := errors.Join(os.Mkdir(one, 0o755), os.Mkdir(other, 0o755), put("1")(filepath.Join(one, "a")), exchangeInSteps(one, other)); err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(other, "a"), "1")
	alone(t, filepath.Dir(folder), "one", "other", "set")
}
