package inspect

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
)

// way is one way in which days are written.
type way struct {
	name   string // as it is told
	layout string // of package time, "" where read does it
	read   func(text string) (time.Time, bool)
	format string // of --date-format, "" where an import reads it without
	hint   bool   // numbers that are days only under a name that speaks of time
}

// plainDay is a day that an import reads by itself.
const plainDay = "YYYY-MM-DD"

// ways lists them. The first that all values are written in is taken; two that
// differ in the order of day and month are told as one that is not certain.
func ways() []way {
	return []way{
		{name: plainDay, layout: "2006-01-02"},
		{name: "YYYYMMDD", layout: "20060102"},
		{name: "YYYY-MM-DD with a time", read: stamped},
		{name: "YYYY/MM/DD", layout: "2006/1/2", format: "%Y/%m/%d"},
		{name: "YYYY/MM/DD with a time", layout: "2006/1/2 15:04:05", format: "%Y/%m/%d %H:%M:%S"},
		{name: "RFC 1123, as in Mon, 01 Jul 2024 15:03:00 GMT", layout: time.RFC1123},
		{name: "RFC 1123 with an offset", layout: time.RFC1123Z},
		{name: "DD.MM.YYYY", layout: "2.1.2006", format: "%d.%m.%Y"},
		{name: "DD/MM/YYYY", layout: "2/1/2006", format: "%d/%m/%Y"},
		{name: "MM/DD/YYYY", layout: "1/2/2006", format: "%m/%d/%Y"},
		{name: "D Month YYYY", layout: "2 January 2006", format: "%d %B %Y"},
		{name: "Month D, YYYY", layout: "January 2, 2006", format: "%B %d, %Y"},
		{name: "milliseconds since 1970 (Esri)", read: since1970(1000), format: "esri-ms", hint: true},
		{name: "seconds since 1970 (Unix)", read: since1970(1), format: "unix", hint: true},
		{name: "one day within a text", read: within},
	}
}

// dateFormat is the --date-format of a way that is told by its name; false for one
// that is not certain.
func dateFormat(name string) (format string, certain bool) {
	for _, w := range ways() {
		if w.name == name {
			return w.format, true
		}
	}
	return "", false
}

// stamp is a day with a time.
var stamp = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}`)

func stamped(text string) (time.Time, bool) {
	m := stamp.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	day, err := time.Parse("2006-01-02", m[1])
	return day, err == nil
}

// within finds a day as an import finds it in a text.
func within(text string) (time.Time, bool) {
	day, err := intake.Day(text)
	return timeOf(day), err == nil
}

func timeOf(day data.Date) time.Time {
	t, _ := time.Parse("2006-01-02", day.String())
	return t
}

// since1970 reads a number of so many parts of a second, from 1980 to 2100.
func since1970(each int64) func(string) (time.Time, bool) {
	return func(text string) (time.Time, bool) {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || n < 315532800*float64(each) || n > 4102444800*float64(each) {
			return time.Time{}, false
		}
		return time.Unix(int64(n)/each, 0).UTC(), true
	}
}

// spoken are parts of names that speak of time.
var spoken = []string{"date", "time", "day", "valid", "start", "end", "from", "until", "creat", "edit", "updat", "modif", "begin", "stamp", "since", "дата", "تاريخ", "תאריך"}

// dayWays are the ways in which all values so far are written.
type dayWays struct {
	left        []way
	first, last []time.Time // by each of them
}

func newDayWays(property string) *dayWays {
	d := &dayWays{}
	for _, w := range ways() {
		if !w.hint || speaks(property, spoken) {
			d.left = append(d.left, w)
		}
	}
	d.first, d.last = make([]time.Time, len(d.left)), make([]time.Time, len(d.left))
	return d
}

// end says that a value is no day.
func (d *dayWays) end() { d.left = nil }

func (d *dayWays) number(text string) { d.keep(text, true) }

// longestDay is how long a text with a day may be.
const longestDay = 80

func (d *dayWays) text(text string) {
	if len(text) > longestDay {
		d.end()
		return
	}
	d.keep(strings.TrimSpace(text), false)
}

// keep keeps the ways in which one more value is written.
func (d *dayWays) keep(text string, number bool) {
	kept := 0
	for i, w := range d.left {
		if number && !w.hint && w.layout != "20060102" {
			continue
		}
		at, ok := w.day(text)
		if !ok || at.Year() < 1500 || at.Year() > 2200 {
			continue
		}
		first, last := d.first[i], d.last[i]
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if last.IsZero() || at.After(last) {
			last = at
		}
		d.left[kept], d.first[kept], d.last[kept] = w, first, last
		kept++
	}
	d.left = d.left[:kept]
}

func (w way) day(text string) (time.Time, bool) {
	if w.read != nil {
		return w.read(text)
	}
	at, err := time.Parse(w.layout, text)
	return at, err == nil
}

// looks is what the values look like, nothing where they are no days.
func (d *dayWays) looks() (Looks, bool) {
	if len(d.left) == 0 || d.first[0].IsZero() {
		return Looks{}, false
	}
	out := Looks{As: "day", Format: d.left[0].name, First: d.first[0].UTC().Format("2006-01-02"), Last: d.last[0].UTC().Format("2006-01-02")}
	if out.Format == "DD/MM/YYYY" && len(d.left) > 1 && d.left[1].name == "MM/DD/YYYY" {
		out.Format, out.First, out.Last = "DD/MM/YYYY or MM/DD/YYYY, which the values do not tell", "", ""
	}
	return out, true
}

// dayInName finds the day in a file's name.
func dayInName(name string) *DayInName {
	day, err := intake.Day(name[strings.LastIndexAny(name, `/\`)+1:])
	if err != nil {
		return nil
	}
	return &DayInName{Day: day.String(), Format: plainDay}
}
