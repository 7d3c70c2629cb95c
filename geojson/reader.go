package geojson

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// untilDone is a reader that ends with the cause of its context.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u untilDone) Read(p []byte) (int, error) {
	if err := context.Cause(u.ctx); err != nil {
		return 0, err
	}
	return u.r.Read(p)
}

// mark is the byte order mark of UTF-8, which a reader of JSON may ignore (RFC
// 8259, section 8.1) and which programs on Windows write.
const mark = "\ufeff"

// withoutMark is a text without the byte order mark that it may begin with.
func withoutMark(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 16)
	begin, _ := b.Peek(len(mark)) // an error comes again when it is read
	if string(begin) == mark {
		_, _ = b.Discard(len(mark))
	}
	return b
}

// reader is a text being read.
type reader struct {
	ctx      context.Context
	dec      *jsontext.Decoder
	file     string
	options  Options
	report   *Report
	each     Understand
	features int // features begun
	vertices int
	borrow   bool          // the text stays as it is: members need no copy
	inside   bool          // reading a feature of a collection
	objects  []*jsonObject // taken from the text since the last batch
	waiting  []*batch      // under way, in their order
	others   chan struct{} // one for each goroutine beside the reader's own
}

// current labels the feature being read, for faults in the JSON itself.
func (g *reader) current() string {
	if g.inside && g.dec.StackDepth() > 2 { // within the array of features, in one of them
		return fmt.Sprintf("#%d", g.features)
	}
	return ""
}

func (g *reader) fail(rule, format string, args ...any) error {
	return &syntaxFault{rule, string(g.dec.StackPointer()), fmt.Sprintf(format, args...)}
}

// broken turns an error of the decoder into a fault; errors of the underlying reader pass.
func (g *reader) broken(err error) error {
	var bad *jsontext.SyntacticError
	if errors.As(err, &bad) {
		if errors.Unwrap(bad.Err) != nil { // the text is not broken, reading it is
			return bad.Err
		}
		rule := "json"
		if errors.Is(err, jsontext.ErrDuplicateName) {
			rule = "duplicate-member"
		}
		detail := bad.Err.Error()
		if errors.Is(bad.Err, io.ErrUnexpectedEOF) {
			detail = endsEarly
		}
		return &syntaxFault{rule, fmt.Sprintf("%s, byte %d", bad.JSONPointer, bad.ByteOffset), detail}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &syntaxFault{"json", fmt.Sprintf("byte %d", g.dec.InputOffset()), endsEarly}
	}
	return err
}

// endsEarly is what is wrong with a text that is cut off.
const endsEarly = "the text ends too early: a file that was cut off is to be got again"

func (g *reader) tooMany() error {
	return fmt.Errorf("%w: more than %d vertices", ErrTooLarge, g.options.Vertices)
}

// jsonObject is one GeoJSON object whose standard members are kept as raw JSON.
type jsonObject struct {
	kind    string
	members map[string]jsontext.Value
}
