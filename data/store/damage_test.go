package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// harms are ways in which a bad disk or a copy that was cut short damages the
// newest entry of a dataset: each file cut, or filled with zeros, from each of so
// many boundaries on; gone; the folder empty.
func harms(t *testing.T, newest string, boundaries int) map[string]func(newest string) error {
	t.Helper()
	all := map[string]func(string) error{"its folder is empty": func(newest string) error {
		return errors.Join(os.RemoveAll(newest), os.Mkdir(newest, 0o755))
	}}
	files, err := os.ReadDir(newest)
	if err != nil || len(files) != 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, file := range files {
		name := file.Name()
		what := map[bool]string{true: name, false: "the snapshot"}[name == entryFile]
		text, err := os.ReadFile(filepath.Join(newest, name))
		if err != nil {
			t.Fatal(err)
		}
		put := func(text []byte) func(string) error {
			return func(newest string) error { return os.WriteFile(filepath.Join(newest, name), text, 0o644) }
		}
		all[what+" is gone"] = func(newest string) error { return os.Remove(filepath.Join(newest, name)) }
		for at := 0; at < len(text); at += max(16, len(text)/boundaries) {
			all[fmt.Sprintf("%s is cut at %d", what, at)] = put(text[:at])
			zeros := append(bytes.Clone(text[:at]), make([]byte, len(text)-at)...)
			all[fmt.Sprintf("%s is zeros from %d", what, at)] = put(zeros)
			end := min(len(text), at+32)
			all[fmt.Sprintf("%s is zeros from %d to %d", what, at, end)] = put(append(bytes.Clone(zeros[:end]), text[end:]...))
		}
	}
	return all
}

// One damaged entry takes nothing else away, and every way out leads out.
func TestADamagedNewestEntryTakesNothingElseAway(t *testing.T) {
	ctx := context.Background()
	two, three, there := version(t, "here", 42), version(t, "here", 44), version(t, "there", 61)
	whole := filepath.Join(quick(t), "store")
	d := opened(t, whole)
	published(t, d, version(t, "here", 40), by("ann", 0))
	published(t, d, version(t, "there", 60), by("ann", 0))
	published(t, d, two, by("ann", 1))
	d.Close()
	build := func() (path, newest string) { // a copy of it is quicker made than three publications
		path = filepath.Join(quick(t), "store")
		if err := os.CopyFS(path, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		return path, filepath.Join(path, "00000003")
	}
	tried, boundaries := 0, 24
	if testing.Short() {
		boundaries = 4
	}
	for what, harm := range harms(t, filepath.Join(whole, "00000003"), boundaries) {
		tried++
		for _, way := range []string{"repair", "rollback", "a backup"} {
			path, newest := build()
			kept := filepath.Join(quick(t), "kept")
			if err := errors.Join(os.CopyFS(kept, os.DirFS(newest)), harm(newest)); err != nil {
				t.Fatal(err)
			}
			d := opened(t, path)
			careless := by("ben", 3)
			careless.Confirm = false
			chain, damage, err := d.Whole(ctx, "here")
			if err != nil || len(chain) == 0 {
				t.Fatalf("%s: %v %v", what, chain, err)
			}
			if _, err := Open(ctx, d, chain[len(chain)-1].Snapshot); err == nil && (len(damage) != 1 || !strings.Contains(damage[0].File, "00000003") || len(chain) != 1) {
				t.Errorf("%s: nothing tells of it: %v %v", what, chain, damage)
			}
			if report, err := d.Verify(ctx); err != nil || report.OK || !strings.Contains(fmt.Sprint(report.Faults), "00000003") {
				t.Errorf("%s: %+v %v", what, report, err)
			}
			var unconfirmed *Unconfirmed
			if _, err := Publish(ctx, d, three, careless); !errors.As(err, &unconfirmed) {
				t.Errorf("%s: published over what is damaged without a word: %v", what, err)
			}
			if len(damage) == 0 || damage[0].Dataset != "" { // it is known whose it is, so the other dataset goes on as ever
				if done, err := Publish(ctx, d, there, careless); err != nil || !done.Published {
					t.Errorf("%s: the other dataset: %v", what, err)
				}
			} else if !strings.Contains(what, "empty") {
				t.Errorf("%s: it is not known whose it is", what)
			}
			if got, err := d.History(ctx, "there"); err != nil || len(got) == 0 {
				t.Errorf("%s: the other dataset: %v %v", what, got, err)
			}
			switch way {
			case "repair":
				told, err := d.Repair(ctx, false)
				if _, there := os.Stat(newest); err != nil || there != nil || len(told.SetAside) != 1 {
					t.Errorf("%s: unconfirmed: %+v %v %v", what, told, err, there)
				}
				if done, err := d.Repair(ctx, true); err != nil || len(done.SetAside) != 1 || len(done.Left) != 0 {
					t.Errorf("%s: %+v %v", what, done, err)
				}
				if report := sound(t, d); len(report.SetAside) != 1 {
					t.Errorf("%s: %+v", what, report)
				}
				careless.Note = "goes on"
				if done, err := Publish(ctx, d, three, careless); err != nil || done.Entry.Number != 2 {
					t.Errorf("%s: after the repair: %+v %v", what, done, err)
				}
				sound(t, d)
			case "rollback":
				if _, err := Rollback(ctx, d, "here", "1", by("ben", 3)); err != nil && len(damage) == 0 {
					t.Errorf("%s: %v", what, err)
				} else if len(damage) > 0 { // entry 1 is the newest that is there already
					published(t, d, three, by("ben", 3))
				}
				heads, err := d.Heads(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := Open(ctx, d, heads["here"].Snapshot); err != nil {
					t.Errorf("%s: after the rollback: %v", what, err)
				}
			case "a backup":
				if err := errors.Join(os.RemoveAll(newest), os.CopyFS(newest, os.DirFS(kept))); err != nil {
					t.Fatal(err)
				}
				if chain, damage, err := d.Whole(ctx, "here"); err != nil || len(damage) > 0 || chain[len(chain)-1].Snapshot != two.Name() {
					t.Errorf("%s: after it was put back: %v %v %v", what, chain, damage, err)
				}
				sound(t, d)
			}
			d.Close()
			if err := os.RemoveAll(filepath.Dir(path)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if tried < 5*boundaries {
		t.Errorf("only %d ways to be damaged", tried)
	}
	t.Logf("%d ways to be damaged, three ways out of each", tried)
}

func TestAnEntryInTheMiddleThatIsDamagedLeavesTheNewestThere(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(quick(t), "store")
	d := opened(t, path)
	for n := range 3 {
		published(t, d, version(t, "here", 40+n), by("ann", n))
	}
	d.Close()
	if err := os.Truncate(filepath.Join(path, "00000002", entryFile), 100); err != nil {
		t.Fatal(err)
	}
	d = opened(t, path)
	chain, damage, err := d.Whole(ctx, "here")
	if err != nil || len(chain) != 2 || chain[1].Number != 3 || len(damage) != 2 {
		t.Errorf("%v %v %v", chain, damage, err)
	}
	if _, err := d.History(ctx, "here"); !errors.Is(err, data.ErrTampered) {
		t.Errorf("the chain holds: %v", err)
	}
	if e := published(t, d, version(t, "here", 50), by("ann", 4)); e.Number != 4 {
		t.Errorf("%+v", e)
	}
	if report, err := d.Verify(ctx); err != nil || report.OK {
		t.Errorf("%+v %v", report, err)
	}
}
