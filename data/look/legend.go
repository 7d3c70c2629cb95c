package look

import (
	"strings"

	"github.com/demarc-map/demarc/data"
)

// Words tells in a language what a mark of a reading's map means.
func (m *Mark) Words(s *data.Snapshot, basisID, lang string) string {
	if len(m.Parties) == 0 {
		return notCounted(data.Status(m.ID), lang)
	}
	names := make([]string, len(m.Parties))
	for i, id := range m.Parties {
		party, _ := s.PartyByID(id)
		names[i] = party.Name.In(lang)
	}
	return Capital(Phrase(MeasureOf(s, basisID), lang, strings.Join(names, and(lang))))
}

// and joins the names of parties.
func and(lang string) string {
	switch lang {
	case "ar":
		return " و"
	case "he":
		return " ו"
	}
	return " and "
}

// notCounted tells of land with a status that does not count.
func notCounted(status data.Status, lang string) string {
	words := map[data.Status]data.Text{
		data.Agreed:    {"en": "Agreed, not counted", "ar": "متفق عليها، لا تُحسب", "he": "מוסכם, לא נספר"},
		data.Observed:  {"en": "Observed, not counted", "ar": "مرصودة، لا تُحسب", "he": "נצפה, לא נספר"},
		data.Published: {"en": "On a published map, not counted", "ar": "على خريطة منشورة، لا تُحسب", "he": "במפה שפורסמה, לא נספר"},
		data.Claimed:   {"en": "Claimed, not counted", "ar": "مُدّعاة، لا تُحسب", "he": "נטען, לא נספר"},
		data.Proposed:  {"en": "Proposed, not counted", "ar": "مقترحة، لا تُحسب", "he": "מוצע, לא נספר"},
		data.Disputed:  {"en": "Disputed, not counted", "ar": "متنازع عليها، لا تُحسب", "he": "שנוי במחלוקת, לא נספר"},
	}
	return words[status].In(lang)
}

// Rest tells of the land of the territory that nobody holds under a reading.
func Rest(measure data.Measure, lang string) string {
	words := map[data.Measure]data.Text{
		data.HeldBy:       {"en": "Not held by any party", "ar": "ليست تحت سيطرة أي طرف", "he": "לא מוחזק בידי צד כלשהו"},
		data.BehindLine:   {"en": "Not behind the line", "ar": "ليست خلف الخط", "he": "לא מעבר לקו"},
		data.RestrictedBy: {"en": "Not restricted", "ar": "غير مقيّدة", "he": "לא מוגבל"},
		data.ClaimedBy:    {"en": "Not claimed", "ar": "غير مُطالَب بها", "he": "לא נטען"},
	}
	if measure == "" {
		measure = data.HeldBy
	}
	return words[measure].In(lang)
}
