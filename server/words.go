package server

import (
	"fmt"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
)

// words says the few things that pictures and the page's head state, in one language.
type words struct {
	lang, dir string
	months    [12]string
	date      string // {day} {month} {year}
	held      string // {party} {place}
	area      string // {held} {total}, both with their unit
	km2       string // {n}
	band      string // {low} {high}
	notMapped string // {date} {first}
	readings  string
	reading   string // {name}
	district  string
	zone      string
	claimed   string
	agreed    string
	observed  string
	figure    string // what a link to the figure says
	script    string // why there is no map to move
	mapOf     string // {place} {date}
	scale     string // {n}
}

var (
	english = words{lang: "en", dir: "ltr", date: "{day} {month} {year}",
		months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		held:   "Held by {party}: {place}", area: "{held} of {total}", km2: "{n} km²", band: "Between {low} and {high}",
		notMapped: "Not mapped on {date}. The evidence begins on {first}.", readings: "How the evidence is read", reading: "Reading: {name}", district: "District",
		zone: "Held area", claimed: "Claimed, proposed or disputed", agreed: "Agreed line", observed: "Line observed or otherwise known",
		figure: "This figure as JSON", script: "The map that can be moved needs JavaScript.",
		mapOf: "Map of {place}: who holds what on {date}", scale: "{n} km"}
	arabic = words{lang: "ar", dir: "rtl", date: "{day} {month} {year}",
		months: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		held:   "تحت سيطرة {party}: {place}", area: "{held} من أصل {total}", km2: "{n} كم²", band: "بين {low} و{high}",
		notMapped: "لا خريطة ليوم {date}. تبدأ الأدلة في {first}.", readings: "كيفية قراءة الأدلة", reading: "القراءة: {name}", district: "المحافظة",
		zone: "المنطقة المسيطر عليها", claimed: "مُدّعاة أو مقترحة أو متنازع عليها", agreed: "خط متفق عليه", observed: "خط مرصود أو غير ذلك",
		figure: "هذا الرقم بصيغة JSON", script: "تحتاج الخريطة التفاعلية إلى JavaScript.",
		mapOf: "خريطة {place}: من يسيطر على ماذا في {date}", scale: "{n} كم"}
	hebrew = words{lang: "he", dir: "rtl", date: "{day} ב{month} {year}",
		months: [12]string{"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"},
		held:   "בשליטת {party}: {place}", area: "{held} מתוך {total}", km2: "{n} קמ״ר", band: "בין {low} ל-{high}",
		notMapped: "אין מיפוי ל-{date}. הראיות מתחילות ב-{first}.", readings: "אופן קריאת הראיות", reading: "קריאה: {name}", district: "נפה",
		zone: "שטח מוחזק", claimed: "נטען, מוצע או שנוי במחלוקת", agreed: "קו מוסכם", observed: "קו שנצפה או ידוע אחרת",
		figure: "הנתון הזה כ-JSON", script: "המפה הניתנת להזזה דורשת JavaScript.",
		mapOf: "מפת {place}: מי מחזיק במה ב-{date}", scale: "{n} ק״מ"}
)

// wordsIn returns the words of a language, English for one that is not spoken.
func wordsIn(lang string) *words {
	switch lang {
	case "ar":
		return &arabic
	case "he":
		return &hebrew
	}
	return &english
}

// fill puts texts, given as name, text, name, text, into the {gaps} of a phrase.
func fill(phrase string, gaps ...string) string {
	for i := 0; i+1 < len(gaps); i += 2 {
		phrase = strings.ReplaceAll(phrase, "{"+gaps[i]+"}", gaps[i+1])
	}
	return phrase
}

// day writes a date in words: 20 January 2026.
func (w *words) day(d data.Date) string {
	t, err := time.Parse(time.DateOnly, d.String())
	if err != nil { // only a zero date
		return ""
	}
	return fill(w.date, "day", fmt.Sprint(t.Day()), "month", w.months[t.Month()-1], "year", fmt.Sprint(t.Year()))
}

// percent writes 53.1%.
func (w *words) percent(v float64) string { return w.ltr(fmt.Sprintf("%.1f%%", v)) }

// squareKm writes 194.0 km².
func (w *words) squareKm(v float64) string { return fill(w.km2, "n", w.ltr(fmt.Sprintf("%.1f", v))) }

// ltr keeps a number with its sign together and left to right inside text that
// runs the other way (Unicode UAX #9, isolates).
func (w *words) ltr(number string) string {
	if w.dir == "ltr" {
		return number
	}
	return "\u2066" + number + "\u2069"
}

// statement is what a picture or a head states of one share, in one language.
type statement struct {
	words *words
	place *place
	share data.Share
}

func (s *statement) dataset() *data.Dataset { return &s.place.snapshot.Dataset }

func (s *statement) in(t data.Text) string { return t.In(s.words.lang) }

// Place names the territory or district.
func (s *statement) Place() string {
	t, _ := s.place.snapshot.TerritoryByID(s.share.Of)
	return s.in(t.Name)
}

// Held says by whom.
func (s *statement) Held() string {
	party, _ := s.place.snapshot.PartyByID(s.share.Party)
	return fill(s.words.held, "party", s.in(party.Name), "place", s.Place())
}

func (s *statement) Date() string    { return s.words.day(s.share.AsOf) }
func (s *statement) Percent() string { return s.words.percent(s.share.Percent) }

// Title is that of the page: figure, place, day.
func (s *statement) Title() string { return s.Percent() + " · " + s.Place() + " · " + s.Date() }

// Areas says how much of how much.
func (s *statement) Areas() string {
	return fill(s.words.area, "held", s.words.squareKm(s.share.HeldKm2), "total", s.words.squareKm(s.share.TerritoryKm2))
}

// Band says how far a shifted outline moves the figure.
func (s *statement) Band() string {
	u := s.share.Uncertainty
	return fill(s.words.band, "low", s.words.percent(u.PercentLow), "high", s.words.percent(u.PercentHigh))
}

// Reading names the basis.
func (s *statement) Reading() string {
	basis, _ := s.place.snapshot.BasisByID(s.share.Basis)
	return fill(s.words.reading, "name", s.in(basis.Name))
}

func (s *statement) Attribution() string { return s.in(s.dataset().Attribution) }
func (s *statement) Disclaimer() string  { return s.in(s.dataset().Disclaimer) }
func (s *statement) Alt() string {
	return fill(s.words.mapOf, "place", s.in(s.dataset().Title), "date", s.Date())
}
