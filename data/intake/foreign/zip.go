package foreign

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mostEntries is how many files of an archive are looked at.
const mostEntries = 10_000

// lookSize is how many bytes of each they are told by.
const lookSize = 4 << 10

// sidecars are the files that belong to another beside them.
var sidecars = []string{".dbf", ".prj", ".shx", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".xml", ".qml", ".sld"}

// isZip reports whether a file is a zip archive.
func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) // of nothing
}

// archived is one file of an archive. Its path is a name only: nothing is ever
// written to a disk.
type archived struct {
	*zip.File
	path string
}

// stem is the path without its extension, in lower case.
func (a archived) stem() string {
	return strings.ToLower(strings.TrimSuffix(a.path, path.Ext(a.path)))
}

// unzip goes on with the one file of an archive that can be read, or with the one
// that is asked for of several.
func (in *input) unzip() error {
	packed, err := in.all(in.body)
	if err != nil {
		return err
	}
	reader, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return fmt.Errorf("zip: %w", err)
	}
	entries, err := in.entries(reader)
	if err != nil {
		return err
	}
	candidates, err := in.candidates(entries)
	if err != nil {
		return err
	}
	if candidates, err = in.withoutLinks(candidates); err != nil {
		return err
	}
	chosen, err := in.choose(candidates, entries)
	if err != nil {
		return err
	}
	unpacked, err := chosen.Open()
	if err != nil {
		return fmt.Errorf("zip: %s: %w", chosen.path, err)
	}
	if len(candidates) > 1 {
		for _, c := range candidates {
			in.layers = append(in.layers, Layer{Name: c.path, Features: -1, Read: c == chosen})
		}
	}
	in.Path = "" // other programs would read what is packed
	in.Name += "/" + chosen.path
	in.Beside = func(extension string) (io.ReadCloser, error) {
		for _, e := range entries {
			if e.stem() == chosen.stem() && strings.EqualFold(path.Ext(e.path), "."+extension) {
				return e.Open()
			}
		}
		return nil, fs.ErrNotExist
	}
	in.peek(&bounded{undamaged{unpacked, in}, in.Limit, in.fault("too-large", "", fmt.Sprintf("it unpacks to more than %d bytes", in.Limit))})
	return nil
}

// entries lists the files of an archive, without those that macOS and others add.
func (in *input) entries(reader *zip.Reader) ([]archived, error) {
	if len(reader.File) > mostEntries {
		return nil, in.fault("too-large", "", fmt.Sprintf("it holds %d files, and no more than %d are looked at: pack fewer", len(reader.File), mostEntries))
	}
	var all []archived
	for _, f := range reader.File {
		name := strings.ReplaceAll(f.Name, `\`, "/") // of Windows
		if !utf8.ValidString(name) {
			name, _ = charmap.CodePage437.NewDecoder().String(name) // APPNOTE.TXT, D.1
		}
		hidden := slices.ContainsFunc(strings.Split(name, "/"), func(step string) bool {
			return step == "__MACOSX" || strings.HasPrefix(step, ".") && step != "." && step != ".."
		})
		if !hidden && !strings.HasSuffix(name, "/") {
			all = append(all, archived{f, name})
		}
	}
	return all, nil
}

// candidates are the files that are of a format by their own first bytes.
func (in *input) candidates(entries []archived) ([]archived, error) {
	var all []archived
	for _, e := range entries {
		if slices.Contains(sidecars, strings.ToLower(path.Ext(e.path))) {
			continue
		}
		readable, err := in.readable(e)
		if err != nil {
			return nil, fmt.Errorf("zip: %s: %w", e.path, err)
		}
		if readable {
			all = append(all, e)
		}
	}
	return all, nil
}

// readable reports whether a file of an archive is of a format, unwrapped or not.
// An archive in it is not looked into.
func (in *input) readable(e archived) (bool, error) {
	r, err := e.Open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, lookSize))
	if err != nil && len(head) == 0 {
		return false, err
	}
	look := &input{Options: in.Options}
	look.head, look.body = head, bufio.NewReaderSize(bytes.NewReader(head), lookSize)
	for range mostWrapped {
		if isZip(look.head) {
			return true, nil
		}
		if more, err := look.unwrapOnce(); err != nil || !more {
			break
		}
	}
	return formatOf(look.head) != nil, nil
}
