package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"

	"github.com/itchyny/timefmt-go"
	"pgregory.net/rapid"
)

func TestTheDayOfATextIsFoundWhereverItStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := data.Date(rapid.IntRange(1, 3652059).Draw(t, "day"))
		written := day.String()
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			written = strings.ReplaceAll(written, "-", "")
		case 1:
			written = strings.ReplaceAll(written, "-", "/")
		}
		affix := rapid.StringMatching(`[a-zA-Z_. ]*`)
		name := affix.Draw(t, "before") + written + affix.Draw(t, "after")
		if got, err := findDate(name); err != nil || got != sure(day) {
			t.Fatalf("%q: %v, %v", name, got, err)
		}
	})
}

func TestAMomentIsOfTheSameDayInUTCHoweverItIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Int64Range(1e9, 9_999_999_999).Draw(t, "seconds since 1970")
		zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, "minutes of offset"))
		moment := time.Unix(seconds, 0).In(zone)
		forms := map[string]string{
			fmt.Sprint(seconds): auto, fmt.Sprint(seconds * 1000): auto, fmt.Sprintf("%d.0", seconds): auto, fmt.Sprintf("%d ", seconds): unix, fmt.Sprint(seconds*1000 + 999): esriMs,
			moment.Format(time.RFC3339): auto, moment.Format("2006-01-02 15:04:05Z0700"): auto, moment.Format("2006/01/02 15:04:05.000-07:00"): auto, moment.Format("20060102T150405Z0700"): auto,
			moment.UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"): auto, moment.Format(time.RFC1123Z): auto, moment.Format("at 2006-01-02T15:04Z07:00, noted"): auto,
		}
		for _, format := range []string{"%d.%m.%Y %H:%M:%S %z", "%Y%m%d%H%M%S%z", "%B %e, %Y %I:%M:%S %p %z", "%FT%T%:z", "%a %b %d %T %z %Y", "%j/%Y %R %z"} {
			forms[timefmt.Format(moment, format)] = format
		}
		for text, format := range forms {
			d, err := newDates(format)
			if err != nil {
				t.Fatal(format, err)
			}
			got, err := d.find(text, false)
			if err != nil || got.day != data.DateOf(moment) {
				t.Errorf("%q by %s: %v %v, not %v", text, format, got.day, err, data.DateOf(moment))
			}
		}
	})
}

func TestADayOfAFormatIsFoundInANameToo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := data.Date(rapid.IntRange(int(of(t, "1969-01-01")), int(of(t, "2068-12-31"))).Draw(t, "day"))
		format := rapid.SampledFrom([]string{"%d.%m.%Y", "%m-%d-%Y", "%y%m%d", "%y_%m_%d", "%Y%j", "%d%b%Y", "%e %B %Y", "%Y-%m-%d"}).Draw(t, "format")
		d, err := newDates(format)
		if err != nil {
			t.Fatal(err)
		}
		befores := []string{"", "v7_", "Report 12345678 "}
		if format == "%y_%m_%d" { // "v7_01_02_03" holds two such days, which is told
			befores = []string{"", "Report 12345678 "}
		}
		affix := rapid.StringMatching(`[_. x]*`)
		name := rapid.SampledFrom(befores).Draw(t, "before") + affix.Draw(t, "and") + timefmt.Format(day.Time(), format) + affix.Draw(t, "after") + ".geojson"
		if got, err := d.find(name, true); err != nil || got != sure(day) {
			t.Fatalf("%q by %s: %v, %v", name, format, got, err)
		}
	})
}

func of(t interface{ Fatal(...any) }, text string) data.Date {
	day, err := data.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func TestDaysAreReadOrRefusedWithWhatWouldReadThem(t *testing.T) {
	for _, c := range []struct {
		text, format string
		name         bool
		want         string // a day, or words of the error
	}{
		{"2024/07/01", auto, false, "2024-07-01"}, {"2024/07/01 23:30:00+02", auto, false, "2024-07-01"}, {"2024-07-01T00:30:00+02:00", auto, false, "2024-06-30"}, {"2024-07-01T23:30:00-0500", auto, false, "2024-07-02"},
		{"2024-07-01 10:00", auto, false, "2024-07-01"}, {"Mon, 01 Jul 2024 15:03:00 GMT", auto, false, "2024-07-01"}, {"Mon, 1 Jul 2024 23:03:00 -0500", auto, false, "2024-07-02"},
		{"Monday, 01-Jul-24 15:03:00 GMT", auto, false, "2024-07-01"}, {"Mon, 01 Jul 2024 15:03:00 MSK", auto, false, "holds no day"},
		{"01/07/2024", auto, false, "ambiguous: 1 July 2024 with --date-format %d/%m/%Y, 7 January 2024 with --date-format %m/%d/%Y"}, {"25.07.2024", auto, false, "read with --date-format %d.%m.%Y"},
		{"7/25/2024", auto, false, "read with --date-format %m/%d/%Y"}, {"1719846180000", auto, false, "2024-07-01"}, {"1719846180", auto, false, "2024-07-01"}, {"id 1719846180", auto, false, "holds no day"},
		{"171984618", auto, false, "holds no day"}, {"17198461800000", auto, false, "holds no day"}, {"24_07_01", auto, true, "holds no day"}, {"24_07_01.kml", "%y_%m_%d", true, "2024-07-01"}, {"x240701.kml", "%y%m%d", true, "2024-07-01"},
		{"1754251105.geojson", auto, true, "2025-08-03"}, {"map 1754251105.geojson", auto, true, "holds no day"}, {"map 1754251105.geojson", unix, true, "2025-08-03"}, {"1719846180000", esriMs, false, "2024-07-01"}, {"2024-07-01", esriMs, false, "no number"},
		{"20007001_2024-07-01.geojson", auto, true, "2024-07-01"}, {"10120115-20240701.geojson", auto, true, "2024-07-01"}, {"20240612_2024-07-01.geojson", auto, true, "holds two days, 2024-07-01 and 2024-06-12"}, {"2024-07-01_20240701.geojson", auto, true, "2024-07-01"},
		{"01.07.2024_02.07.2024", "%d.%m.%Y", true, "holds two days"}, {"31.02.2024", "%d.%m.%Y", false, "no day of the calendar"}, {"29.02.2023", "%d.%m.%Y", true, "holds no day"}, {"366 2023", "%j %Y", false, "no day of the calendar"},
		{"2024-02-30", auto, false, "not a date"}, {"2024-07-01T10:00:00+25:00", auto, false, "no offset"}, {"", auto, false, "holds no day"}, {"0001-01-01T00:00:00+14:00", auto, false, "beyond"},
	} {
		d, err := newDates(c.format)
		if err != nil {
			t.Fatal(err)
		}
		got, err := d.find(c.text, c.name)
		if day, isDay := data.ParseDate(c.want); isDay == nil {
			if err != nil || got.day != day {
				t.Errorf("%q by %s: %v, %v; not %s", c.text, c.format, got.day, err, c.want)
			}
		} else if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q by %s: %v, %v; not %q", c.text, c.format, got.day, err, c.want)
		}
	}
	for format, want := range map[string]string{"%d.%m.": "does not say", "%H:%M": "does not say", "days": "neither", "%Y-%m-%d %Z": "names of time zones", "%Y-%q": "", "%Y": "does not say", "%y-%m": "does not say", "%": ""} {
		if d, err := newDates(format); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v", format, d, err)
		}
	}
}

func FuzzFindDate(f *testing.F) {
	for _, s := range []string{"deepstatemap_data_20240801.geojson", "2025-01-02T00:00:00Z", "99999999", "2025-1-2", "20250101_2025-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		one, err := findDate(s)
		_, moment := byRFC(strings.TrimSpace(s))
		if err != nil || moment || numberOfTime(withoutZeros(s)) {
			return
		}
		if one.day < 1 || !strings.Contains(strings.NewReplacer("-", "", "_", "", ".", "", "/", "").Replace(s), strings.ReplaceAll(one.written.String(), "-", "")) {
			t.Errorf("%q is %v", s, one)
		}
	})
}

func FuzzDateFormat(f *testing.F) {
	f.Add("%d.%m.%Y", "01.07.2024.geojson")
	f.Add("%y%m%d", "x240701")
	f.Add("%FT%T%:z", "2024-07-01T10:00:00+02:00")
	f.Add("%s", "1719846180")
	f.Fuzz(func(t *testing.T, format, text string) {
		d, err := newDates(format)
		if err != nil {
			return
		}
		for _, name := range []bool{false, true} {
			if one, err := d.find(text, name); err == nil && (one.day < 1 || one.day > 3652059) {
				t.Errorf("%q by %q is %d", text, format, one.day)
			}
		}
	})
}
