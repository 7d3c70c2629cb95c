package intake

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
)

// found is the day that a text tells.
type found struct {
	day data.Date
	// written is the day that the text writes where the time beside it has an offset
	// that puts it on another day in UTC; else it is day.
	written data.Date
}

var (
	dashed  = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4})([-_./])([0-9]{2})([-_./])([0-9]{2})(?:[^0-9]|$)`)
	compact = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4})([0-9]{2})([0-9]{2})(?:[^0-9]|$)`)
	// clock is a time of day that follows a day, with its offset from UTC.
	clock = regexp.MustCompile(`^[Tt ]\s*([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]+)?)?\s*([Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)(?:[^0-9:]|$)`)
	// dayLast is a day before or after its month, and then the year.
	dayLast = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,2})([-_./])([0-9]{1,2})([-_./])([0-9]{4})(?:[^0-9]|$)`)
	whole   = regexp.MustCompile(`^-?[0-9]+$`)
)

// The words that stand for a way of writing days, in the place of a format.
const (
	auto   = "auto"    // what findDate reads
	esriMs = "esri-ms" // milliseconds since 1970, as ArcGIS writes
	unix   = "unix"    // seconds since 1970
)

// findDate finds the one day that a text tells: written YYYY-MM-DD or YYYYMMDD with
// anything but digits around it, as in the name of a file; a moment by RFC 3339, RFC
// 1123 or RFC 850; or, where the whole text is a number, one of 13 digits in milliseconds or
// of 10 in seconds since 1970. A moment with an offset is of the day in UTC. Two different days are an error, as is none.
func findDate(text string) (found, error) {
	if n := withoutZeros(text); numberOfTime(n) {
		unit := time.Second
		if len(n) == 13 {
			unit = time.Millisecond
		}
		return ofMoment(n, unit)
	}
	if at, ok := byRFC(strings.TrimSpace(text)); ok {
		return at, nil
	}
	one, err := writtenDay(text)
	if err == nil && one.day == 0 {
		err = notFound(text)
	}
	return one, err
}

// numberOfTime reports whether a text is a number as long as those of seconds or milliseconds since 1970 are.
func numberOfTime(text string) bool {
	return (len(text) == 10 || len(text) == 13) && text[0] != '-' && whole.MatchString(text)
}

// withoutZeros is a number without the zeros after its point, which programs write
// that know only numbers with one.
func withoutZeros(text string) string {
	text = strings.TrimSpace(text)
	if before, after, ok := strings.Cut(text, "."); ok && strings.Trim(after, "0") == "" && whole.MatchString(before) {
		return before
	}
	return text
}

// ofMoment reads a number of units since 1970.
func ofMoment(text string, unit time.Duration) (found, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	second := int64(time.Second / unit)
	if most := 253402300800 * second; err != nil || n >= most || n < -most/5 { // within the years 1 and 9999
		return found{}, fmt.Errorf("%q is no number of units of %v since 1970", text, unit)
	}
	return sure(data.DateOf(time.Unix(n/second, n%second*int64(unit)))), nil
}

func sure(day data.Date) found { return found{day, day} }

// ofTime is the day of a moment in UTC.
func ofTime(t time.Time) found {
	year, month, day := t.Date()
	return found{data.DateOf(t), data.DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))}
}

// byRFC reads a moment as mail and HTTP write it. Names of zones but those of UTC are
// passed over: what they mean is not known.
func byRFC(text string) (found, bool) {
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.RFC850, "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700"} {
		t, err := time.Parse(layout, text)
		if err != nil || t.Year() < 1 {
			continue
		}
		if name, _ := t.Zone(); strings.HasSuffix(layout, "MST") && name != "UTC" && name != "GMT" && name != "UT" {
			continue
		}
		return ofTime(t), true
	}
	return found{}, false
}

// writtenDay finds the one day written with the year first. Eight digits that are no
// day, or one of no year between 1800 and 2199, are the number of something where
// another day is there.
func writtenDay(text string) (found, error) {
	var sureOnes, doubtful []found
	var wrong error
	for rest := text; ; {
		m := dashed.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		after := m[11]
		if rest[m[4]:m[5]] == rest[m[8]:m[9]] || !strings.Contains(rest[m[4]:m[5]]+rest[m[8]:m[9]], "/") {
			one, err := dayAndTime(rest[m[2]:m[3]], rest[m[6]:m[7]], rest[m[10]:m[11]], rest[after:])
			if err != nil {
				return found{}, fmt.Errorf("%q: %w", text, err)
			}
			sureOnes = append(sureOnes, one)
		}
		rest = rest[after:] // what ends one day may begin the next
	}
	for rest := text; ; {
		m := compact.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		one, err := dayAndTime(rest[m[2]:m[3]], rest[m[4]:m[5]], rest[m[6]:m[7]], rest[m[7]:])
		switch year := rest[m[2]:m[3]]; {
		case err != nil:
			wrong = fmt.Errorf("%q: %w", text, err)
		case year >= "1800" && year <= "2199":
			sureOnes = append(sureOnes, one)
		default:
			doubtful = append(doubtful, one)
		}
		rest = rest[m[7]:]
	}
	if len(sureOnes) == 0 && wrong == nil {
		sureOnes = doubtful
	}
	for _, one := range sureOnes {
		if one != sureOnes[0] {
			return found{}, fmt.Errorf("%q holds two days, %s and %s", text, sureOnes[0].day, one.day)
		}
	}
	if len(sureOnes) == 0 {
		return found{}, wrong
	}
	return sureOnes[0], nil
}

// dayAndTime is a day with the time that may follow it.
func dayAndTime(year, month, day, after string) (found, error) {
	date, err := data.ParseDate(year + "-" + month + "-" + day)
	if err != nil {
		return found{}, err
	}
	m := clock.FindStringSubmatch(after)
	if m == nil {
		return sure(date), nil
	}
	number := func(s string) int { n, _ := strconv.Atoi(s); return n } // digits, or nothing for 0
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	if hour > 24 || minute > 59 || second > 60 {
		return found{}, fmt.Errorf("%s:%s is no time of day", m[1], m[2])
	}
	offset := 0
	if zone := m[4]; zone[0] == '+' || zone[0] == '-' {
		minutes := number(strings.TrimPrefix(zone[3:], ":"))
		if offset = number(zone[1:3])*60 + minutes; minutes > 59 || offset > 18*60 {
			return found{}, fmt.Errorf("%s is no offset from UTC", zone)
		}
		if zone[0] == '-' {
			offset = -offset
		}
	}
	moment := date.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute-offset)*time.Minute + time.Duration(second)*time.Second)
	if moment.Year() < 1 || moment.Year() > 9999 {
		return found{}, fmt.Errorf("%s is beyond the years 1 to 9999 in UTC", date)
	}
	return found{data.DateOf(moment), date}, nil
}

// notFound says why a text has no day, and what would make it one.
func notFound(text string) error {
	m := dayLast.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return fmt.Errorf("%q holds no day written YYYY-MM-DD or YYYYMMDD, nor a moment by RFC 3339 or RFC 1123; --date-format says how days are written, as in --date-format %%d.%%m.%%y", text)
	}
	first, second := m[1], m[3]
	dayFirst, dayErr := time.Parse("2/1/2006", first+"/"+second+"/"+m[5])
	monthFirst, monthErr := time.Parse("1/2/2006", first+"/"+second+"/"+m[5])
	dm, md := "%d"+m[2]+"%m"+m[2]+"%Y", "%m"+m[2]+"%d"+m[2]+"%Y"
	const layout = "2 January 2006"
	switch {
	case dayErr == nil && monthErr == nil && first != second:
		return fmt.Errorf("%q is ambiguous: %s with --date-format %s, %s with --date-format %s", text, dayFirst.Format(layout), dm, monthFirst.Format(layout), md)
	case dayErr == nil:
		return fmt.Errorf("%q is read with --date-format %s", text, dm)
	case monthErr == nil:
		return fmt.Errorf("%q is read with --date-format %s", text, md)
	}
	return fmt.Errorf("%q holds no day", text)
}
