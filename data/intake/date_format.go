package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/itchyny/timefmt-go"
)

// dates reads days as a plan says that they are written.
type dates struct {
	format string         // of strftime, or one of the words
	within *regexp.Regexp // finds what may be of the format within a name, nil for the words
}

// numeric are the directives of strftime that are numbers, with their most digits.
var numeric = map[byte]int{'Y': 4, 'y': 2, 'm': 2, 'd': 2, 'e': 2, 'j': 3, 'H': 2, 'I': 2, 'k': 2, 'l': 2, 'M': 2, 'S': 2, 'f': 6, 'G': 4, 'g': 2, 'V': 2, 'u': 1, 'w': 1, 'U': 2, 'W': 2, 's': 11}

// composed are directives that stand for several.
var composed = strings.NewReplacer("%F", "%Y-%m-%d", "%T", "%H:%M:%S", "%R", "%H:%M", "%D", "%m/%d/%y", "%x", "%m/%d/%y", "%X", "%H:%M:%S", "%c", "%a %b %e %H:%M:%S %Y", "%v", "%e-%b-%Y")

// newDates reads a format of strftime, or auto, esri-ms or unix. A two-digit year is
// one of 1969 to 2068, as POSIX has it.
func newDates(format string) (*dates, error) {
	switch format {
	case "", auto:
		return &dates{format: auto}, nil
	case esriMs, unix:
		return &dates{format: format}, nil
	}
	if len(format) > 100 || !strings.Contains(format, "%") {
		return nil, fmt.Errorf("%q is neither auto, esri-ms or unix nor a format such as %%d.%%m.%%Y", format)
	}
	d := &dates{format: composed.Replace(format)}
	if strings.Contains(d.format, "%Z") {
		return nil, fmt.Errorf("%q: names of time zones mean more than one offset; %%z reads +02:00, and what is written in UTC may stand as it is", format)
	}
	for _, day := range []time.Time{time.Date(1987, 11, 23, 1, 2, 3, 0, time.UTC), time.Date(2031, 5, 8, 13, 14, 15, 0, time.UTC)} {
		back, err := timefmt.Parse(timefmt.Format(day, d.format), d.format)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", format, err)
		}
		if data.DateOf(back) != data.DateOf(day) {
			return nil, fmt.Errorf("%q does not say year, month and day: %s would be read as %s", format, data.DateOf(day), data.DateOf(back))
		}
	}
	within, err := regexp.Compile(d.pattern())
	if err != nil {
		return nil, fmt.Errorf("%q: %w", format, err)
	}
	d.within = within
	return d, nil
}

// pattern is a regular expression for what the format may write. Numbers have all
// their digits where another number is next to them.
func (d *dates) pattern() string {
	var b strings.Builder
	f := d.format
	isNumber := func(i int) bool { return i >= 0 && i+1 < len(f) && f[i] == '%' && numeric[f[i+1]] > 0 }
	for i := 0; i < len(f); i++ {
		if f[i] != '%' || i+1 == len(f) {
			b.WriteString(regexp.QuoteMeta(f[i : i+1]))
			continue
		}
		group := map[byte]string{'d': "?P<day>", 'e': "?P<day>", 'j': "?P<ofYear>"}[f[i+1]]
		if group == "" || strings.Contains(b.String(), group) {
			group = "?:"
		}
		fmt.Fprintf(&b, "(%s", group)
		switch most := numeric[f[i+1]]; {
		case most > 0 && (isNumber(i-2) || isNumber(i+2) || f[i+1] == 'Y'):
			fmt.Fprintf(&b, "[0-9]{%d}", most)
		case most > 0:
			fmt.Fprintf(&b, " ?[0-9]{1,%d}", most)
		case f[i+1] == 'z':
			b.WriteString("(?:Z|[+-][0-9]{2}:?[0-9]{2})")
		case f[i+1] == '%':
			b.WriteString("%")
		default:
			b.WriteString(`\pL+`)
		}
		b.WriteByte(')')
		i++
	}
	return b.String()
}

// find returns the day of a text: of a whole value, or, where it is the name of a file, of
// the one place in it that is of the format.
func (d *dates) find(text string, name bool) (found, error) {
	switch d.format {
	case auto:
		if stem, _, _ := strings.Cut(text, "."); name && numberOfTime(stem) {
			text = stem
		}
		return findDate(text)
	case esriMs, unix:
		unit := map[string]time.Duration{esriMs: time.Millisecond, unix: time.Second}[d.format]
		trimmed := withoutZeros(text)
		if name {
			trimmed = onlyNumber(text)
		}
		if !whole.MatchString(trimmed) {
			return found{}, fmt.Errorf("%q is no number of %s", text, d.format)
		}
		return ofMoment(trimmed, unit)
	}
	if !name {
		return d.parse(strings.TrimSpace(text))
	}
	var one found
	for from := 0; from < len(text); {
		m := d.within.FindStringIndex(text[from:])
		if m == nil {
			break
		}
		begin, end := from+m[0], from+m[1]
		from = begin + 1
		if isDigit(text, begin-1) && isDigit(text, begin) || isDigit(text, end) && isDigit(text, end-1) {
			continue // a part of a longer number
		}
		next, err := d.parse(strings.TrimSpace(text[begin:end]))
		if err != nil {
			continue
		}
		if one.day != 0 && one != next {
			return found{}, fmt.Errorf("%q holds two days written %s, %s and %s", text, d.format, one.day, next.day)
		}
		one = next
	}
	if one.day == 0 {
		return found{}, fmt.Errorf("%q holds no day written %s", text, d.format)
	}
	return one, nil
}

func (d *dates) parse(text string) (found, error) {
	t, err := timefmt.Parse(text, d.format)
	if err != nil {
		return found{}, err
	}
	if t.Year() < 1 || t.UTC().Year() < 1 || t.UTC().Year() > 9999 {
		return found{}, fmt.Errorf("%q is beyond the years 1 to 9999", text)
	}
	m := d.within.FindStringSubmatch(text) // what is beyond the end of its month is of the next for the parser
	for group, is := range map[string]int{"day": t.Day(), "ofYear": t.YearDay()} {
		at := d.within.SubexpIndex(group)
		if at < 0 || at >= len(m) {
			continue
		}
		if n, err := strconv.Atoi(strings.TrimSpace(m[at])); err != nil || n != is {
			return found{}, fmt.Errorf("%q is no day of the calendar", text)
		}
	}
	return ofTime(t), nil
}

func isDigit(text string, i int) bool {
	return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9'
}

// onlyNumber is the one run of 10 digits or more of a name, "" where there is none, or more than one.
func onlyNumber(name string) string {
	one := ""
	for _, run := range strings.FieldsFunc(name, func(c rune) bool { return c < '0' || c > '9' }) {
		if len(run) < 10 {
			continue
		}
		if one != "" && one != run {
			return ""
		}
		one = run
	}
	return one
}
