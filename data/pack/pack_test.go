package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// drawNumber draws a coordinate as files have them, or any number at all.
func drawNumber(t *rapid.T) float64 {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return math.Float64frombits(rapid.Uint64().Draw(t, "bits"))
	case 1:
		return rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 180, -180, 1e-7, 5e-324, 0.1, math.Nextafter(34.5, 90)}).Draw(t, "number")
	}
	decimals := rapid.SampledFrom([]float64{1, 1e5, 1e7, 1e9, 1e12, 1e15}).Draw(t, "decimals")
	return float64(rapid.Int64Range(-180*int64(decimals), 180*int64(decimals)).Draw(t, "number")) / decimals
}

func drawPath(t *rapid.T) Path {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) orb.Point { return orb.Point{drawNumber(t), drawNumber(t)} }), 1, 9).Draw(t, "path")
}

// bits are the bits of a path.
func bits(path Path) []uint64 {
	var out []uint64
	for _, p := range path {
		out = append(out, math.Float64bits(p[0]), math.Float64bits(p[1]))
	}
	return out
}

func TestLawPathsComeBackToTheLastBitAndSharedOnesOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(drawPath), 0, 30).Draw(t, "paths")
		paths, numbers := NewPaths(), []uint64{}
		for _, path := range append(all, all...) {
			numbers = append(numbers, paths.Number(path))
		}
		if paths.Number(nil) != 0 || !slices.Equal(numbers[:len(all)], numbers[len(all):]) {
			t.Fatal("paths that share their memory have several numbers")
		}
		var text bytes.Buffer
		w := NewWriter(&text, "paths")
		paths.Write(w)
		if err := w.End(); err != nil {
			t.Fatal(err)
		}
		f, err := Open(text.Bytes(), "paths")
		if err != nil {
			t.Fatal(err)
		}
		read, err := ReadPaths(context.Background(), f, 2)
		if err := errors.Join(err, f.End()); err != nil {
			t.Fatal(err)
		}
		if len(read) != len(all)+1 || len(read[0]) != 0 {
			t.Fatalf("%d paths of %d", len(read)-1, len(all))
		}
		for i, path := range all {
			got := read[numbers[i]]
			if !slices.Equal(bits(got), bits(path)) {
				t.Fatalf("%v became %v", path, got)
			}
			if len(got) != cap(got) {
				t.Fatal("who adds to a path writes over the next one")
			}
		}
	})
}

func TestManyPathsComeBackFromManyBlocks(t *testing.T) {
	paths, all := NewPaths(), []Path{}
	for i := range 300 {
		path := make(Path, 1000+i)
		for k := range path {
			path[k] = orb.Point{float64(i) / 10, float64(k) / 1000}
		}
		all = append(all, path)
		paths.Number(path)
	}
	var text bytes.Buffer
	w := NewWriter(&text, "")
	paths.Write(w)
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	f, err := Open(text.Bytes(), "")
	if err != nil {
		t.Fatal(err)
	}
	read, err := ReadPaths(t.Context(), f, 3)
	if err != nil || !slices.EqualFunc(read[1:], all, slices.Equal[Path]) {
		t.Error(err)
	}
	if raw := 16 * 300 * 1150; text.Len() > raw/3 {
		t.Errorf("%d bytes of %d", text.Len(), raw)
	}
}

// fill writes values of every kind.
func fill(r *Row, whole uint64, number int64, float float64, word string, lines []string) {
	r.Uint(whole)
	r.Int(number)
	r.Float(float)
	r.Text(word)
	r.Known(word)
	r.Lines(lines)
	r.Known("known")
}

func TestLawValuesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, number, float := rapid.Uint64().Draw(t, "whole"), rapid.Int64().Draw(t, "number"), drawNumber(t)
		word, lines := rapid.String().Draw(t, "word"), rapid.SliceOf(rapid.String()).Draw(t, "lines")
		texts := NewTexts()
		row := &Row{Texts: texts}
		fill(row, whole, number, float, word, lines)
		var file bytes.Buffer
		w := NewWriter(&file, "name")
		texts.Write(w)
		w.Block(row.Bytes)
		if err := w.End(); err != nil {
			t.Fatal(err)
		}
		f, err := Open(file.Bytes(), "name")
		if err != nil {
			t.Fatal(err)
		}
		known, err := ReadTexts(f)
		block, e := f.Block()
		if err := errors.Join(err, e, f.End()); err != nil {
			t.Fatal(err)
		}
		r := NewReader(block, known)
		if r.Uint() != whole || r.Int() != number || math.Float64bits(r.Float()) != math.Float64bits(float) || r.Text() != word || r.Known() != word ||
			!slices.Equal(r.Lines(), lines) || r.Known() != "known" {
			t.Fatal("other values")
		}
		if err := r.End(); err != nil {
			t.Fatal(err)
		}
		if r.Uint(); !errors.Is(r.End(), ErrDamaged) {
			t.Fatal("a value after the last")
		}
	})
}

func TestAFileThatIsNotWholeOrOfSomethingElseIsNone(t *testing.T) {
	var text bytes.Buffer
	w := NewWriter(&text, "name")
	w.Block([]byte("some text"))
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	whole := text.Bytes()
	for at := range whole {
		changed := bytes.Clone(whole)
		changed[at] ^= 4
		if _, err := Open(changed, "name"); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d changed: %v", at, err)
		}
		if _, err := Open(whole[:at], "name"); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut off at byte %d: %v", at, err)
		}
	}
	for what, name := range map[string]string{"a longer name": "name2", "a shorter one": "nam", "none": ""} {
		if _, err := Open(whole, name); !errors.Is(err, ErrForeign) {
			t.Errorf("%s: %v", what, err)
		}
	}
	body := []byte("another format 1")
	sum := sha256.Sum256(body)
	if _, err := Open(append(body, sum[:]...), "name"); !errors.Is(err, ErrForeign) {
		t.Errorf("another format: %v", err)
	}
}

// Whatever somebody puts into a file with its right hash, reading it ends, without a
// panic and with no more memory than a part of the file's size.
func FuzzRead(f *testing.F) {
	texts, paths := NewTexts(), NewPaths()
	row := &Row{Texts: texts}
	fill(row, 1<<40, -7, 0.1, "word", []string{"a", "", "bc"})
	paths.Number(Path{{34.5, 31.25}, {34.6, 31.3}})
	paths.Number(Path{{math.Pi, math.E}})
	var whole bytes.Buffer
	w := NewWriter(&whole, "")
	paths.Write(w)
	texts.Write(w)
	w.Block(row.Bytes)
	if err := w.End(); err != nil {
		f.Fatal(err)
	}
	f.Add(whole.Bytes()[len(magic)+1 : whole.Len()-sha256.Size])
	f.Fuzz(func(t *testing.T, text []byte) {
		body := append([]byte(magic+"\x00"), text...)
		sum := sha256.Sum256(body)
		file, err := Open(append(body, sum[:]...), "")
		if err != nil {
			t.Fatal(err)
		}
		all, err := ReadPaths(t.Context(), file, 1)
		if err != nil {
			return
		}
		positions := 0
		for _, path := range all {
			positions += len(path)
		}
		if positions > len(text) {
			t.Errorf("%d positions in %d bytes", positions, len(text))
		}
		known, err := ReadTexts(file)
		if err != nil {
			return
		}
		block, err := file.Block()
		if err != nil {
			return
		}
		r := NewReader(block, known)
		r.Uint()
		r.Int()
		r.Float()
		r.Text()
		r.Known()
		r.Lines()
		r.Known()
		if err := r.End(); err != nil && !errors.Is(err, ErrDamaged) {
			t.Error(err)
		}
	})
}
