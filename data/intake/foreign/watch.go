package foreign

import (
	"bytes"
	"fmt"
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
	cut      bool      // the server says that there is more
	kept     []byte    // the value of crs so far
	crs      bool      // it is being read
	ended    bool
	err      error
}

// longestWord is how much of a string is kept.
const longestWord = 64

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
	if err == io.EOF && w.cut {
		if bad := w.in.truncated(w.features); bad != nil {
			err = bad
		}
	}
	w.err = err
	return n, err
}

// look goes on with so many bytes.
func (w *watched) look(b []byte) error {
	for at := 0; at < len(b); at++ {
		if at += w.pass(b[at:]); at == len(b) {
			break
		}
		c := b[at]
		if w.crs && len(w.kept) < 1000 {
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
	if w.depth <= 2 || w.quoted || w.crs {
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
			w.crs = w.crs || w.depth == 1 && w.names[1] == "crs"
		}
	case '{', '[':
		if w.ended && c == '{' {
			return w.in.fault("wrong-type", "", "another text follows the first, which is a FeatureCollection: give each a file of its own")
		}
		if w.depth == 2 && c == '{' && w.names[1] == "features" {
			w.features++
		}
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
		w.cut = w.cut || w.depth == 1 && w.names[1] == exceeded || w.depth == 2 && w.names[1] == "properties" && w.names[2] == exceeded
	}
	return nil
}

// known is the end of a member: a crs is whole.
func (w *watched) known() error {
	if !w.crs {
		return nil
	}
	value := bytes.TrimSpace(w.kept[:max(len(w.kept)-1, 0)])
	w.crs, w.kept = false, nil
	if name, ok := geojson.WGS84(value); !ok && name != "" {
		return w.in.foreignCRS(name)
	}
	return nil // what is no crs, package geojson refuses
}

// exceeded is the member by which ArcGIS says that there is more: of the whole
// answer, or of the properties of a collection.
const exceeded = "exceededTransferLimit"

// truncated is the fault of an answer that is not all, or nil with a note where that
// is allowed.
func (in *input) truncated(features int) error {
	if in.Truncated {
		in.note("the server says that there is more (%s): only its first %d features are read, as was asked", exceeded, features)
		return nil
	}
	return in.fault("truncated", exceeded, fmt.Sprintf("the server sent %d features and says that there are more: ask again with resultOffset=%d, and so on until it says no more, and import all the answers; --allow-truncated reads these alone", features, features))
}
