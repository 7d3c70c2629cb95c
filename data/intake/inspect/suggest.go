package inspect

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data/intake"
)

// digits are those of a day in a name.
var digits = regexp.MustCompile(`[0-9]{4}[-_.]?[0-9]{2}[-_.]?[0-9]{2}`)

// suggest fills in what the file tells, and leaves open what it does not.
func suggest(i *Inspection) *Suggestion {
	s := &Suggestion{Remarks: []string{}, Zones: i.polygonal}
	stem, _, _ := strings.Cut(i.File[strings.LastIndexAny(i.File, `/\`)+1:], ".")
	if i.DayInName != nil {
		if undated := strings.Trim(digits.ReplaceAllString(stem, ""), "-_. "); undated != "" {
			stem = undated
		}
	}
	id := cmp.Or(intake.Slug(stem), "dataset")
	s.add("out", id, "the folder that is written")
	s.add("id", id, "the dataset's id, in addresses")
	s.add("title", cmp.Or(stem, id), "its title")
	for _, layer := range i.Layers {
		if layer.Read && len(i.Layers) > 1 {
			s.add("layer", layer.Name, fmt.Sprintf("the layer that is read, of %d", len(i.Layers)))
		}
	}
	s.open("territory", "", "TERRITORY_FILE")
	if len(i.Outlines) > 0 {
		s.Remarks = append(s.Remarks, fmt.Sprintf("feature %s reaches around all others: it may be the territory, and no zone", strings.Join(i.Outlines, ", ")))
	}
	s.party(i)
	s.parts(i)
	s.uninhabited(i)
	s.add("basis", "observed", "the name of this reading of the evidence; rival maps are rival readings")
	s.add("status", "observed", "how the zones are known: agreed, observed, published, claimed, proposed or disputed")
	s.days(i)
	s.names(i)
	s.accuracy(i)
	s.open("source-title", "", "SOURCE_TITLE")
	s.open("publisher", "", "PUBLISHER")
	s.open("licence", "", "LICENCE")
	s.shapes(i)
	if i.Refused > 0 {
		s.Remarks = append(s.Remarks, intake.Amount(i.Refused, "feature")+" with a shape that is refused, and the import with it until that is mended")
	}
	s.Command = s.Line([]string{i.File})
	return s
}

// Reading puts flags first by which the file was read. Nothing is suggested by nil.
func (s *Suggestion) Reading(file string, flags []Argument) {
	if s == nil || len(flags) == 0 {
		return
	}
	has := (&Suggestion{Arguments: flags}).has
	s.Arguments = append(slices.Clone(flags), slices.DeleteFunc(s.Arguments, func(a Argument) bool { return has(a.Flag) })...)
	s.Command = s.Line([]string{file})
}

func (s *Suggestion) has(flag string) bool {
	return slices.ContainsFunc(s.Arguments, func(a Argument) bool { return a.Flag == flag })
}

func (s *Suggestion) add(flag, value, why string) {
	s.Arguments = append(s.Arguments, Argument{Flag: flag, Value: value, Why: why})
}

// open adds a flag whose value, after a beginning, is for people to say.
func (s *Suggestion) open(flag, begin, word string) {
	s.Arguments = append(s.Arguments, Argument{Flag: flag, Value: begin + word, Unknown: true, Why: placeholder(flag, word).Why})
}

// shapes says what is done with what is no polygon.
func (s *Suggestion) shapes(i *Inspection) {
	if i.points > 0 {
		s.add("points", intake.LeaveOut, intake.Amount(i.points, "feature")+" of points; places takes them as places")
	}
	if i.lines > 0 {
		s.add("lines", intake.LeaveOut, intake.Amount(i.lines, "feature")+" of lines; control-lines takes them as control lines")
	}
}

func (p *Property) is(as string) bool {
	return slices.ContainsFunc(p.Looks, func(l Looks) bool { return l.As == as })
}

// Parts of names that say what a day is of.
var (
	beginning = []string{"from", "start", "begin", "since"}
	ending    = []string{"until", "end", "to"}
	upkeep    = []string{"creat", "edit", "updat", "modif", "upload", "publish"} // of the file, not of the land
)

// days says where the days come from, and how they are written where that has to be said.
func (s *Suggestion) days(i *Inspection) {
	var from, to, state *Property
	for at := range i.Properties {
		p := &i.Properties[at]
		if !p.is("day") || speaks(p.Name, upkeep) {
			continue
		}
		if _, certain := p.dateFormat(); !certain {
			s.Remarks = append(s.Remarks, fmt.Sprintf("the property %q looks like a day, DD/MM/YYYY or MM/DD/YYYY: --date-format %%d/%%m/%%Y or %%m/%%d/%%Y says which", p.Name))
			continue
		}
		switch whole := p.onPolygons == i.polygonal; {
		case speaks(p.Name, beginning) && whole && from == nil:
			from = p
		case speaks(p.Name, ending) && to == nil:
			to = p
		case whole && state == nil:
			state = p
		}
	}
	switch {
	case from != nil:
		s.add("map", "valid_from="+from.Name, "the first day of each zone is in this property")
		s.written(from)
		format, _ := from.dateFormat()
		if to != nil {
			if other, _ := to.dateFormat(); other != format {
				s.Remarks = append(s.Remarks, fmt.Sprintf("the property %q looks like last days, and is written in another way than %q", to.Name, from.Name))
				return
			}
			s.add("map", "valid_to="+to.Name, "the day after its last is in this one")
		}
	case i.DayInName != nil:
		s.add("date", "name", "the file is the state of the day in its name, "+i.DayInName.Day)
		s.Zones = i.parts
	case state != nil:
		s.add("date", state.Name, "each feature is part of the state of the day in this property")
		s.written(state)
		s.Zones = i.parts
	default:
		s.open("set", "valid_from=", "FIRST_DAY")
	}
}

// written says how the days of a property are written, where an import has to be told.
func (s *Suggestion) written(p *Property) {
	if format, _ := p.dateFormat(); format != "" {
		s.add("date-format", format, "how the days are written")
	}
}

// dateFormat is that of a property's days.
func (p *Property) dateFormat() (format string, certain bool) {
	for _, l := range p.Looks {
		if l.As == "day" {
			return dateFormat(l.Format)
		}
	}
	return "", false
}

// names takes the names of zones from the property that looks like them most.
func (s *Suggestion) names(i *Inspection) {
	for _, p := range i.Properties {
		at := slices.IndexFunc(p.Looks, func(l Looks) bool { return l.As == "name" })
		if at < 0 || p.onPolygons == 0 || p.Name == s.PartyOf || s.named(p.Name) {
			continue
		}
		language, why := p.Looks[at].Language, "the names of zones are in this property, in the language that their letters hint at"
		if language == "" {
			language, why = "en", "the names of zones are in this property; en is for English, and what other language they are in nothing tells"
		}
		s.add("map", "name_"+language+"="+p.Name, why)
		return
	}
}

// named reports whether rules give names of zones, from this property or another.
func (s *Suggestion) named(property string) bool {
	return slices.ContainsFunc(s.Arguments, func(a Argument) bool {
		return a.Flag == "value" && strings.Contains(a.Value, "name_") && strings.HasPrefix(a.Value, ruleWord(property)+"~")
	})
}

// accuracy takes it from a property that every polygon has.
func (s *Suggestion) accuracy(i *Inspection) {
	for _, p := range i.Properties {
		if p.is("accuracy") && p.onPolygons == i.polygonal {
			s.add("map", "accuracy_m="+p.Name, "the accuracy of each zone is in this property; see that it is in metres")
			break
		}
	}
	s.open("accuracy-m", "", "ACCURACY_M")
}
