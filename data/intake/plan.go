package intake

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// Plan says which features of foreign files count, and how their properties become ours.
type Plan struct {
	// Map names, for a property of ours, the foreign property to take it from.
	Map map[string]string
	// Set gives a property of ours one value for all features. Where Map names the same
	// property, or a rule of Values gives it, it is the value of the features that lack
	// theirs, and that is reported.
	Set map[string]string
	// Values are rules that give properties of ours by the value of a foreign one: see
	// parseValueRule.
	Values []string
	// FromName takes a property of ours from the name of a feature's file: the first
	// group of a regular expression (RE2).
	FromName map[string]string
	// Otherwise is for all features what Set is, but of what nothing else gives.
	Otherwise map[string]string

	// Where chooses the features that count: see ParseWhere. All when empty.
	Where string
	// Date says where the day of a state is: "name" for the file's name, or the
	// foreign property that holds it. Empty means records with valid_from.
	Date string
	// DateFormat is how days are written: a format of strftime, or auto (when empty), esri-ms or unix.
	DateFormat string
	// Today is the day after which, but for one, nothing can have been seen; 0 lets every day pass.
	Today data.Date

	Points, Lines string // what is done with them: LeaveOut when empty

	Layer string // the one of each file, where it has several
	// Truncated reads answers of servers that say that they are not all.
	Truncated bool
	// Encoding is that of the texts of files that do not say theirs.
	Encoding string
}

// properties are those of ours that a plan may fill. Kind is of places and control lines only.
var properties = []string{"id", "party", "basis", "status", "source", "accuracy_m", "valid_from", "valid_to", "mapped_on", "kind"}

var wantedProperties = fmt.Sprintf("one of %s, name_… or x_… is wanted", strings.Join(properties, ", "))

// isProperty reports whether a plan may fill a property of this name.
func isProperty(name string) bool {
	return slices.Contains(properties, name) || strings.HasPrefix(name, "name_") || strings.HasPrefix(name, "x_")
}

// prepared is a plan whose texts have been read.
type prepared struct {
	Plan
	where    *Where
	values   *values
	dates    *dates
	fromName map[string]*regexp.Regexp
}

// prepare reads the texts of a plan, and says what is wrong with one by the flag that gives it.
func (p Plan) prepare() (*prepared, error) {
	out := &prepared{Plan: p, fromName: map[string]*regexp.Regexp{}}
	var err error
	if out.where, err = ParseWhere(p.Where); err != nil {
		return nil, fmt.Errorf("--where: %w", err)
	}
	if out.values, err = newValues(p.Values); err != nil {
		return nil, fmt.Errorf("--value: %w", err)
	}
	if out.dates, err = newDates(p.DateFormat); err != nil {
		return nil, fmt.Errorf("--date-format: %w", err)
	}
	if err := p.checkShapes(); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(p.FromName)) {
		if out.fromName[name], err = regexp.Compile(p.FromName[name]); err != nil {
			return nil, fmt.Errorf("--from-name %s: %w", name, err)
		}
		if out.fromName[name].NumSubexp() == 0 {
			return nil, fmt.Errorf("--from-name %s=%s: what is taken stands in parentheses, as in %s=^([a-z]+)_", name, p.FromName[name], name)
		}
	}
	return out, out.check()
}

// Check says what is wrong with a plan, by the flag that gives it.
func (p Plan) Check() error {
	_, err := p.prepare()
	return err
}

// check refuses properties that are none of ours, and those that two choices give.
func (p *prepared) check() error {
	flags := []struct {
		name string
		of   []string
	}{
		{"--map", slices.Sorted(maps.Keys(p.Map))}, {"--value", slices.Sorted(maps.Keys(p.values.gives))},
		{"--from-name", slices.Sorted(maps.Keys(p.FromName))}, {"--set", slices.Sorted(maps.Keys(p.Set))},
	}
	from := map[string]string{}
	for _, flag := range flags {
		for _, name := range flag.of {
			if !isProperty(name) {
				return fmt.Errorf("%s: %q is no property of a zone: %s", flag.name, name, wantedProperties)
			}
			if before := from[name]; before != "" && flag.name != "--set" {
				return fmt.Errorf("%s is given by %s and by %s: which of them is it?", name, before, flag.name)
			}
			from[name] = flag.name
		}
	}
	if p.Date == "" {
		return nil
	}
	for _, name := range []string{"valid_from", "valid_to", "mapped_on"} {
		if from[name] != "" {
			return fmt.Errorf("%s is given by %s, and by --date, with which everything is mapped on the day of a state and valid until the next: which of them is it?", name, from[name])
		}
	}
	if from["id"] != "" && p.Points != Places {
		return fmt.Errorf("id is given by %s, but with --date a zone is a polygon in a run of states, and gets its id of its first day; x_id keeps theirs", from["id"])
	}
	return nil
}

// takenFrom is the property of theirs that one of ours is taken from, "" for none.
func (p *prepared) takenFrom(ours string) string {
	if theirs := p.Map[ours]; theirs != "" {
		return theirs
	}
	if theirs := p.values.gives[ours]; len(theirs) > 0 {
		return theirs[0]
	}
	return ""
}

// ParsePairs reads "ours=foreign" arguments; of two for the same name the last one counts.
func ParsePairs(args []string) (map[string]string, error) {
	out := map[string]string{}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("%q is not written NAME=VALUE", arg)
		}
		out[name] = value
	}
	return out, nil
}
