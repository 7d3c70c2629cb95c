package data_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/pack"
	"github.com/demarc-map/demarc/internal/referee"

	"pgregory.net/rapid"
)

// memory is a data.Keeper of a test.
type memory struct {
	kept   map[string][]byte
	taken  int
	spoilt []error
}

func newMemory() *memory { return &memory{kept: map[string][]byte{}} }

func (m *memory) Take(name string) []byte {
	if text := m.kept[name]; text != nil {
		m.taken++
		return text
	}
	return nil
}

func (m *memory) Spoilt(name string, why error) {
	delete(m.kept, name)
	m.spoilt = append(m.spoilt, why)
}

func (m *memory) Forget(begin string) {
	maps.DeleteFunc(m.kept, func(name string, _ []byte) bool { return strings.HasPrefix(name, begin) })
}

func (m *memory) Keep(_ context.Context, name string, write func(io.Writer) error) {
	var text bytes.Buffer
	if err := write(&text); err == nil {
		m.kept[name] = text.Bytes()
	}
}

// only is the name and the text of what is kept, which is one.
func (m *memory) only(t rapid.TB) (string, []byte) {
	t.Helper()
	names := slices.Collect(maps.Keys(m.kept))
	if len(names) != 1 {
		t.Fatalf("%d are kept", len(names))
	}
	return names[0], m.kept[names[0]]
}

// read reads a dataset with a keeper.
func (m *memory) read(t rapid.TB, folder fs.FS) (*data.Snapshot, *data.Report) {
	t.Helper()
	s, report, err := data.ReadOptions{Keeper: m}.Read(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return s, report
}

// alike fails where two snapshots differ in anything that can be asked.
func alike(t rapid.TB, s, other *data.Snapshot) {
	t.Helper()
	was, is := s.Contents, other.Contents
	was.Dataset, is.Dataset, was.Claims, is.Claims = data.Dataset{}, data.Dataset{}, nil, nil // which the canonical bytes hold
	if !reflect.DeepEqual(was, is) || !slices.Equal(s.Epochs, other.Epochs) || !reflect.DeepEqual(s.Repairs, other.Repairs) ||
		!reflect.DeepEqual(s.Quality, other.Quality) || s.Bound() != other.Bound() {
		t.Fatalf("other contents:\n%+v\n%+v", s, other)
	}
	if was, is := answers(t, s), answers(t, other); !slices.Equal(was, is) {
		for i := range was {
			if was[i] != is[i] {
				t.Fatalf("other answers:\n%s\n%s", was[i], is[i])
			}
		}
	}
}

// answers asks a snapshot everything.
func answers(t rapid.TB, s *data.Snapshot) []string {
	t.Helper()
	ctx := context.Background()
	var out []string
	add := func(v any, err error) {
		text, e := json.Marshal(v)
		if e != nil {
			t.Fatal(e)
		}
		if err != nil {
			text = append(text, err.Error()...)
		}
		out = append(out, string(text))
	}
	add(s.Canonical())
	add(s.CheckedClaims(ctx, 0))
	for _, b := range s.Dataset.Bases {
		add(s.MappedEpochs(b.ID), nil)
		for _, of := range s.Territories {
			for _, party := range s.Dataset.Parties {
				q := data.Query{Of: of.ID, Party: party.ID, Basis: b.ID, AsOf: s.FirstDate()}
				add(s.Series(ctx, q, 0, 0))
				add(s.Share(ctx, q))
			}
			add(s.Parties(ctx, data.Query{Of: of.ID, Basis: b.ID, AsOf: s.FirstDate()}))
		}
	}
	for _, epoch := range s.Epochs {
		add(s.At(s.Territories[0].Shape.Bound().Center(), epoch.From))
	}
	for _, section := range s.SectionNames() {
		bound := s.Bound()
		found, err := s.Find(section, data.Wanted{Box: &bound})
		if err != nil {
			t.Fatal(err)
		}
		add(found.Items(0, found.Len()), nil)
	}
	return out
}

// keptAlike fails where the snapshot of an accepted dataset that is taken from what was
// kept differs from the one that was read.
func keptAlike(t rapid.TB, folder fs.FS) {
	t.Helper()
	m := newMemory()
	s, report := m.read(t, folder)
	if len(m.kept) != 1 {
		t.Fatalf("%d are kept", len(m.kept))
	}
	again, found := m.read(t, folder)
	if m.taken != 1 || len(m.spoilt) > 0 {
		t.Fatalf("not taken: %v", m.spoilt)
	}
	if !reflect.DeepEqual(found, report) {
		t.Fatalf("another report:\n%+v\n%+v", report, found)
	}
	alike(t, s, again)
}

func TestLawWhatIsKeptAnswersAsWhatWasRead(t *testing.T) {
	accepted := 0
	referee.CheckUntil(t, func(t *rapid.T) {
		folder := drawDataset(t)
		if _, _, err := data.Read(context.Background(), folder); err == nil {
			accepted++
			keptAlike(t, folder)
		}
	}, func() bool { return accepted > 0 })
	rapid.Check(t, func(t *rapid.T) {
		place(t, drawZones(t), func(folder fstest.MapFS) {
			keptAlike(t, folder)
		})
	})
}

func TestDatasetsWithEverythingAreKeptAlike(t *testing.T) {
	things := withThings(t, fmt.Sprintf(well, "w-1", `,"count":3,"x_beds":4,"x_open":true,"x_shut":false,"x_word":"w"`, wellPoint),
		fmt.Sprintf(well, "w-2", `,"valid_from":"2025-12-01"`, `{"type":"Polygon","coordinates":[[[34.4,31.4],[34.41,31.4],[34.41,31.41],[34.4,31.4]]]}`))
	lines := withThings(t, fmt.Sprintf(well, "l-1", "", `{"type":"LineString","coordinates":[[34.4,31.4],[34.41,31.42]]}`),
		fmt.Sprintf(well, "l-2", "", `{"type":"MultiLineString","coordinates":[[[34.4,31.4],[34.41,31.42]],[[34.5,31.4],[34.51,31.42]]]}`))
	edit(t, lines, "dataset.json", `"counts": "number"`, `"counts": "km"`)
	for name, folder := range map[string]fs.FS{"gaza": gaza.Files, "demo": demo.Files(), "things": things, "lines": lines} {
		t.Run(name, func(t *testing.T) { keptAlike(t, folder) })
	}
}

func TestAStoredSnapshotIsKeptAlike(t *testing.T) {
	s, err := gazaSnapshot(t).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	m := newMemory()
	var read [2]*data.Snapshot
	for i := range read {
		if read[i], err = (data.ReadOptions{Keeper: m}).ReadCanonical(t.Context(), data.NameOf(s), s); err != nil {
			t.Fatal(err)
		}
	}
	if m.taken != 1 {
		t.Errorf("taken %d times", m.taken)
	}
	alike(t, read[0], read[1])
	if (data.ReadOptions{Keeper: m}).Forget(data.NameOf(s)); len(m.kept) > 0 {
		t.Error("it is kept after it was to be forgotten")
	}
	if _, err := (data.ReadOptions{Keeper: m}).ReadCanonical(t.Context(), data.NameOf(s), s[1:]); !errors.Is(err, data.ErrTampered) {
		t.Errorf("other bytes are read: %v", err)
	}
}

func gazaSnapshot(t testing.TB) *data.Snapshot {
	t.Helper()
	s, _, err := data.Read(context.Background(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestADamagedFileIsMadeAnew(t *testing.T) {
	folder := plain(t, "", "[]")
	m := newMemory()
	s, _ := m.read(t, folder)
	name, text := m.only(t)
	damage := map[string]func(at int) []byte{
		"a bit":   func(at int) []byte { out := bytes.Clone(text); out[at] ^= 1 << (at % 8); return out },
		"cut off": func(at int) []byte { return text[:at] },
		"longer":  func(at int) []byte { return append(bytes.Clone(text), text[:at]...) },
	}
	for what, of := range damage {
		for at := 1; at < len(text); at += 7 {
			m.kept[name], m.spoilt = of(at), nil
			again, _ := m.read(t, folder)
			if len(m.spoilt) != 1 || !errors.Is(m.spoilt[0], pack.ErrDamaged) {
				t.Fatalf("%s at byte %d: %v", what, at, m.spoilt)
			}
			if again.Name() != s.Name() || !bytes.Equal(m.kept[name], text) {
				t.Fatalf("%s at byte %d: it is not made anew", what, at)
			}
		}
	}
}

func TestWhatIsKeptOfOneDatasetIsNotTakenForAnother(t *testing.T) {
	m := newMemory()
	folder := plain(t, "", "[]")
	s, _ := m.read(t, folder)
	name, text := m.only(t)
	for file := range folder {
		changed := maps.Clone(folder)
		changed[file] = &fstest.MapFile{Data: append(bytes.Clone(folder[file].Data), ' ')}
		taken := m.taken
		if other, _ := m.read(t, changed); m.taken != taken || other.Name() != s.Name() {
			t.Errorf("%s: taken although a byte differs", file)
		}
	}
	for other := range m.kept {
		if other == name {
			continue
		}
		m.kept[other], m.spoilt = text, nil // a file under the name of another one
		m.taken = 0
		break
	}
	for file := range folder {
		changed := maps.Clone(folder)
		changed[file] = &fstest.MapFile{Data: append(bytes.Clone(folder[file].Data), ' ')}
		m.read(t, changed)
	}
	if len(m.spoilt) != 1 || !errors.Is(m.spoilt[0], pack.ErrForeign) {
		t.Errorf("a file under another name: %v", m.spoilt)
	}
}

// changing is a folder of which a file changes when it was read once.
type changing struct {
	fstest.MapFS
	file string
	now  *fstest.MapFile
	read *int
}

func (c changing) Open(name string) (fs.File, error) {
	if name == c.file {
		if *c.read++; *c.read > 1 {
			return fstest.MapFS{name: c.now}.Open(name)
		}
	}
	return c.MapFS.Open(name)
}

func TestWhatChangesWhileItIsReadIsNotKept(t *testing.T) {
	folder := plain(t, "", "[]")
	m := newMemory()
	now := &fstest.MapFile{Data: bytes.Replace(folder["zones.geojson"].Data, []byte("[0.5,1]"), []byte("[0.4,1]"), 1)}
	s, _ := m.read(t, changing{folder, "zones.geojson", now, new(int)})
	before, _, err := data.Read(t.Context(), folder)
	if err != nil || s.Name() == before.Name() {
		t.Fatalf("%v, and it did not change", err)
	}
	if len(m.kept) > 0 {
		t.Error("it is kept under the name of what was there before")
	}
}

func TestARefusedDatasetIsNotKept(t *testing.T) {
	m := newMemory()
	folder := plain(t, "", "[]")
	folder["zones.geojson"] = &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[7]}`)}
	for range 2 {
		_, with, err := data.ReadOptions{Keeper: m}.Read(t.Context(), folder)
		_, without, plainly := data.Read(t.Context(), folder)
		if err == nil || plainly == nil || err.Error() != plainly.Error() || !reflect.DeepEqual(with, without) {
			t.Errorf("%v, %v", err, plainly)
		}
	}
	if len(m.kept) > 0 {
		t.Error("it is kept")
	}
}

// Whatever somebody puts under a name with its right hash is read or spoilt, and the
// answer is a snapshot.
func FuzzKept(f *testing.F) {
	folder := plain(f, "", "[]")
	m := newMemory()
	m.read(f, folder)
	name, text := m.only(f)
	f.Add(text[:len(text)-sha256.Size])
	f.Fuzz(func(t *testing.T, body []byte) {
		sum := sha256.Sum256(body)
		m := newMemory()
		m.kept[name] = append(bytes.Clone(body), sum[:]...)
		if s, _ := m.read(t, folder); m.taken != 1 || s.Name() == "" && len(m.spoilt) > 0 {
			t.Errorf("taken %d times, spoilt: %v", m.taken, m.spoilt)
		}
	})
}
