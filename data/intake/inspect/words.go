package inspect

import (
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/data/intake"
)

// Text is the inspection for a person to read, with the command that would import
// these files.
func (i *Inspection) Text(files []string) string {
	var b strings.Builder
	b.WriteString(i.Summary())
	if i.Suggestion == nil {
		return b.String()
	}
	for _, remark := range i.Suggestion.Remarks {
		fmt.Fprintf(&b, "note: %s\n", oneLine(remark))
	}
	fmt.Fprintf(&b, "\nTo import it, replace the words in capitals, and look at each choice:\n\n%s\n\n", i.Suggestion.Line(files))
	for _, a := range i.Suggestion.Arguments {
		fmt.Fprintf(&b, "  %s: %s\n", a.text(), oneLine(a.Why))
	}
	return b.String()
}

// Summary is the inspection without the command.
func (i *Inspection) Summary() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s%s\n", oneLine(i.File), i.Format, in(i.Wrapped))
	for _, note := range i.Notes {
		fmt.Fprintf(&b, "  %s\n", oneLine(note))
	}
	for _, layer := range i.Layers {
		fmt.Fprintf(&b, "  layer %q%s%s\n", layer.Name, features(layer.Features), map[bool]string{true: ", read", false: ""}[layer.Read])
	}
	fmt.Fprintf(&b, "features: %d%s\n", i.Features, i.shapes())
	if i.BBox != nil {
		fmt.Fprintf(&b, "coordinates: %s, from [%v %v] to [%v %v]\n", i.CoordinateSystem, i.BBox[0], i.BBox[1], i.BBox[2], i.BBox[3])
	}
	if i.DayInName != nil {
		fmt.Fprintf(&b, "day in the file's name: %s\n", i.DayInName.Day)
	}
	writeKinds(&b, "repaired", i.Repairs)
	writeKinds(&b, "refused", i.Faults)
	if len(i.Properties) > 0 {
		b.WriteString("properties:\n")
	}
	for _, p := range i.Properties {
		fmt.Fprintf(&b, "  %s\n", p.line(i.shaped()))
	}
	if i.MoreProperties > 0 {
		fmt.Fprintf(&b, "  and %d more\n", i.MoreProperties)
	}
	return b.String()
}

// in lists what a file came in.
func in(wrapped []string) string {
	if len(wrapped) == 0 {
		return ""
	}
	return ", in " + strings.Join(wrapped, ", in ")
}

func features(n int) string {
	if n < 0 {
		return ""
	}
	return ", " + intake.Amount(n, "feature")
}

// shapes lists the features by their shapes.
func (i *Inspection) shapes() string {
	var all []string
	for _, c := range i.Geometries {
		all = append(all, fmt.Sprintf("%d %s", c.Count, c.Name))
	}
	if i.WithoutGeometry > 0 {
		all = append(all, fmt.Sprintf("%d without a shape", i.WithoutGeometry))
	}
	if i.Refused > 0 {
		all = append(all, fmt.Sprintf("%d refused", i.Refused))
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, ", ")
}

// writeKinds writes a line for each rule, and its examples.
func writeKinds(b *strings.Builder, what string, kinds []Kind) {
	for _, k := range kinds {
		fmt.Fprintf(b, "%s: %s, %s\n", what, k.Rule, map[bool]string{true: "once", false: fmt.Sprint(k.Count) + " times"}[k.Count == 1])
		for _, example := range k.Examples {
			fmt.Fprintf(b, "  %s\n", oneLine(example))
		}
		if more := k.Count - len(k.Examples); more > 0 {
			fmt.Fprintf(b, "  and %d more\n", more)
		}
	}
}

// line is one property.
func (p *Property) line(of int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q", p.Name)
	for n, kind := range p.Kinds {
		fmt.Fprintf(&b, "%s %s", map[bool]string{true: ":", false: " and"}[n == 0], kind.Name)
	}
	if p.Features < of {
		fmt.Fprintf(&b, ", on %d of %d", p.Features, of)
	}
	more := ""
	if p.More {
		more = "more than "
	}
	fmt.Fprintf(&b, ", %s%s", more, intake.Amount(p.Distinct, "value"))
	for n, top := range p.Top {
		fmt.Fprintf(&b, "%s %q (%d)", map[bool]string{true: ":", false: ","}[n == 0], top.Name, top.Count)
	}
	if len(p.Top) < p.Distinct {
		b.WriteString(", …")
	}
	for _, l := range p.Looks {
		b.WriteString("; " + l.words())
	}
	return b.String()
}

// words say what a property looks like.
func (l Looks) words() string {
	switch {
	case l.As == "day" && l.First == "":
		return "looks like days, " + l.Format
	case l.As == "day":
		return fmt.Sprintf("looks like days, %s, from %s to %s", l.Format, l.First, l.Last)
	case l.As == "party":
		return "may be the party"
	case l.As == "name" && l.Language != "":
		return "looks like names, in " + l.Language
	case l.As == "name":
		return "looks like names"
	case l.As == "accuracy":
		return "looks like an accuracy"
	}
	return "looks like an id"
}

// oneLine keeps a line of a file's words from becoming several, or from steering a terminal.
func oneLine(text string) string {
	return strings.Map(func(c rune) rune {
		if unseen(c) {
			return ' '
		}
		return c
	}, text)
}
