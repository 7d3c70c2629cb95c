package ogc

import (
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// readDatetime reads datetime: a moment, a day, or two of them with a slash
// between, an open end empty or two dots. Both ends belong to it. Features
// begin and end with days, so the days of the ends decide as exactly as the
// moments would. Besides RFC 3339 it takes what GDAL sends: days with a T and
// nothing behind it.
func readDatetime(text string) (data.Interval, error) {
	first, last, interval := strings.Cut(text, "/")
	if !interval {
		last = first
	}
	var out data.Interval
	for i, end := range [2]string{first, last} {
		if interval && (end == "" || end == "..") {
			continue
		}
		day, ok := readDay(end)
		if !ok {
			return out, web.BadRequest("datetime is a date YYYY-MM-DD, a time such as 2026-01-20T12:00:00Z, or an interval FROM/TO with .. for an open end, not %q", web.Clip(text))
		}
		if i == 0 {
			out.From = day
		} else {
			out.To = day + 1
		}
	}
	if out.To != 0 && out.From >= out.To {
		return out, web.BadRequest("datetime ends before it begins: %q", web.Clip(text))
	}
	return out, nil
}

// readDay returns the UTC day of a date or a moment; a moment without a zone is
// UTC.
func readDay(text string) (data.Date, bool) {
	text = strings.ToUpper(text) // RFC 3339 allows t and z
	if day, err := data.ParseDate(strings.TrimSuffix(text, "T")); err == nil {
		return day, true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if moment, err := time.Parse(layout, text); err == nil && moment.UTC().Year() >= 1 && moment.UTC().Year() <= 9999 {
			return data.DateOf(moment), true
		}
	}
	return 0, false
}
