package store

import (
	"testing"

	"github.com/demarc-map/demarc/internal/mutants"
)

// Each of these changes breaks what a store promises, and a test must see it.
func TestEveryMutationOfTheStoreIsSeen(t *testing.T) {
	store := func(file, from, to, tests string) mutants.Mutant {
		return mutants.Mutant{File: "data/store/" + file, From: from, To: to, Package: "data/store", Tests: tests}
	}
	file := func(file, from, to, tests string) mutants.Mutant {
		return mutants.Mutant{File: "internal/atomicfile/" + file, From: from, To: to, Package: "internal/atomicfile", Tests: tests}
	}
	mutants.AreSeen(t, []mutants.Mutant{
		// What is on disk.
		store("folder.go", "err = f.do(\"sync \"+name, to.Sync)", "_ = to.Sync", "PowerCut"),
		store("folder.go", "func() error { return f.disk.SyncNames(name) }", "func() error { return nil }", "PowerCut"),
		store("folder.go", "f.suspect.Store(err != nil)", "", "FailedFsync"),
		store("directory_append.go", "err = f.sync(temporary)", "_ = temporary", "PowerCut"),
		store("directory_append.go", "return errors.Join(err, f.remove(temporary))", "return err", "Fault|Disk|Failed|Directory"),
		store("directory_append.go", "if err := d.folder.sync(at[snapshot]); err != nil {", "if err := error(nil); err != nil {", "PowerCut"),

		// Who may write, and what.
		store("lock.go", "if err == nil && !held {", "if err == nil && !held && false {", "Somebody"),
		store("directory_append.go", "if e.Parent != head.ID {", "if false {", "Directory"),
		store("postgis_append.go", "if e.Parent != head.ID {", "if false {", "PostGIS"),
		store("directory_append.go", "if gone {", "if gone && false {", "Withdrawn"),

		// What is believed.
		store("entry.go", "!bytes.Equal(own, text) {", "!bytes.Equal(own, text) && false {", "Tampered"),
		store("entry.go", "delete(members, \"entry\")", "delete(members, \"author\")\n\tdelete(members, \"entry\")", "Tampered|Directory|Database"),
		store("entry.go", "case e.Number != before.Number+1:", "case false:", "Tampered|Directory|Chain"),
		store("entry.go", "case e.At.Before(before.At):", "case false:", "Directory|Tampered|Chain|Clock"),
		store("entry.go", "if at.Before(e.At) { // a clock that was put back", "if false {", "Directory|Clock"),
		store("copy.go", "n > 0 && chain[n-1].ID != known[n-1].ID", "false", "Witness"),
		store("copy.go", "wrong = append(wrong, fmt.Errorf(\"%s: %w: its history is gone from the store\", id, data.ErrTampered))", "_ = id", "Witness"),

		// Files that are written whole.
		file("lock.go", "held, err := TryLock(file)", "held, err := true, error(nil)", "Lost|Update|Turn"),
		file("replace.go", "if err := CanReplace(name); err != nil {", "if err := CanReplace(name); err != nil && false {", "."),
		file("replace.go", "return errors.Join(err, os.RemoveAll(temporary))", "return err", "."),
	}, "Mutation|Killed")
}
