package foreign

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// unmarked returns the byte order of a text in UTF-16 that begins without a mark:
// with letters of ASCII, as every text of JSON or XML does, each beside a zero byte.
func unmarked(head []byte) (order unicode.Endianness, ok bool) {
	const enough = 8
	if len(head) < enough {
		return unicode.LittleEndian, false
	}
	ascii := func(from int) bool { // each second byte a letter, the others zero
		for i := range enough {
			letter := head[i] >= ' ' && head[i] <= '~' || head[i] == '\n' || head[i] == '\r' || head[i] == '\t'
			if i%2 == from && !letter || i%2 != from && head[i] != 0 {
				return false
			}
		}
		return true
	}
	if ascii(1) {
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, ascii(0)
}

// text is the text of the file, which ends with a fault where it is no UTF-8, and
// with the cause of the context.
func (in *input) text(ctx context.Context) *utf8Only {
	return &utf8Only{ctx: ctx, in: in, r: in.body, line: 1}
}

type utf8Only struct {
	ctx    context.Context
	in     *input
	r      io.Reader
	begun  []byte // of a character that a read cut in two
	offset int64  // bytes read, those of begun too
	line   int
	err    error
}

// failed is why the text could not be read on, nil for its end and for what its bytes
// say.
func (u *utf8Only) failed() error {
	if u.err == io.EOF {
		return nil
	}
	return u.err
}

// Read implements io.Reader.
func (u *utf8Only) Read(p []byte) (int, error) {
	if u.err == nil {
		u.err = context.Cause(u.ctx)
	}
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.r.Read(p)
	if u.err = u.check(p[:n]); u.err != nil {
		return 0, u.err
	}
	if err == io.EOF && len(u.begun) > 0 {
		err = u.fault(u.offset-int64(len(u.begun)), u.begun[0])
	}
	u.err = err
	return n, err
}

func (u *utf8Only) check(b []byte) error {
	for len(u.begun) > 0 && len(b) > 0 {
		u.begun = append(u.begun, b[0])
		b, u.offset = b[1:], u.offset+1
		if !utf8.FullRune(u.begun) {
			continue
		}
		if r, size := utf8.DecodeRune(u.begun); r == utf8.RuneError && size == 1 {
			return u.fault(u.offset-int64(len(u.begun)), u.begun[0])
		}
		u.begun = nil
	}
	if !utf8.Valid(b) {
		at := 0
		for r, size := utf8.DecodeRune(b); r != utf8.RuneError || size > 1; r, size = utf8.DecodeRune(b[at:]) {
			at += size
		}
		if utf8.FullRune(b[at:]) {
			u.line += bytes.Count(b[:at], []byte{'\n'})
			return u.fault(u.offset+int64(at), b[at])
		}
		u.begun = bytes.Clone(b[at:])
		u.offset += int64(len(u.begun))
		b = b[:at]
	}
	u.offset += int64(len(b))
	u.line += bytes.Count(b, []byte{'\n'})
	return nil
}

// fault says where the text is no UTF-8. Which of the many encodings of one byte a
// letter it is, no reader can know.
func (u *utf8Only) fault(at int64, b byte) error {
	return u.in.fault("encoding", fmt.Sprintf("line %d, byte %d", u.line, at),
		fmt.Sprintf("0x%X is no UTF-8, so the text is in another encoding: save it as UTF-8, or, where it is Windows-1251 for example: iconv -f WINDOWS-1251 -t UTF-8 %s > %s", b, argument(u.in.Name), argument("utf8-"+path.Base(u.in.Name))))
}
