package intake

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/demarc-map/demarc/data"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Names gives ids to the names of one kind of thing: one id a name, and no two
// names the same one, in whatever script they are written.
type Names struct {
	kind  string            // "party": what ids are made of where a name has no Latin letter
	asked map[string]string // ids that some names are to have
	given []Named
	ids   map[string]string // of the names given, by name
	taken map[string]bool   // ids, those asked for too
}

// Named is a name with its id.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Called gives ids to the parties and readings that foreign files name.
type Called struct{ Parties, Bases *Names }

// NewCalled knows no name yet. Asked says which id some are to have, by name.
func NewCalled(asked map[string]string) (Called, error) {
	parties, err := newNames("party", asked)
	if err != nil {
		return Called{}, err
	}
	bases, err := newNames("basis", asked)
	return Called{parties, bases}, err
}

func newNames(kind string, asked map[string]string) (*Names, error) {
	n := &Names{kind: kind, asked: asked, ids: map[string]string{}, taken: map[string]bool{}}
	for name, id := range asked {
		if !data.ValidID(id) {
			return nil, fmt.Errorf("the id %q asked for %q: an id is made of lower-case letters, digits and hyphens between them", id, name)
		}
		if n.taken[id] {
			return nil, fmt.Errorf("the id %q is asked for two names", id)
		}
		n.taken[id] = true
	}
	return n, nil
}

// ID returns the id of a name, the same whenever it is asked; "" of a name of nothing.
// Who asks first gets the plain one: Slug, or the kind with a number. Names that
// Unicode calls equal (canonical equivalence) are one, as they look, and so are those that differ in white space around them.
func (n *Names) ID(name string) string {
	name = nameOf(name)
	if name == "" {
		return ""
	}
	if id, known := n.ids[name]; known {
		return id
	}
	id, asked := n.asked[name]
	if !asked {
		id = n.free(Slug(name))
	}
	n.ids[name], n.taken[id] = id, true
	n.given = append(n.given, Named{id, name})
	return id
}

// nameOf is a name without what is not seen around it, and as Unicode writes it first.
func nameOf(text string) string { return norm.NFC.String(visible(text)) }

// know learns names that have their ids already, in the order in which they got them.
func (n *Names) know(given []Named) {
	for _, one := range given {
		n.ids[one.Name], n.taken[one.ID] = one.ID, true
		n.given = append(n.given, one)
	}
}

// free returns an id that no name has.
func (n *Names) free(slug string) string {
	id, next := slug, 2
	if slug == "" {
		slug, id = n.kind, n.kind+"-1"
	}
	for ; n.taken[id]; next++ {
		id = fmt.Sprintf("%s-%d", slug, next)
	}
	return id
}

// All lists the names that were asked for, in the order in which they were.
func (n *Names) All() []Named { return n.given }

// Slug makes an id of a text (see data.ValidID): lower case, letters without their
// accents, hyphens for all but letters and digits. It is "" when nothing is left.
// Two texts may have the same one.
func Slug(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn))), text)
	if err != nil {
		plain = text
	}
	var b strings.Builder
	for _, c := range strings.ToLower(plain) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}
