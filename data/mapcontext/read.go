package mapcontext

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"

	"github.com/demarc-map/demarc/geojson"
)

// Folder is the folder of a dataset that its context is in.
const Folder = "context"

const documentFile = "context.json"

// maxVertices bounds a context: it is background.
const maxVertices = 500_000

// ErrRefused means that a context has faults; the report says which.
var ErrRefused = errors.New("context refused")

// IsFile reports whether a name is that of a file of the folder; others may lie
// beside them.
func IsFile(name string) bool {
	for _, layer := range layers() {
		if name == layer+".geojson" {
			return true
		}
	}
	return name == documentFile
}

// layers lists the layers that have a file, from bottom to top.
func layers() []string { return []string{Land, Builtup, Water, Roads, Borders, Places, locator} }

func path(file string) string { return Folder + "/" + file }

// Read reads the context in the folder of a dataset: nil without an error when there
// is none. Where anything is wrong it returns ErrRefused joined with every fault
// found. The report is never nil.
func Read(ctx context.Context, dataset fs.FS, workers int) (*Map, *geojson.Report, error) {
	r := &reader{dataset: dataset, workers: workers, report: &geojson.Report{Faults: []geojson.Fault{}, Repairs: []geojson.Repair{}}, sum: sha256.New()}
	m, err := r.read(ctx)
	if err != nil {
		return nil, r.report, err
	}
	if err := r.report.Err(); err != nil {
		return nil, r.report, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return m, r.report, nil
}

type reader struct {
	dataset  fs.FS
	workers  int
	report   *geojson.Report
	sum      hash.Hash
	vertices int
}

func (r *reader) read(ctx context.Context) (*Map, error) {
	text, err := r.file(documentFile)
	found := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	m := &Map{}
	if found {
		d := r.document(text)
		m.Attribution, m.MappedIn, m.Bearing = d.Attribution, d.MappedIn, d.Bearing
	}
	any := false
	for _, layer := range layers() {
		features, err := r.layer(ctx, layer)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		any = true
		if layer == locator {
			m.Locator = features
		} else if len(features) > 0 {
			m.Layers = append(m.Layers, Layer{layer, features})
		}
	}
	if !any && !found {
		return nil, nil
	}
	if !found {
		r.report.Refuse(geojson.Fault{File: path(documentFile), Rule: "missing-file", Detail: "a context says whom it is from"})
	}
	m.Name = hex.EncodeToString(r.sum.Sum(nil)[:8])
	return m, nil
}

// file reads a file whole, and has its bytes name the context.
func (r *reader) file(name string) ([]byte, error) {
	text, err := fs.ReadFile(r.dataset, path(name))
	if err == nil {
		fmt.Fprintf(r.sum, "%s %d\n", name, len(text))
		r.sum.Write(text)
	}
	return text, err
}

// layer reads the features of one layer.
func (r *reader) layer(ctx context.Context, layer string) ([]Feature, error) {
	name := layer + ".geojson"
	text, err := r.file(name)
	if err != nil {
		return nil, err
	}
	var out []Feature
	options := geojson.Options{Workers: r.workers, Vertices: maxVertices - r.vertices}
	err = geojson.ReadEach(ctx, bytes.NewReader(text), path(name), options, r.report, func(f geojson.Feature, report *geojson.Report) func() error {
		read := feature(layer, f, func(rule, place, detail string) {
			report.Refuse(geojson.Fault{File: path(name), Feature: f.Label(), Rule: rule, Place: place, Detail: detail})
		})
		return func() error {
			out = append(out, read)
			r.vertices += geojson.Positions(f.Geometry)
			return nil
		}
	})
	if errors.Is(err, geojson.ErrTooLarge) || err == nil && r.vertices >= maxVertices {
		r.report.Refuse(geojson.Fault{File: path(name), Rule: "too-large", Detail: fmt.Sprintf("a context has at most %d positions: simplify it, for it is background", maxVertices-1)})
		return out, nil
	}
	return out, err
}
