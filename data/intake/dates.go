package intake

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/demarc-map/demarc/data"
)

var (
	dashed  = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4})[-_.]([0-9]{2})[-_.]([0-9]{2})(?:[^0-9]|$)`)
	compact = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4})([0-9]{2})([0-9]{2})(?:[^0-9]|$)`)
)

// findDate finds the one day written in a text as YYYY-MM-DD or YYYYMMDD, with
// anything but digits around it: a file name, a time stamp. Two different days
// are an error, as is none.
func findDate(text string) (data.Date, error) {
	var found data.Date
	for _, pattern := range []*regexp.Regexp{dashed, compact} {
		for rest := text; ; {
			m := pattern.FindStringSubmatchIndex(rest)
			if m == nil {
				break
			}
			day, err := data.ParseDate(rest[m[2]:m[3]] + "-" + rest[m[4]:m[5]] + "-" + rest[m[6]:m[7]])
			rest = rest[m[7]:] // what ends one day may begin the next
			if err != nil {
				return 0, fmt.Errorf("%q: %w", text, err)
			}
			if found != 0 && found != day {
				return 0, fmt.Errorf("%q holds two days, %s and %s", text, found, day)
			}
			found = day
		}
	}
	if found == 0 {
		return 0, fmt.Errorf("%q holds no day written YYYY-MM-DD or YYYYMMDD", text)
	}
	return found, nil
}

// dayOfName returns the day in a file's name when the plan looks there.
func (p Plan) dayOfName(name string) (data.Date, error) {
	if p.Date != "name" {
		return 0, nil
	}
	return findDate(name[strings.LastIndexAny(name, `/\`)+1:])
}
