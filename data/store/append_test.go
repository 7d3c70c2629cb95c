package store

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhileSomebodyPublishesIntoAFolderNobodyElseDoes(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "store")
	one, other := opened(t, path), opened(t, path)
	defer one.Close()
	defer other.Close()
	lock, err := one.folder.lock("here")
	if err != nil {
		t.Fatal(err)
	}
	first := version(t, "here", 40)
	entry := Entry{}.next("here", first.Name(), by("ann", 0))
	var busy *Conflict
	if err := other.Append(ctx, first, entry); !errors.As(err, &busy) || !strings.Contains(busy.Holder, "process") {
		t.Errorf("beside who holds the lock: %v", err)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	if err := other.Append(ctx, first, entry); err != nil {
		t.Errorf("once it is free: %v", err)
	}
}

// An entry that was made up, and passes Publish by, brings nothing back.
func TestAFolderTakesNoEntryOfWhatWasWithdrawn(t *testing.T) {
	ctx := context.Background()
	d := opened(t, filepath.Join(t.TempDir(), "store"))
	defer d.Close()
	gone, kept := version(t, "here", 40), version(t, "here", 43)
	published(t, d, gone, by("ann", 0))
	published(t, d, kept, by("ann", 1))
	if _, err := Withdraw(ctx, d, "here", "1", by("ann", 2)); err != nil {
		t.Fatal(err)
	}
	heads, err := d.Heads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var withdrawn *Withdrawn
	if err := d.Append(ctx, gone, heads["here"].next("here", gone.Name(), by("eve", 3))); !errors.As(err, &withdrawn) {
		t.Errorf("what was withdrawn is taken again: %v", err)
	}
}
