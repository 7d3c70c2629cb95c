package foreign

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
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

// archive is a zip on its way to the one file in it that is read.
type archive struct {
	*input
	entries    []archived
	candidates []archived // those of a format
}

// unzip goes on with the one file of an archive that can be read, or with the one
// that is asked for of several.
func (in *input) unzip() error {
	z := &archive{input: in}
	if err := z.open(); err != nil {
		return err
	}
	if err := z.look(); err != nil {
		return err
	}
	if err := z.withoutLinks(); err != nil {
		return err
	}
	chosen, err := z.choose()
	if err != nil {
		return err
	}
	return z.goOn(chosen)
}

// open lists the files of an archive, without those that macOS and others add.
func (z *archive) open() error {
	packed, err := z.all(z.body)
	if err != nil {
		return err
	}
	reader, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if errors.Is(err, zip.ErrFormat) { // its last bytes list what it holds (APPNOTE.TXT, 4.3.16)
		return z.cutOff(int64(len(packed)), -1)
	}
	if err != nil {
		return fmt.Errorf("zip: %w", err)
	}
	if len(reader.File) > mostEntries {
		return z.fault("too-large", "", fmt.Sprintf("it holds %d files, and no more than %d are looked at: pack fewer", len(reader.File), mostEntries))
	}
	for _, f := range reader.File {
		name := strings.ReplaceAll(f.Name, `\`, "/") // of Windows
		if !utf8.ValidString(name) {
			name, _ = charmap.CodePage437.NewDecoder().String(name) // APPNOTE.TXT, D.1
		}
		hidden := slices.ContainsFunc(strings.Split(name, "/"), func(step string) bool {
			return step == "__MACOSX" || strings.HasPrefix(step, ".") && step != "." && step != ".."
		})
		if !hidden && !strings.HasSuffix(name, "/") {
			z.entries = append(z.entries, archived{f, name})
		}
	}
	return nil
}

// look finds the files that are of a format by their own first bytes.
func (z *archive) look() error {
	for _, e := range z.entries {
		if slices.Contains(sidecars, strings.ToLower(path.Ext(e.path))) {
			continue
		}
		readable, err := z.readable(e)
		if err != nil {
			return fmt.Errorf("zip: %s: %w", e.path, err)
		}
		if readable {
			z.candidates = append(z.candidates, e)
		}
	}
	return nil
}

// readable reports whether a file of an archive is of a format, unwrapped or not.
// An archive in it is not looked into.
func (z *archive) readable(e archived) (bool, error) {
	r, err := e.Open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	head, err := io.ReadAll(io.LimitReader(r, lookSize))
	if err != nil && len(head) == 0 {
		return false, err
	}
	look := &input{Options: z.Options}
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

// goOn reads the chosen file in the place of the archive.
func (z *archive) goOn(chosen archived) error {
	unpacked, err := chosen.Open()
	if err != nil {
		return fmt.Errorf("zip: %s: %w", chosen.path, err)
	}
	if len(z.candidates) > 1 {
		z.layers = layersOf(z.candidates)
		z.layers[slices.Index(z.candidates, chosen)].Read = true
	}
	z.Path = "" // other programs would read what is packed
	z.Name += "/" + chosen.path
	z.inside = path.Join(z.inside, chosen.path)
	if !fs.ValidPath(chosen.path) {
		z.inside = "../" + z.inside // nor is it one for other programs
	}
	z.Beside = func(extension string) (io.ReadCloser, error) {
		for _, e := range z.entries {
			if e.stem() == chosen.stem() && strings.EqualFold(path.Ext(e.path), "."+extension) {
				return e.Open()
			}
		}
		return nil, fs.ErrNotExist
	}
	z.peek(&bounded{undamaged{unpacked, z.input}, z.Limit, z.fault("too-large", "", fmt.Sprintf("it unpacks to more than %d bytes", z.Limit))})
	return nil
}
