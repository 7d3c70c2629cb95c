package foreign

import (
	"bytes"
	"io"

	"github.com/demarc-map/demarc/geojson"
)

// watched is a text of GeoJSON that passes through, looked at for what package
// geojson need not know: that a server did not send all, how to transform another
// coordinate system, that other texts follow. No more of it is kept than a name.
type watched struct {
	in       *input
	r        io.Reader
	depth    int
	quoted   bool
	escaped  bool
	word     []byte    // the string that is read, or was last
	names    [3]string // of the member that is open, by depth
	features int       // of a collection, begun
	several  bool      // it has the member features
	partial  partial   // what the server says of how much of its answer this is
	keeping  string    // the member whose value is kept, "" for none
	kept     []byte    // it so far
	ended    bool
	err      error
}

// How much is kept of a name, and of the value of a member.
const (
	longestWord  = 64
	longestValue = 64 << 10
)

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.r.Read(p)
	if bad := w.look(p[:n]); bad != nil {
		w.err = bad
		return 0, bad
	}
	if err == io.EOF {
		if bad := w.whole(); bad != nil {
			err = bad
		}
	}
	w.err = err
	return n, err
}

// whole refuses an answer that is not all of it. A feature alone may have links to others.
func (w *watched) whole() error {
	if !w.several {
		w.partial = partial{exceeded: w.partial.exceeded}
	}
	return w.in.whole(w.partial, w.features)
}

// look goes on with so many bytes.
func (w *watched) look(b []byte) error {
	for at := 0; at < len(b); at++ {
		if at += w.pass(b[at:]); at == len(b) {
			break
		}
		c := b[at]
		if w.keeping != "" && len(w.kept) < longestValue {
			w.kept = append(w.kept, c)
		}
		switch {
		case w.escaped:
			w.escaped = false
		case w.quoted && c == '\\':
			w.escaped = true
		case c == '"':
			if w.quoted = !w.quoted; w.quoted && w.depth <= 2 {
				w.word = w.word[:0]
			}
		case w.quoted:
			if w.depth <= 2 && len(w.word) < longestWord {
				w.word = append(w.word, c)
			}
		default:
			if err := w.outside(c); err != nil {
				return err
			}
		}
	}
	return nil
}

// pass goes over what only opens and closes brackets, inside of features: nearly all of
// a text. It returns how many bytes that is.
func (w *watched) pass(b []byte) int {
	if w.depth <= 2 || w.quoted || w.keeping != "" {
		return 0
	}
	depth := w.depth
	defer func() { w.depth = depth }()
	for i, c := range b {
		if c <= ':' {
			if c == '"' {
				return i
			}
			continue // digits, commas, spaces
		}
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			if depth == 3 { // back to what is looked at
				return i
			}
			depth--
		}
	}
	return len(b)
}

// outside looks at a byte that is in no string.
func (w *watched) outside(c byte) error {
	switch c {
	case ':':
		if w.depth == 1 || w.depth == 2 {
			w.names[w.depth] = string(w.word)
			if name := w.names[1]; w.depth == 1 && (name == "crs" || isSign(name)) {
				w.keeping = name
			}
		}
	case '{', '[':
		if w.ended && c == '{' {
			return w.in.fault("wrong-type", "", "another text follows the first, which is a FeatureCollection: give each a file of its own")
		}
		if w.depth == 2 && c == '{' && w.names[1] == "features" {
			w.features++
		}
		w.several = w.several || w.depth == 1 && w.names[1] == "features"
		if w.depth++; w.depth == 2 {
			w.names[2] = ""
		}
	case ',', '}', ']':
		if w.depth == 1 {
			if err := w.known(); err != nil {
				return err
			}
		}
		if c != ',' {
			w.depth--
			w.ended = w.ended || w.depth == 0
		}
	case 't': // of true
		w.partial.exceeded = w.partial.exceeded || w.depth == 1 && w.names[1] == exceeded || w.depth == 2 && w.names[1] == "properties" && w.names[2] == exceeded
	}
	return nil
}

// known is the end of a member: the value that is kept is whole.
func (w *watched) known() error {
	name, value := w.keeping, bytes.TrimSpace(w.kept[:max(len(w.kept)-1, 0)])
	w.keeping, w.kept = "", w.kept[:0]
	switch {
	case name == "crs":
		if system, ok := geojson.WGS84(value); !ok && system != "" {
			return w.in.foreignCRS(system) // what is no crs, package geojson refuses
		}
	case name != "":
		w.partial.member(name, value)
	}
	return nil
}
