package archive

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/klauspost/compress/gzip"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// reading is what testdata/reader/read.mjs finds in an archive.
type reading struct {
	Header struct {
		RootDirectoryLength, LeafDirectoryLength                         int
		NumAddressedTiles, NumTileEntries, NumTileContents               int
		Clustered                                                        bool
		InternalCompression, TileCompression, TileType, MinZoom, MaxZoom int
		MinLon, MinLat, MaxLon, MaxLat, CenterLon, CenterLat, CenterZoom float64
	}
	Metadata description
	Tiles    []struct {
		ID   uint64
		Hash *string
	}
}

// readByNPM reads tiles of an archive with the npm package pmtiles.
func readByNPM(t testing.TB, file string, addresses []tile) (r reading) {
	t.Helper()
	node := referee.Program(t, "node", "node")
	dir := filepath.Join(referee.Root(), "tiles", "archive", "testdata", "reader")
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		referee.Absent(t, "node", "run npm ci in tiles/archive/testdata/reader")
	}
	list := [][3]uint32{}
	for _, a := range addresses {
		list = append(list, [3]uint32{a.z, a.x, a.y})
	}
	in, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "in.json")
	if err := os.WriteFile(name, in, 0o600); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	cmd := exec.Command(node, filepath.Join(dir, "read.mjs"), file)
	cmd.Stdin = stdin
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(programError(err))
	}
	if err := json.Unmarshal(out, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Tiles) != len(addresses) {
		t.Fatalf("%d tiles of %d", len(r.Tiles), len(addresses))
	}
	return r
}

// programError adds what a program said to the error of running it.
func programError(err error) error {
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		return fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	return err
}

// verify checks an archive with go-pmtiles, when testdata/verify is built.
func verify(t testing.TB, file string) {
	t.Helper()
	program := filepath.Join(referee.Root(), "tiles", "archive", "testdata", "verify", "verify")
	if _, err := os.Stat(program); err != nil {
		referee.Absent(t, "go-pmtiles", "run go build in tiles/archive/testdata/verify")
	}
	if out, err := exec.Command(program, file).CombinedOutput(); err != nil {
		t.Errorf("go-pmtiles: %v: %s", err, out)
	}
}

// covered are the tiles of the embedded dataset that may show anything, and some
// beside them.
func covered(t testing.TB, o *Options) (all []tile) {
	t.Helper()
	atlas, _ := made()
	err := eachCovered(context.Background(), atlas, o, func(a tile) error {
		all = append(all, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for z := o.MinZoom; z <= o.MaxZoom; z++ {
		all = append(all, tile{z: z}, tile{z: z, x: 1<<z - 1, y: 1<<z - 1})
	}
	return all
}

func TestTheReaderOfWebMapsFindsEveryTileOfTheAtlas(t *testing.T) {
	atlas, o := made()
	file := filepath.Join(t.TempDir(), "a.pmtiles")
	_, summary := write(t, file, o)
	addresses := covered(t, &o)
	r := readByNPM(t, file, addresses)
	shown := map[uint64]bool{}
	for i, a := range addresses {
		body, err := atlas.Tile(context.Background(), o.Edition, a.z, a.x, a.y)
		if err != nil {
			t.Fatal(err)
		}
		got := r.Tiles[i]
		switch {
		case got.ID != tileID(a.z, a.x, a.y):
			t.Errorf("%d/%d/%d has number %d, not %d", a.z, a.x, a.y, tileID(a.z, a.x, a.y), got.ID)
		case (body == nil) != (got.Hash == nil), body != nil && body.Hash() != *got.Hash:
			t.Errorf("%d/%d/%d differs", a.z, a.x, a.y)
		}
		if body != nil {
			shown[got.ID] = true
		}
	}
	if len(shown) != summary.Tiles {
		t.Errorf("%d tiles are not empty, %d are written", len(shown), summary.Tiles)
	}
	h := &r.Header
	if h.NumAddressedTiles != summary.Tiles || h.NumTileContents != summary.Contents || !h.Clustered ||
		h.InternalCompression != 2 || h.TileCompression != 2 || h.TileType != 1 || h.MinZoom != 0 || h.MaxZoom != 14 || h.CenterZoom != 9 {
		t.Errorf("the header is %+v", h)
	}
	b := atlas.Snapshot().Bound()
	for _, pair := range [][2]float64{{h.MinLon, b.Min[0]}, {h.MinLat, b.Min[1]}, {h.MaxLon, b.Max[0]}, {h.MaxLat, b.Max[1]}, {h.CenterLon, b.Center()[0]}, {h.CenterLat, b.Center()[1]}} {
		if math.Abs(pair[0]-pair[1]) > 1.01e-7 {
			t.Errorf("%v in the header, want %v", pair[0], pair[1])
		}
	}
	layers, err := atlas.VectorLayers(context.Background(), o.Edition)
	if err != nil {
		t.Fatal(err)
	}
	m, s := &r.Metadata, atlas.Snapshot()
	if m.Snapshot != s.Name() || m.Attribution != s.Dataset.Credits().In("en") || m.Basis != o.Edition.Basis || m.Type != "overlay" ||
		len(m.VectorLayers) != len(layers) || len(m.VectorLayers[0].Fields) != len(layers[0].Fields) || m.VectorLayers[0].MaxZoom != 14 {
		t.Errorf("the metadata is %+v", m)
	}
	verify(t, file)
}

// large returns a journal of made-up tiles: more than a root directory can name,
// in runs of equal ones and repeating earlier ones.
func large(t testing.TB, count int) *journal {
	t.Helper()
	j, err := openJournal(context.Background(), filepath.Join(t.TempDir(), "journal"), heading{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.close() })
	random := rand.New(rand.NewPCG(1, 2))
	var all []tile
	var bodies [][]byte
	seed := uint32(0)
	c := cursor{z: 12}
	for range count {
		for range 1 + random.IntN(3) {
			c.next()
		}
		if random.IntN(3) > 0 {
			seed = random.Uint32N(uint32(count)) // some contents come again
		}
		plain := binary.LittleEndian.AppendUint32([]byte("tile "), seed)
		body, err := compress(plain, gzip.StatelessCompression)
		if err != nil {
			t.Fatal(err)
		}
		all, bodies = append(all, tile{c.z, c.x, c.y, sha256.Sum256(plain)}), append(bodies, body)
	}
	if err := j.add(all, bodies); err != nil {
		t.Fatal(err)
	}
	return j
}

// cursor goes along the curve of a zoom: to the neighbour with the next number.
type cursor struct{ z, x, y uint32 }

func (c *cursor) next() {
	want := tileID(c.z, c.x, c.y) + 1
	for _, n := range [4]cursor{{c.z, c.x + 1, c.y}, {c.z, c.x - 1, c.y}, {c.z, c.x, c.y + 1}, {c.z, c.x, c.y - 1}} {
		if n.x>>n.z == 0 && n.y>>n.z == 0 && tileID(n.z, n.x, n.y) == want {
			*c = n
			return
		}
	}
}

func TestALargeArchiveIsReadThroughItsLeafDirectories(t *testing.T) {
	referee.Figures(t)
	j := large(t, 12_000)
	file := filepath.Join(t.TempDir(), "a.pmtiles")
	d := &description{minZoom: 12, maxZoom: 12, bound: orb.Bound{Min: orb.Point{-180, -85}, Max: orb.Point{180, 85}}}
	if err := writePMTiles(context.Background(), file, j, d); err != nil {
		t.Fatal(err)
	}
	var addresses []tile
	there := map[uint64]bool{}
	err := j.all(func(a tile, _ []byte) error {
		addresses = append(addresses, a)
		there[tileID(a.z, a.x, a.y)] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for c := (cursor{z: 12}); len(addresses) < j.count+2000; c.next() {
		if !there[tileID(c.z, c.x, c.y)] {
			addresses = append(addresses, tile{z: c.z, x: c.x, y: c.y})
		}
	}
	r := readByNPM(t, file, addresses)
	if r.Header.LeafDirectoryLength == 0 || r.Header.RootDirectoryLength > maxRoot || r.Header.NumTileEntries >= r.Header.NumAddressedTiles {
		t.Errorf("the header is %+v", r.Header)
	}
	for i, a := range addresses {
		got := r.Tiles[i].Hash
		if i < j.count && (got == nil || *got != hex.EncodeToString(a.hash[:])) || i >= j.count && got != nil {
			t.Fatalf("tile %d of %d, %+v, differs", i, j.count, a)
		}
	}
	verify(t, file)
}

// The values are those of the PMTiles specification and of go-pmtiles' tests.
func TestTilesHaveTheirPublishedNumbers(t *testing.T) {
	for at, want := range map[[3]uint32]uint64{
		{0, 0, 0}: 0, {1, 0, 0}: 1, {1, 0, 1}: 2, {1, 1, 1}: 3, {1, 1, 0}: 4, {2, 0, 0}: 5, {12, 3423, 1763}: 19078479,
	} {
		if got := tileID(at[0], at[1], at[2]); got != want {
			t.Errorf("%v has number %d, want %d", at, got, want)
		}
	}
}

func TestTheFourTilesBelowOneHaveFollowingNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		z := rapid.Uint32Range(0, 29).Draw(t, "zoom")
		x, y := rapid.Uint32Range(0, 1<<z-1).Draw(t, "x"), rapid.Uint32Range(0, 1<<z-1).Draw(t, "y")
		first := 4*tileID(z, x, y) + 1
		seen := 0
		for k := range uint32(4) {
			if id := tileID(z+1, 2*x+k&1, 2*y+k>>1); id >= first && id < first+4 {
				seen |= 1 << (id - first)
			}
		}
		if seen != 0b1111 {
			t.Errorf("below %d/%d/%d: %b", z, x, y, seen)
		}
	})
}

func TestTilesAreMadeInTheOrderOfTheirNumbers(t *testing.T) {
	atlas, o := made()
	last := int64(-1)
	err := eachCovered(context.Background(), atlas, &o, func(a tile) error {
		id := int64(tileID(a.z, a.x, a.y))
		if id <= last {
			t.Errorf("%d follows %d", id, last)
		}
		last = id
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
