package tiles

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/data/pack"
)

// packedOf is what pack writes of a tileset.
func packedOf(t *testing.T, p *prepared) []byte {
	t.Helper()
	var text bytes.Buffer
	if err := p.pack(&text, "x"); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func TestWhatIsPreparedIsPackedToTheLastBit(t *testing.T) {
	for name, s := range keptSets(t) {
		t.Run(name, func(t *testing.T) {
			p, err := unpackPrepared(packedOf(t, s.prepared), "x")
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(p, s.prepared) {
				t.Error("it is not what was packed")
			}
			again := p.tileset(s.options, s.set)
			for z := uint32(7); z <= 10; z++ {
				for x, y := range s.Covered(z) {
					was, err := s.Tile(t.Context(), z, x, y)
					is, e := again.render(t.Context(), address{z, x, y})
					if err := errors.Join(err, e); err != nil {
						t.Fatal(err)
					}
					if (was == nil) != (is == nil) || was != nil && was.Hash() != is.Hash() {
						t.Errorf("other bytes at %d/%d/%d", z, x, y)
					}
				}
			}
		})
	}
}

// keptSets are the tilesets of the embedded datasets' newest editions.
func keptSets(t *testing.T) map[string]*Tileset {
	t.Helper()
	out := map[string]*Tileset{}
	for name, a := range keptAtlases(t, nil) {
		out[name] = a.first
	}
	return out
}

func keptAtlases(t *testing.T, keeper data.Keeper) map[string]*Atlas {
	t.Helper()
	out := map[string]*Atlas{}
	for name, folder := range map[string]fs.FS{"gaza": gaza.Files, "demo": demo.Files()} {
		s, _, err := data.Read(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		if out[name], err = NewAtlas(t.Context(), s, Options{Keeper: keeper}); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestADamagedTilesetIsSeen(t *testing.T) {
	text := packedOf(t, keptSets(t)["gaza"].prepared)
	for at := 0; at < len(text); at += len(text)/200 + 1 {
		damaged := bytes.Clone(text)
		damaged[at]++
		if _, err := unpackPrepared(damaged, "x"); !errors.Is(err, pack.ErrDamaged) {
			t.Errorf("byte %d: %v", at, err)
		}
	}
	if _, err := unpackPrepared(text, "y"); !errors.Is(err, pack.ErrForeign) {
		t.Errorf("under another name: %v", err)
	}
}

// remembering is a data.Keeper.
type remembering struct {
	kept   map[string][]byte
	spoilt int
}

func (r *remembering) Take(name string) []byte     { return r.kept[name] }
func (r *remembering) Spoilt(name string, _ error) { delete(r.kept, name); r.spoilt++ }
func (r *remembering) Forget(string)               {}
func (r *remembering) Keep(_ context.Context, name string, write func(io.Writer) error) {
	var text bytes.Buffer
	if write(&text) == nil {
		r.kept[name] = text.Bytes()
	}
}

func TestAnAtlasTakesWhatAnEarlierStartPrepared(t *testing.T) {
	keeper := &remembering{kept: map[string][]byte{}}
	for name, a := range keptAtlases(t, keeper) {
		if len(keeper.kept) > 0 {
			t.Errorf("%s: so small an edition is kept", name)
		}
		ask := func() *prepared {
			set, err := a.takeOrPrepare(t.Context(), a.newest())
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(set.prepared, a.first.prepared) {
				t.Errorf("%s: it is not what was prepared", name)
			}
			return set.prepared
		}
		ask()
		if len(keeper.kept) != 1 {
			t.Fatalf("%s: %d are kept", name, len(keeper.kept))
		}
		for kept, text := range keeper.kept {
			if !strings.HasPrefix(kept, data.KeptOf(a.snapshot.Name(), "")) {
				t.Errorf("%s: %s does not begin with the name of the snapshot", name, kept)
			}
			ask()
			keeper.kept[kept] = text[:len(text)-1]
			ask()
			if keeper.spoilt != 1 || !bytes.Equal(keeper.kept[kept], text) {
				t.Errorf("%s: what is damaged is not made anew", name)
			}
		}
		a.options.Buffer++
		if other := a.keptName(a.newest()); keeper.kept[other] != nil {
			t.Errorf("%s: taken for other options", name)
		}
		keeper.kept, keeper.spoilt = map[string][]byte{}, 0
	}
}
