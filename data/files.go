package data

import (
	"bytes"
	"io/fs"
	"time"
)

// The files of a dataset folder (docs/dataset.md).
const (
	datasetFile     = "dataset.json"
	territoriesFile = "territories.geojson"
	zonesFile       = "zones.geojson"
	linesFile       = "control_lines.geojson"
	placesFile      = "places.geojson"
	thingsFile      = "things.geojson"
	claimsFile      = "claims.json"
)

// IsFile reports whether a name is that of a file of a dataset folder; others
// may lie beside them.
func IsFile(name string) bool {
	switch name {
	case datasetFile, territoriesFile, zonesFile, linesFile, placesFile, thingsFile, claimsFile:
		return true
	}
	return false
}

// Files is a dataset folder in memory: names to texts. It is an fs.FS of plain
// files without folders, for Read.
type Files map[string][]byte

// Open implements fs.FS.
func (f Files) Open(name string) (fs.File, error) {
	text, ok := f[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openFile{bytes.NewReader(text), name, int64(len(text))}, nil
}

// openFile is an open file of Files, and what is known of it.
type openFile struct {
	*bytes.Reader
	name string
	size int64
}

func (f *openFile) Stat() (fs.FileInfo, error) { return fileInfo{f.name, f.size}, nil }
func (f *openFile) Close() error               { return nil }

type fileInfo struct {
	name string
	size int64
}

func (i fileInfo) Name() string     { return i.name }
func (i fileInfo) Size() int64      { return i.size }
func (fileInfo) Mode() fs.FileMode  { return 0o444 }
func (fileInfo) ModTime() time.Time { return time.Time{} }
func (fileInfo) IsDir() bool        { return false }
func (fileInfo) Sys() any           { return nil }
