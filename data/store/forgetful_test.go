package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recorder is a disk that writes down what is done to it.
type recorder struct {
	disk
	ops *[]diskOp
}

// diskOp is one operation: a verb and the names or the text it takes.
type diskOp struct{ verb, name, to string }

func (r recorder) note(verb, name, to string) { *r.ops = append(*r.ops, diskOp{verb, name, to}) }

func (r recorder) Create(name string) (file, error) {
	f, err := r.disk.Create(name)
	r.note("create", name, "")
	return recordedFile{f, r, name}, err
}

func (r recorder) Mkdir(name string) error { r.note("mkdir", name, ""); return r.disk.Mkdir(name) }

func (r recorder) Rename(from, to string) error {
	r.note("rename", from, to)
	return r.disk.Rename(from, to)
}

func (r recorder) RemoveAll(name string) error {
	r.note("remove", name, "")
	return r.disk.RemoveAll(name)
}

func (r recorder) SyncNames(name string) error {
	r.note("sync names", name, "")
	return r.disk.SyncNames(name)
}

type recordedFile struct {
	file
	disk recorder
	name string
}

func (f recordedFile) Write(text []byte) (int, error) {
	f.disk.note("write", f.name, string(text))
	return f.file.Write(text)
}

func (f recordedFile) Sync() error { f.disk.note("sync", f.name, ""); return f.file.Sync() }

// node is a file or a folder of a disk that forgets what was not synced: names
// are those on disk, changes those that were made since.
type node struct {
	folder  bool
	names   map[string]*node
	changes []map[string]*node // each a name or more, all at once; nil for a name that goes
	text    string
	synced  bool
}

// now is what the folder looks like to a program.
func (n *node) now() map[string]*node {
	out := maps.Clone(n.names)
	for _, change := range n.changes {
		maps.Copy(out, change)
	}
	return out
}

// at finds a node as a program does.
func (n *node) at(name string) *node {
	if name == "." {
		return n
	}
	for _, part := range strings.Split(name, string(filepath.Separator)) {
		n = n.now()[part]
	}
	return n
}

// run does an operation.
func (n *node) run(o diskOp) {
	parent, base := n.at(filepath.Dir(o.name)), filepath.Base(o.name)
	switch o.verb {
	case "create":
		parent.changes = append(parent.changes, map[string]*node{base: {}})
	case "mkdir":
		parent.changes = append(parent.changes, map[string]*node{base: {folder: true, names: map[string]*node{}}})
	case "rename": // within one folder
		parent.changes = append(parent.changes, map[string]*node{base: nil, filepath.Base(o.to): n.at(o.name)})
	case "remove":
		if parent.now()[base] != nil {
			parent.changes = append(parent.changes, map[string]*node{base: nil})
		}
	case "write":
		f := n.at(o.name)
		f.text, f.synced = f.text+o.to, false
	case "sync":
		n.at(o.name).synced = true
	case "sync names":
		f := n.at(o.name)
		f.names, f.changes = f.now(), nil
	}
}

// chances are the choices that a power cut has. Each call of pick is one; next
// goes on to choices that were not taken together yet, until there are no more.
type chances struct{ taken, of []int }

func (c *chances) pick(at *int, of int) int {
	if *at == len(c.taken) {
		c.taken, c.of = append(c.taken, 0), append(c.of, of)
	}
	*at++
	return c.taken[*at-1]
}

func (c *chances) next() bool {
	for i := len(c.taken) - 1; i >= 0; i-- {
		if c.taken[i]++; c.taken[i] < c.of[i] {
			c.taken, c.of = c.taken[:i+1], c.of[:i+1]
			return true
		}
	}
	return false
}

// survives writes what a power cut leaves: of changes that were not synced any
// may be lost, of texts the whole, the end, or all but their length.
func (n *node) survives(path string, c *chances, at *int) error {
	if !n.folder {
		text := n.text
		if !n.synced && text != "" {
			text = []string{text, "", text[:len(text)/2], strings.Repeat("\x00", len(text))}[c.pick(at, 4)]
		}
		return os.WriteFile(path, []byte(text), 0o644)
	}
	left := maps.Clone(n.names)
	for _, change := range n.changes {
		if c.pick(at, 2) == 0 {
			maps.Copy(left, change)
		}
	}
	err := os.MkdirAll(path, 0o755)
	for _, name := range slices.Sorted(maps.Keys(left)) {
		if left[name] != nil {
			err = errors.Join(err, left[name].survives(filepath.Join(path, name), c, at))
		}
	}
	return err
}

// onDisk reads a folder, all of which is on disk.
func onDisk(t *testing.T, path string) *node {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	n := &node{folder: true, names: map[string]*node{}}
	for _, e := range entries {
		name := filepath.Join(path, e.Name())
		if e.IsDir() {
			n.names[e.Name()] = onDisk(t, name)
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		n.names[e.Name()] = &node{text: string(text), synced: true}
	}
	return n
}

// cutAnywhere cuts the power after each operation of an act in a folder, with
// every loss that may come of it, and hands over the store that is found then.
func cutAnywhere(t *testing.T, path string, act func(*Directory) error, found func(d *Directory, what string, acknowledged bool)) (operations, losses int) {
	t.Helper()
	var ops []diskOp
	before := onDisk(t, path)
	root, err := os.OpenRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	d := newDirectory(root, path)
	d.folder.disk = recorder{d.folder.disk, &ops}
	if err := act(d); err != nil {
		t.Fatal(err)
	}
	d.Close()
	for k := 0; k <= len(ops); k++ {
		for c := (&chances{}); ; {
			lost := filepath.Join(quick(t), "store")
			state := before.copied()
			for _, o := range ops[:k] {
				state.run(o)
			}
			if err := state.survives(lost, c, new(int)); err != nil {
				t.Fatal(err)
			}
			losses++
			what := fmt.Sprintf("cut after %v, losses %v", ops[:k], c.taken)
			d, err := CreateDirectory(lost)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			found(d, what, k == len(ops))
			d.Close()
			if err := os.RemoveAll(filepath.Dir(lost)); err != nil {
				t.Fatal(err)
			}
			if !c.next() {
				break
			}
		}
	}
	return len(ops), losses
}

// copied is the same tree anew.
func (n *node) copied() *node {
	out := &node{folder: n.folder, names: map[string]*node{}, text: n.text, synced: n.synced}
	for name, below := range n.names {
		out.names[name] = below.copied()
	}
	return out
}

// A power cut takes what was not synced, in any order. What was acknowledged is
// there all the same, and anything else whole or not at all.
func TestAPowerCutAtAnyStepLosesNothingThatWasAcknowledged(t *testing.T) {
	ctx := context.Background()
	one, two, three := version(t, "here", 40), version(t, "here", 43), version(t, "here", 44)
	for what, c := range map[string]struct {
		act  func(*Directory) error
		adds string // the snapshot of the entry that comes
	}{
		"a publication": {func(d *Directory) error { _, err := Publish(ctx, d, three, by("ann", 2)); return err }, three.Name()},
		"a rollback":    {func(d *Directory) error { _, err := Rollback(ctx, d, "here", "1", by("ann", 2)); return err }, one.Name()},
	} {
		path := filepath.Join(quick(t), "store")
		d := opened(t, path)
		published(t, d, one, by("ann", 0))
		published(t, d, two, by("ann", 1))
		d.Close()
		was := []string{one.Name(), two.Name()}
		ops, losses := cutAnywhere(t, path, c.act, func(d *Directory, when string, acknowledged bool) {
			got := told(t, d, "here")
			if !slices.Equal(got, append(slices.Clone(was), c.adds)) && (acknowledged || !slices.Equal(got, was)) {
				t.Fatalf("%s: %s: %v", what, when, got)
			}
			if report, err := d.Verify(ctx); err != nil || !report.OK {
				t.Fatalf("%s: %s: %+v %v", what, when, report, err)
			}
		})
		t.Logf("%s: %d operations, %d states after a power cut", what, ops, losses)
	}
}

func TestAPowerCutWhileAStoreBeginsLeavesAStoreOrAnEmptyFolder(t *testing.T) {
	ops, losses := cutAnywhere(t, quick(t), func(d *Directory) error { return d.start(begin) }, func(d *Directory, when string, _ bool) {
		if _, err := Publish(context.Background(), d, version(t, "here", 40), by("ann", 0)); err != nil {
			t.Fatalf("%s: %v", when, err)
		}
	})
	if ops < 6 || losses < ops {
		t.Errorf("%d operations, %d states after a power cut", ops, losses)
	}
}
