package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/atomicfile"

	"pgregory.net/rapid"
)

// failing makes the step of that number fail, and with crash every one after
// it, as when the process has ended. It returns which step that was.
func failing(d *Directory, step int, crash bool) (failed *string) {
	failed, n := new(string), 0
	d.folder.fault = func(name string) error {
		n++
		if n == step || crash && n > step {
			if *failed == "" {
				*failed = name
			}
			return syscall.ENOSPC
		}
		return nil
	}
	return failed
}

// opened opens a store that has to open, and checks that nothing lies about.
func opened(t testing.TB, path string) *Directory {
	t.Helper()
	d, err := CreateDirectory(path)
	if err != nil {
		t.Fatal(err)
	}
	leavesNothing(t, d)
	return d
}

func leavesNothing(t testing.TB, d *Directory) {
	t.Helper()
	names, err := d.folder.names()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if atomicfile.IsTemporary(name) {
			t.Errorf("%s was left behind", name)
		}
	}
}

// At every step of a publication the disk is full once, and the process ends
// once. The store then opens, holds what was acknowledged, and nothing in part.
func TestAFaultAtAnyStepOfAPublicationLeavesItWholeOrNotThere(t *testing.T) {
	one, two := version(t, "here", 40), version(t, "here", 43)
	for _, crash := range []bool{false, true} {
		steps := []string{}
		for step := 1; ; step++ {
			path := filepath.Join(quick(t), "store")
			d := opened(t, path)
			published(t, d, one, by("ann", 0))
			failed := failing(d, step, crash)
			done, err := Publish(context.Background(), d, two, by("ann", 1))
			if !crash && !strings.HasPrefix(*failed, "remove ") {
				leavesNothing(t, d)
			}
			d.Close()
			if *failed == "" {
				if err != nil || !done.Published {
					t.Errorf("without a fault: %v", err)
				}
				break
			}
			steps = append(steps, *failed)
			if err == nil || !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("%s failed and it says %v", *failed, err)
			}
			d = opened(t, path)
			got := told(t, d, "here")
			if whole := []string{one.Name(), two.Name()}; !slices.Equal(got, whole[:1]) && !(*failed == "sync ." && step > 1 && slices.Equal(got, whole)) {
				t.Errorf("after %s: %v", *failed, got)
			}
			if report := sound(t, d); len(report.Removed) > 0 {
				t.Errorf("after %s: %v", *failed, report.Removed)
			}
			if len(got) == 1 {
				published(t, d, two, by("ann", 2))
			}
			d.Close()
		}
		if len(steps) != 13 {
			t.Errorf("%d steps: %q", len(steps), steps)
		}
	}
}

func TestAFaultAtAnyStepOfTheBeginningLeavesAStoreOrNone(t *testing.T) {
	for step := 1; ; step++ {
		path := quick(t)
		root, err := os.OpenRoot(path)
		if err != nil {
			t.Fatal(err)
		}
		d := newDirectory(root, path)
		failed := failing(d, step, true)
		err = d.start(begin)
		root.Close()
		if *failed == "" {
			break
		}
		if err == nil {
			t.Errorf("%s: no error", *failed)
		}
		d = opened(t, path)
		published(t, d, version(t, "here", 40), by("ann", 0))
		d.Close()
	}
}

// Any sequence of publications, rollbacks, full disks and ends of the process
// leaves the store as a list of snapshots would be left.
func TestASequenceOfPublicationsAndCrashesEqualsAList(t *testing.T) {
	var versions []*data.Snapshot
	for percent := 40; percent < 46; percent++ {
		versions = append(versions, version(t, "here", percent))
	}
	ctx, base, run := context.Background(), quick(t), 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		path := filepath.Join(base, folderName(run))
		open := func() *Directory {
			d, err := CreateDirectory(path)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		d := open()
		defer func() { d.Close() }()
		var model []string
		settle := func(want string, err error, failed string) {
			chain, e := d.History(ctx, "here")
			if e != nil {
				t.Fatal(e)
			}
			switch {
			case err == nil:
				model = append(model, want)
			case failed == "":
				t.Fatal(err)
			case len(chain) == len(model)+1 && failed == "sync .": // it may be there; then it is whole
				model = append(model, want)
			}
			for i, e := range chain {
				if i >= len(model) || e.Snapshot != model[i] {
					t.Fatalf("after %v: entry %d is %s of %v", err, i+1, e.Snapshot, model)
				}
			}
			if len(chain) != len(model) {
				t.Fatalf("%d entries, not %d", len(chain), len(model))
			}
		}
		last := func() string {
			if len(model) == 0 {
				return ""
			}
			return model[len(model)-1]
		}
		act := func(t *rapid.T, fault func() *string, reopen bool) {
			target := versions[rapid.IntRange(0, len(versions)-1).Draw(t, "version")]
			if target.Name() == last() {
				return
			}
			failed := fault()
			var err error
			if slices.Contains(model, target.Name()) && rapid.Bool().Draw(t, "by rollback") {
				_, err = Rollback(ctx, d, "here", target.Name(), by("ann", 0))
			} else {
				_, err = Publish(ctx, d, target, by("ann", 0))
			}
			d.folder.fault = nil
			if reopen {
				d.Close()
				d = open()
			}
			settle(target.Name(), err, *failed)
		}
		t.Repeat(map[string]func(*rapid.T){
			"publish": func(t *rapid.T) { act(t, func() *string { return new(string) }, false) },
			"disk full": func(t *rapid.T) {
				act(t, func() *string { return failing(d, rapid.IntRange(1, 14).Draw(t, "step"), false) }, false)
			},
			"crash": func(t *rapid.T) {
				act(t, func() *string { return failing(d, rapid.IntRange(1, 14).Draw(t, "step"), true) }, true)
			},
			"": func(t *rapid.T) {
				report, err := d.Verify(ctx)
				if err != nil || !report.OK || report.Entries != len(model) {
					t.Fatalf("%+v %v", report, err)
				}
			},
		})
	})
}

// quick is a temporary folder in memory where there is one, for tests that
// bring thousands of files to disk.
func quick(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "demarc-store-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// After a failed fsync nobody knows what a power cut would leave, so nobody is
// told "published" or "unchanged" before one succeeds.
func TestAFailedFsyncIsNeverFollowedByPublishedOrUnchanged(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(quick(t), "store")
	one, two := version(t, "here", 40), version(t, "here", 43)
	first := opened(t, path)
	published(t, first, one, by("ann", 0))
	synced := 0
	broken := func(renamed bool) func(string) error {
		return func(step string) error {
			renamed = renamed || strings.HasPrefix(step, "rename ")
			if step == "sync ." && renamed {
				return syscall.EIO
			}
			return nil
		}
	}
	first.folder.fault = broken(false)
	if _, err := Publish(ctx, first, two, by("ann", 1)); !errors.Is(err, syscall.EIO) {
		t.Fatalf("published: %v", err)
	}
	for what, ask := range map[string]func() error{
		"publishing it again": func() error { _, err := Publish(ctx, first, two, by("ann", 1)); return err },
		"the heads":           func() error { _, err := first.Heads(ctx); return err },
		"the bytes":           func() error { _, err := first.Canonical(ctx, two.Name()); return err },
	} {
		if err := ask(); !errors.Is(err, syscall.EIO) {
			t.Errorf("%s of a store that may not be on disk: %v", what, err)
		}
	}
	other := opened(t, path) // another process, which sees the entry and knows nothing of the failure
	other.folder.fault = broken(true)
	for _, s := range []*data.Snapshot{two, one} {
		if done, err := Publish(ctx, other, s, by("ben", 1)); !errors.Is(err, syscall.EIO) {
			t.Errorf("%+v %v", done, err)
		}
		other = opened(t, path)
		other.folder.fault = broken(true)
	}
	for _, d := range []*Directory{first, other} {
		d.folder.fault = func(step string) error {
			if step == "sync ." {
				synced++
			}
			return nil
		}
		if done, err := Publish(ctx, d, two, by("ann", 1)); err != nil || done.Published || done.Entry.Number != 2 {
			t.Errorf("%+v %v", done, err)
		}
	}
	if synced < 2 {
		t.Errorf("unchanged, and synced %d times", synced)
	}
}
