package inspect

import (
	"fmt"
	"slices"
	"strings"
)

// Differences says what two files have not in common that an import of both is
// about, nothing when all is alike.
func Differences(a, b *Inspection) []string {
	var out []string
	if a.Format != b.Format {
		out = append(out, fmt.Sprintf("%s is %s, %s is %s", a.File, a.Format, b.File, b.Format))
	}
	for _, pair := range [][2]*Inspection{{a, b}, {b, a}} {
		one, other := pair[0], pair[1]
		if lack := missing(names(one.Properties), names(other.Properties)); len(lack) > 0 {
			out = append(out, fmt.Sprintf("%s has properties that %s has not: %s", one.File, other.File, strings.Join(lack, ", ")))
		}
		if lack := missing(layers(one.Layers), layers(other.Layers)); len(lack) > 0 {
			out = append(out, fmt.Sprintf("%s has layers that %s has not: %s", one.File, other.File, strings.Join(lack, ", ")))
		}
	}
	switch {
	case a.DayInName != nil && b.DayInName != nil && a.DayInName.Day == b.DayInName.Day:
		out = append(out, "both names hold the same day, "+a.DayInName.Day)
	case a.DayInName != nil && b.DayInName != nil:
		out = append(out, fmt.Sprintf("the days in the names are %s and %s", a.DayInName.Day, b.DayInName.Day))
	case a.DayInName != nil || b.DayInName != nil:
		out = append(out, "only one of the two names holds a day")
	}
	return out
}

func names(all []Property) (out []string) {
	for _, p := range all {
		out = append(out, fmt.Sprintf("%q", p.Name))
	}
	return out
}

func layers(all []Layer) (out []string) {
	for _, l := range all {
		out = append(out, fmt.Sprintf("%q", l.Name))
	}
	return out
}

// missing are those of the one that the other has not.
func missing(of, in []string) (out []string) {
	for _, name := range of {
		if !slices.Contains(in, name) {
			out = append(out, name)
		}
	}
	return out
}
