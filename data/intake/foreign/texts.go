package foreign

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// recordSeparator begins each text of a sequence (RFC 7464, RFC 8142).
const recordSeparator = 0x1e

// texts takes the JSON texts of a sequence one by one: each between record
// separators, where there are such, or each as far as it goes. White space lies
// between them, lines or not.
type texts struct {
	in       *input
	text     *utf8Only
	records  *bufio.Reader     // of a sequence with record separators
	dec      *jsontext.Decoder // of one without
	n        int               // texts taken or begun
	line     int               // on which what was not yet taken begins
	at       int64             // byte at which it does, of records
	from     int64             // byte at which the last text begins
	fromLine int
}

func newTexts(in *input, r *utf8Only) *texts {
	t := &texts{in: in, text: r, line: 1}
	if trimmed := bytes.TrimLeft(in.head, " \t\r\n"); len(trimmed) > 0 && trimmed[0] == recordSeparator {
		t.records = bufio.NewReader(r)
	} else {
		t.dec = jsontext.NewDecoder(r, jsontext.AllowDuplicateNames(true)) // package geojson refuses them
	}
	return t
}

// next is the next text, good until the one after it is asked for. After the last
// comes io.EOF; what is no JSON is a fault that says where the text begins.
func (t *texts) next() (jsontext.Value, error) {
	if t.records != nil {
		return t.nextRecord()
	}
	kind := t.dec.PeekKind()
	t.skip(t.dec.UnreadBuffer(), t.dec.InputOffset())
	if kind == 0 {
		_, err := t.dec.ReadToken()
		return nil, t.broken(err)
	}
	value, err := t.dec.ReadValue()
	if err != nil {
		return nil, t.broken(err)
	}
	t.n++
	t.line += bytes.Count(value, []byte{'\n'})
	return value, nil
}

func (t *texts) nextRecord() (jsontext.Value, error) {
	for {
		record, err := t.records.ReadBytes(recordSeparator)
		if err != nil && err != io.EOF {
			return nil, err
		}
		body := bytes.TrimSuffix(record, []byte{recordSeparator})
		t.skip(body, t.at)
		t.at += int64(len(record))
		text := bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\ufeff"))
		t.line += bytes.Count(bytes.TrimLeft(body, white), []byte{'\n'})
		switch {
		case len(text) == 0 && err == io.EOF:
			return nil, io.EOF
		case len(text) == 0:
			continue
		}
		dec := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true))
		if err = dec.SkipValue(); err == nil {
			if _, err = dec.ReadToken(); err == io.EOF {
				t.n++
				return text, nil
			}
			err = errors.New("two texts in one record: a record separator is missing")
		}
		return nil, t.broken(err)
	}
}

const white = " \t\r\n"

// skip passes over the white space that b begins with.
func (t *texts) skip(b []byte, at int64) {
	lead := b[:len(b)-len(bytes.TrimLeft(b, white))]
	t.line += bytes.Count(lead, []byte{'\n'})
	t.from, t.fromLine = at+int64(len(lead)), t.line
}

// broken makes a fault of what is wrong with the text that was begun.
func (t *texts) broken(err error) error {
	if err == io.EOF {
		return err
	}
	if failed := t.text.failed(); failed != nil {
		return failed
	}
	detail := err.Error()
	var bad *jsontext.SyntacticError
	switch {
	case errors.As(err, &bad) && errors.Is(bad.Err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		detail = "it ends too early: the file was cut off, so get it again"
	case errors.As(err, &bad):
		detail = fmt.Sprintf("%d bytes into it: %v", bad.ByteOffset, bad.Err)
		if t.records == nil {
			if bytes.HasPrefix(bytes.TrimLeft(t.dec.UnreadBuffer(), white), []byte("\ufeff")) {
				return t.joined()
			}
			detail = fmt.Sprintf("at byte %d: %v", bad.ByteOffset, bad.Err)
		}
	}
	t.n++
	return t.in.fault("json", t.place(), detail)
}

// joined is the fault of a byte order mark that does not begin the file.
func (t *texts) joined() error {
	t.n++
	return t.in.fault("json", t.place(), "a byte order mark (EF BB BF) comes before it, as where files were joined: take it out, or import the files one by one")
}

// place says which text was last taken or begun, where it begins, counted as people
// count lines and as programs count bytes.
func (t *texts) place() string {
	return fmt.Sprintf("text #%d, line %d, byte %d", t.n, t.fromLine, t.from)
}
