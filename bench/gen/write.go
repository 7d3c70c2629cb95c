package gen

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/paulmach/orb"
)

// FirstDay is the day from which every zone is held, but those of days-769, which begins on it.
const FirstDay = "2025-01-01"

// Write makes a dataset folder of the set; one line of zones.geojson is one feature.
func (s *Set) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	description := fmt.Sprintf(`{"schema":"demarc/1","id":%q,"title":{"en":%q},"attribution":{"en":"generated"},"disclaimer":{"en":"made up"},`+
		`"territory":"land","default_party":%q,"default_basis":"drawn","parties":[{"id":%q,"name":{"en":"Alpha"}}],`+
		`"bases":[{"id":"drawn","name":{"en":"Drawn"},"meaning":{"en":"as generated"}}],`+
		`"sources":[{"id":"gen","title":"bench/gen","publisher":"the demarc authors","licence":"CC0 1.0"}]}`+"\n", s.Name, s.Name, Party, Party)
	if err := os.WriteFile(filepath.Join(dir, "dataset.json"), []byte(description), 0o644); err != nil {
		return err
	}
	if err := collection(filepath.Join(dir, "territories.geojson"), func(add func([]byte)) {
		add(feature(nil, "land", `"name_en":"Land","source":"gen"`, s.Territory))
	}); err != nil {
		return err
	}
	return collection(filepath.Join(dir, "zones.geojson"), func(add func([]byte)) {
		var line []byte
		for z := range s.Zones() {
			properties := fmt.Sprintf(`"name_en":"Zone %d","party":%q,"basis":"drawn","status":%q,"valid_from":%q,"source":"gen","accuracy_m":50,"x_number":%d`,
				z.Number, Party, z.Status, z.From, z.Number)
			if z.To != "" {
				properties += fmt.Sprintf(`,"valid_to":%q`, z.To)
			}
			line = feature(line[:0], z.ID, properties, z.Shape)
			add(line)
		}
	})
}

// collection writes a FeatureCollection, one feature a line.
func collection(path string, each func(add func([]byte))) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriterSize(file, 1<<20)
	fmt.Fprint(w, `{"type":"FeatureCollection","features":[`)
	separator := "\n"
	each(func(line []byte) {
		fmt.Fprint(w, separator)
		w.Write(line) // a bufio.Writer keeps its first error for Flush
		separator = ",\n"
	})
	fmt.Fprint(w, "\n]}\n")
	return w.Flush()
}

func feature(text []byte, id, properties string, p orb.Polygon) []byte {
	text = fmt.Appendf(text, `{"type":"Feature","id":%q,"properties":{%s},"geometry":{"type":"Polygon","coordinates":[`, id, properties)
	for i, ring := range p {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '[')
		for k, at := range ring {
			if k > 0 {
				text = append(text, ',')
			}
			text = append(text, '[')
			text = strconv.AppendFloat(text, at[0], 'f', -1, 64)
			text = append(text, ',')
			text = strconv.AppendFloat(text, at[1], 'f', -1, 64)
			text = append(text, ']')
		}
		text = append(text, ']')
	}
	return append(text, "]}}"...)
}
