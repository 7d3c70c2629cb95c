package data_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"

	"pgregory.net/rapid"
)

// readsBack fails when a dataset that is accepted is not read back from its
// canonical bytes, as stored and as proposed, or from its folder, to the same
// snapshot, or when anything is repaired a second time. It reports whether the
// dataset was accepted.
func readsBack(t rapid.TB, files fstest.MapFS) bool {
	t.Helper()
	ctx := context.Background()
	s, _, err := data.Read(ctx, files)
	if err != nil {
		return false
	}
	canonical, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	stored, err := data.ReadCanonical(ctx, s.Name(), canonical)
	if err != nil {
		t.Fatalf("not read back: %v\n%s", err, canonical)
	}
	var documents map[string]json.RawMessage
	if err := json.Unmarshal(canonical, &documents); err != nil {
		t.Fatal(err)
	}
	proposed := data.Files{}
	for name, text := range documents {
		proposed[name] = text
	}
	folder, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	for what, files := range map[string]data.Files{"proposed": proposed, "folder": folder} {
		again, report, err := data.Read(ctx, files)
		if err != nil {
			t.Fatalf("%s: %v\n%s", what, err, canonical)
		}
		if len(report.Repairs) > 0 || again.Name() != s.Name() {
			t.Fatalf("%s: %s became %s: %v\n%s", what, s.Name(), again.Name(), report.Repairs, canonical)
		}
	}
	if bytes, err := stored.Canonical(); err != nil || string(bytes) != string(canonical) {
		t.Fatalf("other bytes: %v\n%s\n%s", err, canonical, bytes)
	}
	if len(stored.Repairs) > 0 || !slices.Equal(stored.Epochs, s.Epochs) || !reflect.DeepEqual(stored.Quality, s.Quality) ||
		!reflect.DeepEqual(stored.Zones, s.Zones) || !reflect.DeepEqual(stored.Territories, s.Territories) || !reflect.DeepEqual(stored.Lines, s.Lines) ||
		!reflect.DeepEqual(stored.Places, s.Places) || !reflect.DeepEqual(stored.Claims, s.Claims) && len(s.Claims) > 0 {
		t.Fatalf("other contents:\n%+v\n%+v", s.Contents, stored.Contents)
	}
	return true
}

// What is read can be read back, whatever the files hold, and is kept as it is.
func FuzzReadBack(f *testing.F) {
	files := func(base fstest.MapFS, changes ...string) {
		all := [6]string{}
		for i, name := range datasetFiles {
			if file := base[name]; file != nil {
				all[i] = string(file.Data)
			}
			for j := 0; j < len(changes); j += 2 {
				all[i] = strings.ReplaceAll(all[i], changes[j], changes[j+1])
			}
		}
		f.Add(all[0], all[1], all[2], all[3], all[4], all[5])
	}
	base := plain(f, `"reviewed_on":"2026-10-08","review_after":"2027-01-08",`, claim(`"url":"https://example.org/","stated_on":"2025-10-10"`))
	files(base)
	for _, change := range [][]string{
		{`"2025-10-10"`, `""`}, {`"2025-10-10"`, `"open"`}, {`"2025-10-10"`, `"9999-12-31"`}, {`"2025-10-10"`, `"0001-01-01"`},
		{`"accuracy_m":10`, `"accuracy_m":-0`}, {`"accuracy_m":10`, `"accuracy_m":1e400`}, {`"accuracy_m":10`, `"accuracy_m":1e-400,"x_n":-0.0,"x_b":true,"x_t":"\u202e"`},
		{`"accuracy_m":10`, `"accuracy_m":10,"name_":"e","name_en":"\u0000","x_":123456789012345678901234567890`},
		{`[0.5,1]`, `[0.5000000000000001,1],[0.5,1],[0.5,1]`}, {`[0.5,0]`, `[0.5,0],[0.75,0],[0.5,0]`}, {`[[[0,0]`, `[[[-0,0]`},
		{`[0,0]]]}`, `[0,0]],[[0,0.2],[0.1,0.3],[0,0.4],[0,0.2]]]}`}, {`"P"`, `"\ufeff<&>\u2028"`}, {`"id":"half"`, `"id":7`},
		{`"en":"A"`, `"en":"A","":"x","ar":""`}, {`"counts":["published"]`, `"counts":[],"mapped":[{"from":"2025-01-01","to":null}]`},
	} {
		files(base, change...)
	}
	f.Fuzz(func(t *testing.T, dataset, territories, zones, lines, places, claims string) {
		folder := fstest.MapFS{}
		for i, text := range []string{dataset, territories, zones, lines, places, claims} {
			if text != "" {
				folder[datasetFiles[i]] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		if readsBack(t, folder) {
			keptAlike(t, folder)
		}
	})
}

var datasetFiles = [6]string{"dataset.json", "territories.geojson", "zones.geojson", "control_lines.geojson", "places.geojson", "claims.json"}

// Random datasets whose rings touch themselves, run nearly straight and repeat
// points, with texts and numbers that are hard to write down.
func TestRandomDatasetsAreReadBack(t *testing.T) {
	accepted := 0
	referee.CheckUntil(t, func(t *rapid.T) {
		if readsBack(t, drawDataset(t)) {
			accepted++
		}
	}, func() bool { return accepted > 0 })
	t.Logf("%d accepted", accepted)
}

func drawDataset(t *rapid.T) fstest.MapFS {
	words := rapid.SampledFrom([]string{"", "open", "null", "é", "e\u0301", "\u2028", "<&>", "\\", "\u200f", "\U0001f5fa", "\r\n", "\ufeff", "\uffff"})
	quoted := func(what string) string {
		text, err := json.Marshal(strings.ToValidUTF8(words.Draw(t, what), ""))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	number := rapid.SampledFrom([]string{"10", "0", "-0", "1e2", "0.1", "1e-320", "99999.99999999999", "1E+1", "5e-324"})
	day := rapid.SampledFrom([]string{`"2025-01-01"`, `"2025-06-30"`, `"9999-12-31"`, `"0001-01-01"`, `"2024-02-29"`})
	shapes := rapid.SampledFrom([]string{"[[34,31],[34.5,31],[34.5,31.5],[34,31.5],[34,31]]", "[[34,31],[34,31.5],[34.5,31.5],[34.5,31]]",
		"[[34,31],[34.5,31],[34.7,31],[34.5,31],[34.5,31.5],[34,31]]", "[[34,31],[34.5,31],[34.5,31.5],[34.2,31],[34,31.5],[34,31]]"})
	optional := func(what, member string) string {
		if rapid.Bool().Draw(t, what) {
			return "," + member
		}
		return ""
	}
	ring := func(what string) string {
		if rapid.IntRange(0, 2).Draw(t, "of a kind") > 0 {
			return shapes.Draw(t, what)
		}
		var points []string
		for range rapid.IntRange(3, 6).Draw(t, what) {
			x, y := rapid.IntRange(0, 4).Draw(t, "x"), rapid.IntRange(0, 4).Draw(t, "y")
			lon, lat := 34+float64(x)/10, 31+float64(y)/10
			if rapid.IntRange(0, 4).Draw(t, "nudge") == 0 {
				lat = math.Nextafter(lat, 90)
			}
			points = append(points, fmt.Sprintf("[%v,%v]", lon, lat))
		}
		return "[" + strings.Join(append(points, points[0]), ",") + "]"
	}
	var zones []string
	for i := range rapid.IntRange(1, 3).Draw(t, "zones") {
		shape := `"Polygon","coordinates":[` + ring("ring") + optional("hole?", "[[34.01,31.01],[34.01,31.02],[34.02,31.02],[34.01,31.01]]") + "]"
		if rapid.Bool().Draw(t, "several") {
			shape = `"MultiPolygon","coordinates":[[` + ring("first") + `],[` + ring("second") + `]]`
		}
		zones = append(zones, fmt.Sprintf(`{"type":"Feature","id":"z%d","properties":{"party":"p","basis":"a","status":"observed","source":"s","valid_from":%s,"accuracy_m":%s%s%s%s},"geometry":{"type":%s}}`,
			i, day.Draw(t, "from"), number.Draw(t, "accuracy"), optional("name?", `"name_en":`+quoted("name")), optional("extra?", `"x_n":`+number.Draw(t, "extra")),
			optional("to?", `"valid_to":`+day.Draw(t, "to")), shape))
	}
	folder := plain(t, "", "[]")
	folder["territories.geojson"] = &fstest.MapFile{Data: []byte(`{"type":"Feature","id":"whole","properties":{"source":"s","name_en":` + quoted("whole") + `},"geometry":{"type":"Polygon","coordinates":[[[34,31],[35,31],[35,32],[34,32],[34,31]]]}}`)}
	folder["zones.geojson"] = &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[` + strings.Join(zones, ",") + `]}`)}
	delete(folder, "control_lines.geojson")
	return folder
}

func TestWhatCannotBeReadBackIsRefusedWhereItEnters(t *testing.T) {
	for name, c := range map[string]struct{ file, from, to, rule, place string }{
		"an empty valid_from":            {"zones.geojson", `"2025-10-10"`, `""`, "date", "valid_from"},
		"a day called open":              {"zones.geojson", `"2025-10-10"`, `"open"`, "date", "valid_from"},
		"U+0000 in a name":               {"zones.geojson", `"source":"s"`, `"source":"s","name_en":"a\u0000b"`, "control-character", "properties/name_en"},
		"a name that turns what follows": {"zones.geojson", `"source":"s"`, `"source":"s","name_en":"a` + "\u202e" + `b"`, "control-character", "properties/name_en"},
		"U+0000 in a title":              {"dataset.json", `"en":"t"`, `"en":"t\u0000"`, "control-character", "/title/en"},
		"an isolate in a party's name":   {"dataset.json", `"en":"P"`, `"en":"\u2066P"`, "control-character", "/parties/0/name/en"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := plain(t, "", "[]")
			file := folder[c.file]
			file.Data = bytes.Replace(file.Data, []byte(c.from), []byte(c.to), 1)
			_, report, err := data.Read(t.Context(), folder)
			if err == nil || len(report.Faults) != 1 || report.Faults[0].File != c.file || report.Faults[0].Rule != c.rule || report.Faults[0].Place != c.place {
				t.Errorf("%v", err)
			}
		})
	}
}
