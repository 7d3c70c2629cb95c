package foreign

import (
	"fmt"
	"io"

	"github.com/demarc-map/demarc/geojson"
)

// input is a file on its way to the reader of its format.
type input struct {
	File
	Options
	wrapped []string
	layers  []Layer // files of the archive that it came in
	inside  string  // its path in that archive, or in those
	notes   []string
	made    *Source   // once the file is open, whose notes are added to
	head    []byte    // its first bytes, to tell it by
	body    io.Reader // all of it, from the first byte
	opened  io.Closer
}

// headSize is how many bytes a format is told by.
const headSize = 64 << 10

// all reads what is left of a text into memory, no more than the file's limit.
func (in *input) all(r io.Reader) ([]byte, error) {
	return io.ReadAll(&bounded{r, in.Limit, in.fault("too-large", "", fmt.Sprintf("it holds more than %d bytes", in.Limit))})
}

// note says what was chosen or is left out.
func (in *input) note(sentence string, values ...any) {
	notes := &in.notes
	if in.made != nil {
		notes = &in.made.Notes
	}
	*notes = append(*notes, fmt.Sprintf(sentence, values...))
}

// fault is something wrong with the file.
func (in *input) fault(rule, place, detail string) geojson.Fault {
	return geojson.Fault{File: in.Name, Rule: rule, Place: place, Detail: detail}
}

// bounded is a reader that refuses to go on beyond so many bytes.
type bounded struct {
	r    io.Reader
	left int64
	over error
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, b.over
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left+1)])
	if b.left -= int64(n); b.left < 0 {
		return 0, b.over
	}
	return n, err
}
