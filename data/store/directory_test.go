package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

func TestWhatIsTamperedWithIsNamedAndNotServed(t *testing.T) {
	ctx := context.Background()
	one, two := version(t, "here", 40), version(t, "here", 44)
	second := func(name string) string { return filepath.Join("00000002", name) }
	for what, c := range map[string]struct {
		do   func(t *testing.T, path string) error
		says []string // by verify
	}{
		"a coordinate": {func(t *testing.T, path string) error {
			return replace(path, second(snapshotFile(two.Name())), "0.44", "0.48")
		}, []string{two.Name()}},
		"the author": {func(t *testing.T, path string) error { return replace(path, second(entryFile), "ann", "eve") }, []string{"00000002/entry.json"}},
		"the snapshot of an entry": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), two.Name(), one.Name())
		}, []string{"00000002/entry.json"}},
		"a member more": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), `"author"`, `"editor": "eve", "author"`)
		}, []string{"00000002/entry.json"}},
		"a member twice, the true one last": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), `"author"`, `"author": "eve", "author"`)
		}, []string{"00000002/entry.json"}},
		"a member of another case": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), `"author"`, `"Author"`)
		}, []string{"00000002/entry.json"}},
		"a space": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), `"author":`, `"author": `)
		}, []string{"00000002/entry.json"}},
		"a line at the end": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), "\n}", "\n}\n")
		}, []string{"00000002/entry.json"}},
		"an escape that is none of need": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), `"ann"`, `"\u0061nn"`)
		}, []string{"00000002/entry.json"}},
		"the same time, in another zone": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), "T13:00:00Z", "T15:00:00+02:00")
		}, []string{"00000002/entry.json"}},
		"the same time, with a fraction": {func(t *testing.T, path string) error {
			return replace(path, second(entryFile), "T13:00:00Z", "T13:00:00.000Z")
		}, []string{"00000002/entry.json"}},
		"an entry gone": {func(t *testing.T, path string) error { return os.RemoveAll(filepath.Join(path, "00000002")) }, []string{"00000002"}},
		"the bytes gone": {func(t *testing.T, path string) error {
			return os.Remove(filepath.Join(path, second(snapshotFile(two.Name()))))
		}, []string{two.Name()}},
		"a file more": {func(t *testing.T, path string) error {
			return os.WriteFile(filepath.Join(path, second("x")), nil, 0o644)
		}, []string{"00000002/x"}},
		"a folder more":     {func(t *testing.T, path string) error { return os.Mkdir(filepath.Join(path, "more"), 0o755) }, []string{"more"}},
		"an author, hashed": {func(t *testing.T, path string) error { return rewrite(path, second(entryFile)) }, []string{"entry 3", "follows"}},
	} {
		t.Run(what, func(t *testing.T) {
			path := filepath.Join(quick(t), "store")
			d := opened(t, path)
			published(t, d, one, by("ann", 0))
			published(t, d, two, by("ann", 1))
			published(t, d, version(t, "here", 42), by("ann", 2))
			d.Close()
			if err := c.do(t, path); err != nil {
				t.Fatal(err)
			}
			d = opened(t, path)
			defer d.Close()
			report, err := d.Verify(ctx)
			if err != nil || report.OK {
				t.Fatalf("%+v %v", report, err)
			}
			for _, want := range c.says {
				if !strings.Contains(strings.Join(report.Faults, "\n"), want) {
					t.Errorf("verify does not name %s: %q", want, report.Faults)
				}
			}
			if strings.Contains(what, "more") {
				return
			}
			_, historyErr := d.History(ctx, "here")
			_, openErr := Open(ctx, d, two.Name())
			if !errors.Is(errors.Join(historyErr, openErr), data.ErrTampered) {
				t.Errorf("%v, %v", historyErr, openErr)
			}
		})
	}
}

// replace edits a file, which must hold the text.
func replace(path, name, old, new string) error {
	file := filepath.Join(path, name)
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Contains(text, []byte(old)) {
		return errors.New("lacks " + old)
	}
	return os.WriteFile(file, bytes.ReplaceAll(text, []byte(old), []byte(new)), 0o644)
}

// rewrite changes the author of an entry and gives it a new name that fits.
func rewrite(path, name string) error {
	root, err := os.OpenRoot(path)
	if err != nil {
		return err
	}
	d := newDirectory(root, path)
	e, err := d.read(2)
	if err != nil {
		return err
	}
	old := e
	e.Author = "eve"
	if err := replace(path, name, old.Author, e.Author); err != nil {
		return err
	}
	return replace(path, name, old.ID, e.hash())
}

func TestAFolderOfOtherThingsIsNotTakenForAStore(t *testing.T) {
	path := quick(t)
	if _, err := OpenDirectory(path); !errors.Is(err, errNoStore) {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(path, "thesis.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, open := range []func(string) (*Directory, error){OpenDirectory, CreateDirectory} {
		if _, err := open(path); !errors.Is(err, errNoStore) {
			t.Errorf("a folder of other things: %v", err)
		}
	}
	if err := os.WriteFile(filepath.Join(path, formatFile), []byte("demarc-store/9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenDirectory(path); !errors.Is(err, errNoStore) || !strings.Contains(err.Error(), "demarc-store/9") {
		t.Errorf("a later version: %v", err)
	}
}

func TestThePublisherWhoComesSecondIsToldWhoIsAtWork(t *testing.T) {
	path := filepath.Join(quick(t), "store")
	d := opened(t, path)
	defer d.Close()
	lock, err := d.folder.lock("here")
	if err != nil {
		t.Fatal(err)
	}
	other := opened(t, path)
	defer other.Close()
	_, err = Publish(context.Background(), other, version(t, "here", 40), by("ben", 0))
	var conflict *Conflict
	if !errors.As(err, &conflict) || !strings.Contains(err.Error(), "process ") || !strings.Contains(err.Error(), " since ") {
		t.Errorf("%v", err)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	published(t, other, version(t, "here", 40), by("ben", 0))
}

func TestAStoreThatMayOnlyBeReadIsRead(t *testing.T) {
	path := filepath.Join(quick(t), "store")
	d := opened(t, path)
	one := version(t, "here", 40)
	published(t, d, one, by("ann", 0))
	d.Close()
	for _, name := range []string{filepath.Join(path, lockFile), path} {
		if err := os.Chmod(name, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	d, err := OpenDirectory(path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := Open(context.Background(), d, one.Name()); err != nil {
		t.Error(err)
	}
	sound(t, d)
}

func TestEntriesAreFoundByNumberNameAndSnapshot(t *testing.T) {
	one, two := version(t, "here", 40), version(t, "here", 44)
	a := Entry{}.next("here", one.Name(), by("ann", 0))
	b := a.next("here", two.Name(), by("ann", 1))
	c := b.next("here", one.Name(), by("ann", 2))
	chain := []Entry{a, b, c}
	for meant, want := range map[string]int{"1": 1, "3": 3, a.ID: 1, b.ID[:15]: 2, one.Name(): 3, two.Name()[7:17]: 2} {
		if e, err := Find(chain, meant); err != nil || e.Number != want {
			t.Errorf("%s: %d %v", meant, e.Number, err)
		}
	}
	for _, meant := range []string{"", "0", "4", "sha256:", "abc", "sha256:abcdef012345", "gaza"} {
		if e, err := Find(chain, meant); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %+v %v", meant, e, err)
		}
	}
	if e, ok := KnownAt(chain, noon.Add(90*60*1e9)); !ok || e.Number != 2 {
		t.Error(e, ok)
	}
	if _, ok := KnownAt(chain, noon.Add(-1)); ok {
		t.Error("known before it was published")
	}
}
