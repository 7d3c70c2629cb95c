package foreign

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"github.com/demarc-map/demarc/geojson"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// mostWrapped is how many wrappings of a file are taken off.
const mostWrapped = 3

// unwrap opens a file and takes off what it came in.
func unwrap(file File, options Options) (*input, error) {
	opened, err := file.Open()
	if err != nil {
		return nil, err
	}
	in := &input{File: file, Options: options, opened: opened}
	in.peek(opened)
	for len(in.wrapped) <= mostWrapped {
		more, err := in.unwrapOnce()
		if err != nil {
			return nil, errors.Join(in.unreadable(err), opened.Close())
		}
		if !more {
			return in, nil
		}
	}
	return nil, errors.Join(in.fault("too-deep", "", fmt.Sprintf("it is packed more than %d times", mostWrapped)), opened.Close())
}

// unreadable is the fault of a file that cannot be read on.
func (in *input) unreadable(err error) error {
	var unchosen Unchosen
	if errors.As(err, &unchosen) {
		return unchosen
	}
	var bad geojson.Fault
	if errors.As(err, &bad) {
		return bad
	}
	if errors.Is(err, errCurves) {
		return in.fault("curves", "", curved(err, in.command(toStraight)))
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return in.cutOff(-1, -1)
	}
	if corrupt := flate.CorruptInputError(0); errors.As(err, &corrupt) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, zip.ErrChecksum) {
		return in.fault("unreadable", "", err.Error()+": it was damaged on its way, so get it again")
	}
	return in.fault("unreadable", "", err.Error())
}

// cutOff is the fault of a file that ends after so many bytes of more, each -1 where that
// is not known.
func (in *input) cutOff(bytes, of int64) geojson.Fault {
	ends := "too early"
	switch {
	case of >= 0:
		ends = fmt.Sprintf("after %d bytes of %d", bytes, of)
	case bytes >= 0:
		ends = fmt.Sprintf("after %d bytes, too early", bytes)
	}
	return in.fault("truncated", "", "the file ends "+ends+": it was cut off, so get it again")
}

// peek looks at the first bytes of what the file is read from.
func (in *input) peek(r io.Reader) {
	b := bufio.NewReaderSize(r, headSize)
	in.head, _ = b.Peek(headSize) // an error comes again when it is read
	in.body = b
}

// unwrapOnce takes off one wrapping, and says whether there was one.
func (in *input) unwrapOnce() (bool, error) {
	switch {
	case isZip(in.head):
		in.wrapped = append(in.wrapped, "zip")
		return true, in.unzip()
	case bytes.HasPrefix(in.head, []byte{0x1f, 0x8b}):
		unpacked, err := gzip.NewReader(in.body)
		if err != nil {
			return false, fmt.Errorf("gzip: %w", err)
		}
		in.wrapped = append(in.wrapped, "gzip")
		in.Path = "" // other programs would read what is packed
		in.peek(&bounded{undamaged{unpacked, in}, in.Limit, in.fault("too-large", "", fmt.Sprintf("it unpacks to more than %d bytes", in.Limit))})
		return true, nil
	case bytes.HasPrefix(in.head, []byte{0xef, 0xbb, 0xbf}):
		in.wrapped = append(in.wrapped, "byte order mark")
		_, err := in.body.(*bufio.Reader).Discard(3)
		in.peek(in.body)
		return true, err
	case bytes.HasPrefix(in.head, []byte{0xff, 0xfe}), bytes.HasPrefix(in.head, []byte{0xfe, 0xff}):
		in.wrapped = append(in.wrapped, "UTF-16")
		in.peek(transform.NewReader(in.body, unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder()))
		return true, nil
	}
	if order, ok := unmarked(in.head); ok {
		in.wrapped = append(in.wrapped, "UTF-16")
		in.note("the text is taken to be UTF-16, which has no mark")
		in.peek(transform.NewReader(in.body, unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder()))
		return true, nil
	}
	return false, nil
}

// undamaged is what is unpacked; that it cannot be read on is a fault of the file.
type undamaged struct {
	r  io.Reader
	in *input
}

// Read implements io.Reader.
func (u undamaged) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = u.in.unreadable(err)
	}
	return n, err
}
