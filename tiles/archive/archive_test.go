package archive

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/tiles"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

// killed names the file that this process, when it is started for that, writes
// until it kills itself.
const killed = "DEMARC_TEST_KILLED"

func TestMain(m *testing.M) {
	if file := os.Getenv(killed); file != "" {
		atlas, o := made()
		o.Progress = func(done, _ int) {
			if done >= 2*batchSize {
				me, _ := os.FindProcess(os.Getpid()) // which always is there
				_ = me.Kill()
				select {}
			}
		}
		_, _ = Write(context.Background(), file, Format(filepath.Ext(file)[1:]), atlas, o)
		os.Exit(3)
	}
	goleak.VerifyTestMain(m)
}

// made returns the atlas of the embedded dataset and the options of an archive of it.
var made = sync.OnceValues(func() (*tiles.Atlas, Options) {
	snapshot, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		panic(err)
	}
	atlas, err := tiles.NewAtlas(context.Background(), snapshot, tiles.Options{})
	if err != nil {
		panic(err)
	}
	e := data.Edition{Epoch: snapshot.Epochs[len(snapshot.Epochs)-1], Basis: snapshot.Dataset.Basis}
	return atlas, Options{Edition: e, MaxZoom: 14, Maker: "test"}
})

// write writes an archive of the embedded dataset and returns its bytes.
func write(t testing.TB, file string, o Options) ([]byte, Summary) {
	t.Helper()
	atlas, _ := made()
	summary, err := Write(context.Background(), file, Format(filepath.Ext(file)[1:]), atlas, o)
	if err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return written, summary
}

// alone fails the test when a folder has anything but the files named.
func alone(t testing.TB, dir string, files ...string) {
	t.Helper()
	names, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, n := range names {
		found = append(found, n.Name())
	}
	if len(found) != len(files) {
		t.Errorf("the folder has %v, not %v", found, files)
	}
	for i := range min(len(found), len(files)) {
		if found[i] != files[i] {
			t.Errorf("the folder has %v, not %v", found, files)
		}
	}
}

func TestTheSameSnapshotGivesTheSameFile(t *testing.T) {
	_, o := made()
	o.MaxZoom = 15 // where tiles are small enough for some to be equal, schools and all
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		one, summary := write(t, filepath.Join(t.TempDir(), name), o)
		two, _ := write(t, filepath.Join(t.TempDir(), name), o)
		if !bytes.Equal(one, two) {
			t.Errorf("%s: two files differ", name)
		}
		if summary.Tiles < 200 || summary.Contents >= summary.Tiles || summary.Bytes != int64(len(one)) {
			t.Errorf("%s: %+v", name, summary)
		}
	}
}

func TestAnInterruptedArchiveGoesOnWhereItStopped(t *testing.T) {
	atlas, o := made()
	for _, name := range []string{"a.pmtiles", "a.mbtiles"} {
		want, _ := write(t, filepath.Join(t.TempDir(), name), o)
		dir := t.TempDir()
		file := filepath.Join(dir, name)
		ctx, cancel := context.WithCancel(context.Background())
		interrupted := o
		interrupted.Progress = func(done, total int) {
			if done > total {
				t.Errorf("%d of %d tiles", done, total)
			}
			if done >= 2*batchSize {
				cancel()
			}
		}
		if _, err := Write(ctx, file, Format(filepath.Ext(name)[1:]), atlas, interrupted); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		alone(t, dir, "."+name+".part")
		got, summary := write(t, file, o)
		if !bytes.Equal(got, want) || summary.Resumed == 0 || summary.Resumed >= summary.Tiles {
			t.Errorf("%s: %d bytes, want %d, %+v", name, len(got), len(want), summary)
		}
		alone(t, dir, name)
	}
}

func TestAJournalOfSomethingElseIsBegunAnew(t *testing.T) {
	_, o := made()
	want, _ := write(t, filepath.Join(t.TempDir(), "a.pmtiles"), o)
	for name, change := range map[string]func(*Options){
		"zooms": func(o *Options) { o.MaxZoom = 15 },
		"maker": func(o *Options) { o.Maker = "another" },
		"basis": func(o *Options) { o.Edition.Basis = "line-cut" },
	} {
		dir := t.TempDir()
		other := o
		change(&other)
		interrupt(t, filepath.Join(dir, "a.pmtiles"), other)
		if got, summary := write(t, filepath.Join(dir, "a.pmtiles"), o); !bytes.Equal(got, want) || summary.Resumed != 0 {
			t.Errorf("%s: %+v", name, summary)
		}
	}
}

// interrupt leaves the journal of an archive that is not finished.
func interrupt(t testing.TB, file string, o Options) {
	t.Helper()
	atlas, _ := made()
	ctx, cancel := context.WithCancel(context.Background())
	o.Progress = func(done, _ int) {
		if done >= 2*batchSize {
			cancel()
		}
	}
	if _, err := Write(ctx, file, PMTiles, atlas, o); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// A journal that is cut off or changed anywhere ends as one that never was.
func TestADamagedJournalDoesNoHarm(t *testing.T) {
	atlas, o := made()
	name := filepath.Join(t.TempDir(), "journal")
	complete := func(t interface{ Fatal(...any) }) []byte {
		j, err := openJournal(context.Background(), name, head(atlas, &o))
		if err != nil {
			t.Fatal(err)
		}
		defer j.close()
		if err := makeTiles(context.Background(), j, atlas, &o); err != nil {
			t.Fatal(err)
		}
		written, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return written
	}
	want := complete(t)
	rapid.Check(t, func(r *rapid.T) {
		damaged := bytes.Clone(want[:rapid.IntRange(0, len(want)).Draw(r, "length")])
		for range rapid.IntRange(0, 2).Draw(r, "changes") {
			if len(damaged) > 0 {
				damaged[rapid.IntRange(0, len(damaged)-1).Draw(r, "at")] ^= rapid.ByteRange(1, 255).Draw(r, "by")
			}
		}
		if err := os.WriteFile(name, damaged, 0o600); err != nil {
			r.Fatal(err)
		}
		if !bytes.Equal(complete(r), want) {
			r.Error("the journal differs")
		}
	})
}

func TestAnArchiveOfNothingIsRefused(t *testing.T) {
	atlas, o := made()
	dir := t.TempDir()
	for name, bad := range map[string]struct {
		format Format
		change func(*Options)
	}{
		"a format that is none":        {"zip", func(*Options) {}},
		"zooms that are not answered":  {PMTiles, func(o *Options) { o.MaxZoom = 17 }},
		"zooms in the wrong order":     {MBTiles, func(o *Options) { o.MinZoom = 15 }},
		"a folder that does not exist": {PMTiles, func(*Options) {}},
	} {
		file := filepath.Join(dir, "a")
		if name == "a folder that does not exist" {
			file = filepath.Join(dir, "none", "a")
		}
		changed := o
		bad.change(&changed)
		if _, err := Write(context.Background(), file, bad.format, atlas, changed); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	alone(t, dir)
}

func TestAnArchiveInMemoryIsTheFile(t *testing.T) {
	atlas, o := made()
	want, _ := write(t, filepath.Join(t.TempDir(), "a.pmtiles"), o)
	got, err := PMTilesBytes(context.Background(), atlas, o, 1<<20)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v: the file has %d", len(got), err, len(want))
	}
	if _, err := PMTilesBytes(context.Background(), atlas, o, len(want)/2); !errors.Is(err, ErrTooLarge) {
		t.Errorf("in half the memory: %v", err)
	}
	wide := o
	wide.MaxZoom = 17
	if _, err := PMTilesBytes(context.Background(), atlas, wide, 1<<20); err == nil {
		t.Error("zoom 17 is archived")
	}
}
