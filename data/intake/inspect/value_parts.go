package inspect

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// between stands between the parts of names such as "Occupied /// Kherson oblast".
const between = " /// "

// parts takes values of two parts apart: a status and a name, or a name in two languages.
func (s *Suggestion) parts(i *Inspection) {
	for at := range i.Properties {
		p := &i.Properties[at]
		firsts, lasts := map[string]int{}, map[string]int{}
		var first, last textual
		whole := 0 // polygons with a value of one part
		for _, c := range p.ofPolygons {
			a, b, two := strings.Cut(c.Name, between)
			if !two {
				whole += c.Count
				continue
			}
			firsts[a] += c.Count
			lasts[b] += c.Count
			first.add(a)
			last.add(b)
		}
		lack := i.polygonal - p.onPolygons
		tells := s.PartyOf == "" || s.PartyOf == p.Name
		if p.More || len(firsts) == 0 || whole+lack > 0 && (!tells || 2*(whole+lack) > i.polygonal) {
			continue
		}
		begin := ruleWord(p.Name) + `~"^(.*) /// (.*)$" -> `
		one, other := first.language(), last.language()
		switch sameThing := one != other && whole+lack == 0 && len(firsts) == len(p.ofPolygons) && len(lasts) == len(p.ofPolygons); {
		case sameThing:
			s.add("value", begin+fmt.Sprintf("name_%s:$1,name_%s:$2", cmp.Or(one, "en"), cmp.Or(other, "en")), "each name is in two languages, as their letters hint at")
		case tells:
			s.Remarks = slices.DeleteFunc(s.Remarks, func(remark string) bool { return strings.HasPrefix(remark, tellApart) })
			s.PartyOf, s.Most = p.Name, counted(firsts)[0].Name
			s.Arguments = slices.DeleteFunc(s.Arguments, func(a Argument) bool {
				return a.Flag == "party" || a.Flag == "map" && (strings.HasSuffix(a.Value, "="+p.Name) || a.Unknown)
			})
			s.add("party", s.Most, "what stands first in most values: see whether that is a party")
			s.add("value", begin+fmt.Sprintf("party:$1,name_%s:$2", cmp.Or(other, "en")), "what stands before /// is taken as the party, and what stands behind it as the name; where it is a status, a rule of its own for each says whose land that is: "+
				ruleWord(p.Name)+`~"^`+regexp.QuoteMeta(counted(firsts)[0].Name)+` /// (.*)$" -> name_en:$1,party:NAME`)
			if whole > 0 {
				s.open("value", ruleWord(p.Name)+"=* -> party:", "NAME")
			}
			if lack > 0 {
				s.open("value", ruleWord(p.Name)+"= -> party:", "NAME")
			}
		default:
			s.add("value", begin+fmt.Sprintf("x_first:$1,name_%s:$2", cmp.Or(other, "en")), "what stands behind /// is taken as the name")
		}
		return
	}
}

// uninhabitedWords are parts of values of what is often drawn and is nobody's zone.
var uninhabitedWords = []string{"buffer", "no man", "no-man", "nobody", "demilit", "dmz", "water", "lake", "river", "sea area", "unknown", "grey zone", "gray zone", "unspecified", "невідом", "неизвест", "сіра зона", "серая зона", "нейтраль", "مجهول", "منزوع", "לא ידוע"}

// uninhabited says how features are left out that seem to be nobody's zones.
func (s *Suggestion) uninhabited(i *Inspection) {
	for at := range i.Properties {
		p := &i.Properties[at]
		if p.More || len(p.ofPolygons) < 2 || len(p.ofPolygons) > mostParties || !p.texts() {
			continue
		}
		var foreign []Count
		for _, c := range p.ofPolygons {
			if len([]rune(c.Name)) <= longestName && speaks(c.Name, uninhabitedWords) {
				foreign = append(foreign, c)
			}
		}
		if len(foreign) == 0 || len(foreign) == len(p.ofPolygons) {
			continue
		}
		var values, conditions []string
		for _, c := range foreign {
			values = append(values, fmt.Sprintf("%q (%d)", c.Name, c.Count))
			conditions = append(conditions, whereName(p.Name)+" != "+fmt.Sprintf("%q", c.Name))
		}
		s.Remarks = append(s.Remarks, fmt.Sprintf("%q has values that may be nobody's zone: %s; leave them out with --where %s", p.Name, strings.Join(values, ", "), quoted(strings.Join(conditions, " and "))))
	}
}

// whereName is a property as --where names it.
func whereName(name string) string {
	plain := strings.IndexFunc(name, func(c rune) bool {
		return c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9')
	}) < 0 && name != "" && (name[0] < '0' || name[0] > '9') && !slices.Contains([]string{"and", "or", "not", "in", "true", "false", "nil", "matches", "contains", "prop", "let", "if", "else"}, strings.ToLower(name))
	if plain {
		return name
	}
	return fmt.Sprintf("prop[%q]", name)
}
