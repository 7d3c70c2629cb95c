package inspect

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/demarc-map/demarc/data/intake"
)

// party says whose polygons are: by the one property that tells it, by rules for
// colours, or by a word that people replace.
func (s *Suggestion) party(i *Inspection) {
	named, colours, others := i.telling()
	if len(named)+len(colours)+len(others) == 0 {
		colours = i.coded()
	}
	switch {
	case len(named) > 0:
		s.by(i, named[0])
	case len(colours) > 0:
		s.colours(i, colours[0])
	case len(others) == 1 && !others[0].is("name"):
		s.by(i, others[0])
	default:
		s.open("party", "", "PARTY")
		s.chosen(others)
		return
	}
	if rest := slices.DeleteFunc(slices.Concat(named, others), func(p *Property) bool {
		return p.Name == s.PartyOf || p.is("name") && len(p.ofPolygons) == p.onPolygons
	}); len(rest) > 0 {
		s.Remarks = append(s.Remarks, fmt.Sprintf("other properties tell polygons apart, too: %s; in the place of what tells parties: --map party=%s", list(rest), quoted(rest[0].Name)))
	}
}

// telling are the properties that tell polygons apart: those whose names say whose
// they are, colours, and others, each with the likeliest first. A name that says whose
// they are is enough where one value is on all.
func (i *Inspection) telling() (named, colours, others []*Property) {
	var alone []*Property
	for at := range i.Properties {
		p := &i.Properties[at]
		words, values := strings.ToLower(p.Name), len(p.ofPolygons)
		holder := speaks(p.Name, holderNames()) && !p.is("id")
		switch {
		case values == 0 || values > mostParties || p.More || !p.texts() || p.is("day") || p.is("id") || speaks(p.Name, upkeep):
		case values == 1:
			if holder {
				alone = append(alone, p)
			}
		case slices.Contains([]string{"stroke", "marker-color", "icon-color", "styleurl", "stylehash"}, words) && i.has("fill"):
		case isColour(p):
			colours = append(colours, p)
		case holder || words == "folder":
			named = append(named, p)
		case p.onPolygons == i.polygonal && p.short():
			others = append(others, p)
		}
	}
	slices.SortStableFunc(named, func(a, b *Property) int { return a.partyOrder() - b.partyOrder() })
	slices.SortStableFunc(others, func(a, b *Property) int { return len(a.ofPolygons) - len(b.ofPolygons) })
	if len(named)+len(colours)+len(others) == 0 {
		named = alone
	}
	if plain := slices.DeleteFunc(slices.Clone(others), func(p *Property) bool { return p.is("name") }); len(plain) > 0 {
		others = plain // a name tells every zone apart
	}
	return named, colours, others
}

// mostCodes is how many numbers may stand for parties.
const mostCodes = 12

// coded are properties that tell polygons apart by a number, or by yes and no, of which
// only people know what they mean: those whose names say whose land is, and, where
// there are none, those with values that come again.
func (i *Inspection) coded() (out []*Property) {
	var again []*Property
	for at := range i.Properties {
		p := &i.Properties[at]
		values := len(p.ofPolygons)
		switch {
		case values < 2 || values > mostCodes || p.More || p.is("id") || p.is("day") || p.is("accuracy") || slices.ContainsFunc(p.Kinds, func(c Count) bool { return c.Name == "list" || c.Name == "object" }):
		case speaks(p.Name, holderNames()) || speaks(p.Name, []string{"status"}):
			out = append(out, p)
		case values < p.onPolygons && p.onPolygons == i.polygonal && !p.texts():
			again = append(again, p)
		}
	}
	if out == nil && len(again) == 1 {
		return again
	}
	return out
}

// partyOrder is less for a property whose name says more of parties, and for the
// one on more features.
func (p *Property) partyOrder() int {
	return rank(p.Name, partyNames)*1_000_000 - min(p.onPolygons, 999_999)
}

// texts reports whether all values are texts.
func (p *Property) texts() bool {
	return !slices.ContainsFunc(p.Kinds, func(c Count) bool {
		return !slices.Contains([]string{"text", "null", "empty text"}, c.Name)
	})
}

// longestName is how long the name of a party may be.
const longestName = 60

// short reports whether its values may be names: no descriptions, and no links.
func (p *Property) short() bool {
	return !slices.ContainsFunc(p.ofPolygons, func(c Count) bool {
		return len([]rune(c.Name)) > longestName || strings.ContainsAny(c.Name, "\n<") || strings.Contains(c.Name, "://") || !strings.ContainsFunc(c.Name, unicode.IsLetter)
	})
}

// colour is how colours are written.
var colour = regexp.MustCompile(`^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$|^rgba?\(`)

func isColour(p *Property) bool {
	all := !slices.ContainsFunc(p.ofPolygons, func(c Count) bool { return !colour.MatchString(c.Name) })
	return all || slices.Contains([]string{"fill", "stroke", "styleurl", "stylehash", "color", "colour"}, strings.ToLower(p.Name))
}

func (i *Inspection) has(name string) bool {
	return slices.ContainsFunc(i.Properties, func(p Property) bool { return strings.EqualFold(p.Name, name) && len(p.ofPolygons) > 1 })
}

// by takes parties from a property.
func (s *Suggestion) by(i *Inspection, p *Property) {
	s.PartyOf, s.Most = p.Name, p.ofPolygons[0].Name
	s.add("party", s.Most, fmt.Sprintf("the party that figures are about when nobody says which; it has %s", intake.Amount(p.ofPolygons[0].Count, "zone")))
	s.add("map", "party="+p.Name, fmt.Sprintf("each zone's party is in the property %q", p.Name))
	if lack := i.polygonal - p.onPolygons; lack > 0 {
		s.open("set", "party=", "PARTY")
		s.Remarks = append(s.Remarks, fmt.Sprintf("%s without %q: --set party=… says whose they are", intake.Amount(lack, "polygon"), p.Name))
	}
	counts := map[string]int{}
	for _, c := range p.ofPolygons {
		counts[c.Name] = c.Count
	}
	s.Remarks = append(s.Remarks, intake.Alike("party", counts)...)
}

// colours asks for the party of each colour.
func (s *Suggestion) colours(i *Inspection, p *Property) {
	s.PartyOf, s.Most = p.Name, p.ofPolygons[0].Name
	s.open("party", "", "PARTY")
	s.Remarks = append(s.Remarks, fmt.Sprintf("polygons have %d values of %q, which may tell parties: say of each whose it is; --party is the one of them that figures are about, and --map party=… takes parties from another property", len(p.ofPolygons), p.Name))
	for _, c := range p.ofPolygons {
		s.rule(p.Name, c.Name, c.Count)
	}
	if lack := i.polygonal - p.onPolygons; lack > 0 {
		s.rule(p.Name, "", lack)
	}
}

// rule asks for the party of one value.
func (s *Suggestion) rule(property, value string, count int) {
	s.open("value", ruleWord(property)+"="+ruleWord(value)+" -> party:", "NAME")
	s.Arguments[len(s.Arguments)-1].Why += fmt.Sprintf(" (%s)", intake.Amount(count, "polygon"))
}

// ruleWord is a word of a rule, in quotes where it would be read as another.
func ruleWord(word string) string {
	if word != "*" && !strings.ContainsAny(word, "\"\\=~,:*") && !strings.Contains(word, "->") && !strings.Contains(word, "→") && strings.TrimSpace(word) == word {
		return word
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(word) + `"`
}

// tellApart begins the remark on properties of which one is to be chosen.
const tellApart = "these properties tell polygons apart: "

// chosen asks which of several properties says whose polygons are.
func (s *Suggestion) chosen(candidates []*Property) {
	if len(candidates) == 0 {
		return
	}
	s.Remarks = append(s.Remarks, fmt.Sprintf(tellApart+"%s: --map party=%s, or only --party if all land is one party's", list(candidates), quoted(candidates[0].Name)))
	s.open("map", "party=", "PROPERTY")
}

// list names properties with their values.
func list(all []*Property) string {
	const most, values = 6, 3
	var out []string
	for _, p := range all[:min(len(all), most)] {
		var some []string
		for _, c := range p.ofPolygons[:min(len(p.ofPolygons), values)] {
			some = append(some, fmt.Sprintf("%q", c.Name))
		}
		if len(p.ofPolygons) > values {
			some = append(some, "…")
		}
		out = append(out, fmt.Sprintf("%q (%s: %s)", p.Name, intake.Amount(len(p.ofPolygons), "value"), strings.Join(some, ", ")))
	}
	if more := len(all) - most; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}
