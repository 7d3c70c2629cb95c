package foreign

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// exceeded is the member by which ArcGIS says that there is more: of the whole
// answer, or of the properties of a collection.
const exceeded = "exceededTransferLimit"

// partial is what a server says in a text of how much of its answer that is. The
// zero value says nothing.
type partial struct {
	exceeded bool   // there is more, by ArcGIS
	matched  int    // features of the whole answer, 0 where that is not said
	more     bool   // another page follows
	next     string // its address
}

// signs are the members of a collection that say so: those of OGC API Features
// (OGC 17-069r4, clauses 7.15.6 and 7.15.7), of GeoServer's WFS, of STAC before 1.0 and of
// frameworks that give pages.
var signs = []string{"links", "numberMatched", "totalFeatures", "context", "next"}

// isSign reports whether a member of a collection says how much of an answer it is.
func isSign(name string) bool { return slices.Contains(signs, name) }

// member learns from a sign, as much of it as is there.
func (p *partial) member(name string, value []byte) {
	dec := jsontext.NewDecoder(bytes.NewReader(value), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	switch name {
	case "numberMatched", "totalFeatures":
		p.of(dec)
	case "context":
		_ = members(dec, func(name string) error {
			if name == "matched" {
				p.of(dec)
				return nil
			}
			return dec.SkipValue()
		})
	case "next":
		if dec.PeekKind() == '"' {
			p.follows(plainText(valueOf(dec)))
		}
	case "links":
		_ = array(dec, func() error {
			var rel, href string
			err := members(dec, func(name string) error {
				value, err := dec.ReadValue()
				switch name {
				case "rel":
					rel = plainText(value)
				case "href":
					href = plainText(value)
				}
				return err
			})
			if rel == "next" {
				p.follows(href)
			}
			return err
		})
	}
}

// of learns how many features there are: a number, not the word "unknown".
func (p *partial) of(dec *jsontext.Decoder) {
	if n, err := strconv.Atoi(string(valueOf(dec))); err == nil {
		p.matched = max(p.matched, n)
	}
}

func (p *partial) follows(address string) { p.more, p.next = true, address }

// isCut reports whether an answer of so many features is not all. The number of all is
// believed before a link to a next page, which may be empty.
func (p *partial) isCut(features int) bool {
	if p.matched > 0 {
		return p.exceeded || p.matched > features
	}
	return p.exceeded || p.more
}

// longestAddress is how long one may be that a fault prints.
const longestAddress = 140

// rest tells how to get what is not there.
func (p *partial) rest(features int) string {
	switch {
	case p.exceeded:
		return fmt.Sprintf("ask again with resultOffset=%d, and so on until it says no more, and import all the answers", features)
	case p.next != "" && len(p.next) <= longestAddress && !strings.ContainsFunc(p.next, func(c rune) bool { return c <= ' ' || c > '~' }):
		return "get the next page, " + p.next + " , and those after it, and import all the pages"
	}
	return fmt.Sprintf("ask again with a larger limit (count of a WFS), or for the pages from offset=%d (startIndex of a WFS) on, and import all the pages", features)
}

// whole returns the fault of an answer of so many features that is not all, nil with a
// note where that is allowed.
func (in *input) whole(p partial, features int) error {
	if !p.isCut(features) {
		return nil
	}
	sign, sent := exceeded, fmt.Sprintf("the server sent %d features and says that there are more", features)
	switch {
	case p.exceeded:
	case p.matched > 0:
		sign, sent = "numberMatched", fmt.Sprintf("the server sent %d of %d features", features, p.matched)
	default:
		sign = "next"
	}
	if in.Truncated {
		if p.matched == 0 {
			sent = "the server says that there is more"
		}
		in.note("%s (%s): only its first %d features are read, as was asked", sent, sign, features)
		return nil
	}
	return in.fault("truncated", sign, sent+": "+p.rest(features)+"; --allow-truncated reads these alone")
}
