package look

import (
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/words"
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
	return Capital(Phrase(MeasureOf(s, basisID), lang, strings.Join(names, words.In(lang).Say("joined"))))
}

// notCounted tells of land with a status that does not count.
func notCounted(status data.Status, lang string) string {
	return words.In(lang).Status(string(status)).Uncounted
}

// Rest tells of the land of the territory that nobody holds under a reading.
func Rest(measure data.Measure, lang string) string { return wordingOf(measure, lang).Rest }
