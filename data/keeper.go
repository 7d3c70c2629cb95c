package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
)

// Keeper keeps what was read and checked, so that it need not be checked again. It is
// for one version of the program, which never takes what another one kept. What goes
// wrong costs time and nothing else, so no method has an error.
type Keeper interface {
	// Take returns what was kept under a name, nil when that is nothing.
	Take(name string) []byte
	// Spoilt says that what Take returned cannot be read.
	Spoilt(name string, why error)
	// Forget removes what any version of the program kept under names that begin so.
	Forget(begin string)
	// Keep keeps what write writes.
	Keep(ctx context.Context, name string, write func(io.Writer) error)
}

// kept reads a dataset as check does, or takes what was kept of the same bytes.
func (o ReadOptions) kept(ctx context.Context, folder fs.FS, check func(fs.FS) (*Snapshot, *Report, error)) (*Snapshot, *Report, error) {
	if o.Keeper == nil {
		return check(folder)
	}
	first := summed{FS: folder, sums: map[string][]byte{}}
	if err := first.all(ctx); err != nil {
		return check(folder) // which tells what is wrong
	}
	name := first.name()
	if s, report := o.take(ctx, name); s != nil {
		return s, report, nil
	}
	if err := context.Cause(ctx); err != nil {
		return nil, &Report{}, err
	}
	second := summed{FS: folder, sums: map[string][]byte{}}
	s, report, err := check(second)
	if err == nil && second.name() == name { // what was checked is what the name is of
		o.Keeper.Keep(ctx, name, func(w io.Writer) error { return packSnapshot(w, name, s, report) })
	}
	return s, report, err
}

// take returns what was kept, nil when nothing was that can be read.
func (o ReadOptions) take(ctx context.Context, name string) (*Snapshot, *Report) {
	text := o.Keeper.Take(name)
	if text == nil {
		return nil, nil
	}
	s, report, err := unpack(ctx, text, name, o.workers())
	if err != nil {
		if context.Cause(ctx) == nil {
			o.Keeper.Spoilt(name, err)
		}
		return nil, nil
	}
	return s, report
}

// summed is a folder that knows the hashes of its files as they were read from it.
type summed struct {
	fs.FS
	sums map[string][]byte
}

// datasetFiles are those of a dataset, in the order of their names.
func datasetFiles() []string {
	out := []string{datasetFile, territoriesFile, zonesFile, linesFile, placesFile, thingsFile, claimsFile}
	slices.Sort(out)
	return out
}

// all reads every file.
func (s summed) all(ctx context.Context) error {
	buffer := make([]byte, 1<<20)
	for _, name := range datasetFiles() {
		file, err := s.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(toEnd(ctx, file, buffer), file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// toEnd reads a file to its end.
func toEnd(ctx context.Context, file io.Reader, buffer []byte) error {
	for {
		_, err := file.Read(buffer)
		if err == io.EOF {
			return nil
		}
		if err = errors.Join(err, context.Cause(ctx)); err != nil {
			return err
		}
	}
}

// name names what was read.
func (s summed) name() string {
	hash := sha256.New()
	for _, name := range datasetFiles() {
		if sum, ok := s.sums[name]; ok {
			fmt.Fprintf(hash, "%s %x\n", name, sum)
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Open opens a file whose hash is known once it was read to its end.
func (s summed) Open(name string) (fs.File, error) {
	file, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return &summedFile{file, sha256.New(), func(sum []byte) { s.sums[name] = sum }}, nil
}

type summedFile struct {
	fs.File
	hash hash.Hash
	end  func(sum []byte)
}

func (f *summedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	_, _ = f.hash.Write(p[:n]) // never fails
	if err == io.EOF {
		f.end(f.hash.Sum(nil))
	}
	return n, err
}
