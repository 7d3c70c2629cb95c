package picture

import (
	"fmt"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
)

// Words says the few things that pictures and the head of the page state, in
// one language.
type Words struct {
	Lang, Dir string // BCP 47, and ltr or rtl
	District  string
	Figure    string // what a link to the figure says
	Script    string // why there is no map to move

	months     [12]string
	date       string // {day} {month} {year}
	mapped     string // {date}
	age        string // {n} {date}
	area       string // {held} {total}, both with their unit
	km2        string // {n}
	band       string // {low} {high}
	notMapped  string // {date} {first}
	reading    string // {name}
	agreed     string
	observed   string
	mapOf      string // {place} {date} {age}
	scale      string // {n}
	background string // {credit}
	mappedIn   string // {year} {credit}
}

func english() *Words {
	return &Words{Lang: "en", Dir: "ltr", date: "{day} {month} {year}",
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		mapped: "as mapped on {date}", age: "evidence {n} days old on {date}", area: "{held} of {total}", km2: "{n} km²", band: "Between {low} and {high}",
		notMapped: "Not mapped on {date}. The evidence begins on {first}.", reading: "Reading: {name}", District: "District",
		agreed: "Agreed line", observed: "Line observed or otherwise known",
		Figure: "This figure as JSON", Script: "The map that can be moved needs JavaScript.",
		mapOf: "Map of {place}, {date}; {age}", scale: "{n} km", background: "Background: {credit}", mappedIn: "Background as mapped in {year}: {credit}"}
}

func arabic() *Words {
	return &Words{Lang: "ar", Dir: "rtl", date: "{day} {month} {year}",
		months: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		mapped: "كما رُسمت في {date}", age: "عمر الأدلة {n} يومًا في {date}", area: "{held} من أصل {total}", km2: "{n} كم²", band: "بين {low} و{high}",
		notMapped: "لا خريطة ليوم {date}. تبدأ الأدلة في {first}.", reading: "القراءة: {name}", District: "المحافظة",
		agreed: "خط متفق عليه", observed: "خط مرصود أو غير ذلك",
		Figure: "هذا الرقم بصيغة JSON", Script: "تحتاج الخريطة التفاعلية إلى JavaScript.",
		mapOf: "خريطة {place}، {date}؛ {age}", scale: "{n} كم", background: "الخلفية: {credit}", mappedIn: "الخلفية كما رُسمت في {year}: {credit}"}
}

func hebrew() *Words {
	return &Words{Lang: "he", Dir: "rtl", date: "{day} ב{month} {year}",
		months: [12]string{"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"},
		mapped: "כפי שמופה ב-{date}", age: "ראיות בנות {n} ימים ב-{date}", area: "{held} מתוך {total}", km2: "{n} קמ״ר", band: "בין {low} ל-{high}",
		notMapped: "אין מיפוי ל-{date}. הראיות מתחילות ב-{first}.", reading: "קריאה: {name}", District: "נפה",
		agreed: "קו מוסכם", observed: "קו שנצפה או ידוע אחרת",
		Figure: "הנתון הזה כ-JSON", Script: "המפה הניתנת להזזה דורשת JavaScript.",
		mapOf: "מפת {place}, {date}; {age}", scale: "{n} ק״מ", background: "הרקע: {credit}", mappedIn: "הרקע כפי שמופה ב-{year}: {credit}"}
}

// In returns the words of a language, English for one that is not spoken.
func In(lang string) *Words {
	switch lang {
	case "ar":
		return arabic()
	case "he":
		return hebrew()
	}
	return english()
}

// fill puts texts, given as name, text, name, text, into the {gaps} of a phrase.
func fill(phrase string, gaps ...string) string {
	for i := 0; i+1 < len(gaps); i += 2 {
		phrase = strings.ReplaceAll(phrase, "{"+gaps[i]+"}", gaps[i+1])
	}
	return phrase
}

// NotMapped says that a day is not mapped, and when the evidence begins.
func (w *Words) NotMapped(gap *data.NotMapped) string {
	return fill(w.notMapped, "date", w.day(gap.Day), "first", w.day(gap.First))
}

// day writes a date in words: 20 January 2026.
func (w *Words) day(d data.Date) string {
	t, err := time.Parse(time.DateOnly, d.String())
	if err != nil { // only a zero date
		return ""
	}
	return fill(w.date, "day", fmt.Sprint(t.Day()), "month", w.months[t.Month()-1], "year", fmt.Sprint(t.Year()))
}

// Percent writes 53.1%.
func (w *Words) Percent(v float64) string { return w.ltr(fmt.Sprintf("%.1f%%", v)) }

// squareKm writes 194.0 km².
func (w *Words) squareKm(v float64) string { return fill(w.km2, "n", w.ltr(fmt.Sprintf("%.1f", v))) }

// ltr keeps a number with its sign together and left to right inside text that
// runs the other way (Unicode UAX #9, isolates).
func (w *Words) ltr(number string) string {
	if w.Dir == "ltr" {
		return number
	}
	return "\u2066" + number + "\u2069"
}
