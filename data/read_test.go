package data_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/demarc-map/demarc/data"
)

func replaceOnce(s, old, new string) string { return strings.Replace(s, old, new, 1) }

func canonical(t *testing.T) []byte {
	t.Helper()
	text, err := embedded().Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheNameIsTheHashOfTheCanonicalBytes(t *testing.T) {
	sum := sha256.Sum256(canonical(t))
	if want := "sha256:" + hex.EncodeToString(sum[:]); embedded().Name() != want {
		t.Errorf("%s is not %s", embedded().Name(), want)
	}
}

func TestTheCanonicalBytesAreTheDatasetAgain(t *testing.T) {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(canonical(t), &parts); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, text := range parts {
		files[name] = &fstest.MapFile{Data: text}
	}
	again, report, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	if again.Name() != embedded().Name() || len(report.Repairs) > 0 {
		t.Errorf("read again: %s with %v, not %s without repairs", again.Name(), report.Repairs, embedded().Name())
	}
}

func TestLayoutAndOrderOfTheFilesDoNotChangeTheSnapshot(t *testing.T) {
	files := copyOf(t)
	for name, file := range files {
		if strings.HasSuffix(name, ".go") {
			continue
		}
		var v map[string]any
		if json.Unmarshal(file.Data, &v) != nil {
			continue // claims.json is a list, whose order is kept
		}
		if features, ok := v["features"].([]any); ok {
			slices.Reverse(features)
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetIndent("\r\n", "\t")
		if err := encoder.Encode(v); err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text.Bytes()}
	}
	s, _, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name() != embedded().Name() {
		t.Errorf("%s is not %s", s.Name(), embedded().Name())
	}
}

func TestRepairsLoseNothing(t *testing.T) {
	var zones struct {
		Type     string           `json:"type"`
		Features []map[string]any `json:"features"`
	}
	files := copyOf(t)
	if err := json.Unmarshal(files["zones.geojson"].Data, &zones); err != nil {
		t.Fatal(err)
	}
	ring := zones.Features[0]["geometry"].(map[string]any)["coordinates"].([]any)[0].([]any)
	slices.Reverse(ring)
	broken := append([]any{ring[0]}, ring[:len(ring)-1]...) // repeated first point, no closing point, wrong way round
	zones.Features[0]["geometry"].(map[string]any)["coordinates"] = []any{broken}
	text, err := json.Marshal(zones)
	if err != nil {
		t.Fatal(err)
	}
	files["zones.geojson"] = &fstest.MapFile{Data: text}
	s, report, err := data.Read(context.Background(), files)
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, r := range report.Repairs {
		if r.File != "zones.geojson" || r.Feature != "held-october-2025" {
			t.Errorf("the repair names %s, %s", r.File, r.Feature)
		}
		rules = append(rules, r.Rule)
	}
	if want := []string{"unclosed-ring", "repeated-point", "winding"}; !slices.Equal(rules, want) {
		t.Errorf("repairs %v, not %v", rules, want)
	}
	if s.Name() != embedded().Name() {
		t.Error("the repaired dataset is another snapshot")
	}
}

// Each case changes one text in one file of the embedded dataset and says
// which fault must be told, with which place.
func TestEachFaultNamesFileFeatureRuleAndPlace(t *testing.T) {
	const zones, lines, territories, dataset, claims = "zones.geojson", "control_lines.geojson", "territories.geojson", "dataset.json", "claims.json"
	for name, c := range map[string]struct {
		file, old, new string
		want           data.Fault // Detail is a part that must occur
	}{
		"a misspelt property":                {zones, `"valid_from"`, `"valid_form"`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "unknown-property", Place: "valid_form", Detail: `"valid_from"`}},
		"a missing accuracy":                 {zones, `"accuracy_m": 100, `, ``, data.Fault{File: zones, Feature: "held-october-2025", Rule: "missing-property", Place: "accuracy_m"}},
		"a date that does not exist":         {zones, `2025-10-10`, `2025-02-30`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "date", Place: "valid_from"}},
		"a date with a time":                 {zones, `2025-10-10`, `2025-10-10T00:00:00Z`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "date", Place: "valid_from"}},
		"an unknown party":                   {zones, `"party": "israel"`, `"party": "isreal"`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "reference", Place: "party", Detail: "isreal"}},
		"an unknown status":                  {zones, `"published"`, `"seen"`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "unknown-status", Place: "status"}},
		"an id with a capital":               {zones, `"held-october-2025"`, `"Held"`, data.Fault{File: zones, Feature: "Held", Rule: "id", Place: "id"}},
		"an id used twice":                   {zones, `"held-october-2025"`, `"yellow-line"`, data.Fault{File: lines, Feature: "yellow-line", Rule: "duplicate-id", Place: "id"}},
		"a latitude out of range":            {zones, `[34.47944,31.56845]`, `[34.47944,91]`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "range", Place: "ring 0, vertex 1"}},
		"a short position":                   {zones, `[34.47944,31.56845]`, `[34.47944]`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "position", Place: "ring 0, vertex 1"}},
		"a null position":                    {zones, `[34.47944,31.56845]`, `null`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "position", Place: "ring 0, vertex 1"}},
		"a text for a number":                {zones, `[34.47944,31.56845]`, `["34.47944",31.56845]`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "position", Place: "ring 0, vertex 1"}},
		"a ring that crosses itself":         {zones, `[34.47944,31.56845]`, `[34.40000,31.40000]`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "self-crossing", Place: "ring 0 near [34.4"}},
		"a null geometry":                    {zones, `"geometry": {`, `"geometry": null, "was": {`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "missing-geometry", Place: "geometry"}},
		"a geometry given twice":             {zones, `"geometry": {`, `"geometry": null, "geometry": {`, data.Fault{File: zones, Feature: "#0", Rule: "duplicate-member", Place: "/features/0/geometry"}},
		"coordinates in capitals":            {zones, `"coordinates":`, `"COORDINATES": [], "coordinates":`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "case-folded-member", Detail: "COORDINATES"}},
		"coordinates with a long s":          {zones, `"coordinates":`, `"coordinateſ": [], "coordinates":`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "case-folded-member", Detail: "coordinateſ"}},
		"a point for a polygon":              {zones, `"type": "Polygon"`, `"type": "Point"`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "position"}},
		"a foreign grid":                     {zones, `"features":`, `"crs": {"type": "name", "properties": {"name": "EPSG:2039"}}, "features":`, data.Fault{File: zones, Rule: "foreign-crs", Detail: "EPSG:2039"}},
		"a text that ends early":             {zones, "\n]}\n", ``, data.Fault{File: zones, Rule: "json"}},
		"a collection without features":      {zones, `"features"`, `"feature"`, data.Fault{File: zones, Rule: "missing-member", Place: "/features"}},
		"a line on no side":                  {lines, `"held_side": "left"`, `"held_side": "north"`, data.Fault{File: lines, Feature: "yellow-line", Rule: "unknown-side", Place: "held_side"}},
		"an unknown member":                  {dataset, `"schema"`, `"scheme": 1, "schema"`, data.Fault{File: dataset, Rule: "schema", Place: "/scheme"}},
		"another schema":                     {dataset, `demarc/1`, `demarc/9`, data.Fault{File: dataset, Rule: "schema", Place: "/schema"}},
		"a link that is a script":            {dataset, `https://github.com/mushon/nibal`, `javascript:alert(1)`, data.Fault{File: dataset, Feature: "gazamaps-2025-10-19", Rule: "link", Place: "url"}},
		"a default that does not exist":      {dataset, `"default_basis": "traced"`, `"default_basis": "guess"`, data.Fault{File: dataset, Rule: "reference", Place: "default_basis"}},
		"a claim beyond a hundred":           {claims, `"percent_high": 53`, `"percent_high": 530`, data.Fault{File: claims, Feature: "bedrosian-2025-10-09", Rule: "range"}},
		"a checked claim without an address": {claims, `"url": "https://pakistantimestoday`, `"publisher_url": "https://pakistantimestoday`, data.Fault{File: claims, Feature: "bedrosian-2025-10-09", Rule: "claim-without-url", Place: "url", Detail: "add url"}},
		"a claim about another place":        {claims, `"of": "gaza-strip"`, `"of": "atlantis"`, data.Fault{File: claims, Feature: "israeli-army-40", Rule: "reference", Place: "of"}},
		"a district that is its parent":      {territories, `"parent": "gaza-strip"`, `"parent": "north-gaza"`, data.Fault{File: territories, Feature: "north-gaza", Rule: "reference", Place: "parent", Detail: "goes round"}},
		"a hole outside its shell":           {zones, `]]]}`, `]],[[35,32],[35,32.1],[35.1,32.1],[35,32]]]}`, data.Fault{File: zones, Feature: "held-october-2025", Rule: "hole-outside-shell", Place: "ring 1 near [35 32]"}},
	} {
		t.Run(name, func(t *testing.T) {
			files := copyOf(t)
			edit(t, files, c.file, c.old, c.new)
			s, report, err := data.Read(context.Background(), files)
			if !errors.Is(err, data.ErrRefused) || s != nil {
				t.Fatalf("error %v, not ErrRefused", err)
			}
			if !slices.ContainsFunc(report.Faults, func(f data.Fault) bool {
				return f.File == c.want.File && f.Feature == c.want.Feature && f.Rule == c.want.Rule &&
					strings.Contains(f.Place, c.want.Place) && strings.Contains(f.Detail, c.want.Detail)
			}) {
				t.Errorf("faults %+v\nlack %+v", report.Faults, c.want)
			}
		})
	}
}

func TestSwappedAxesAreToldByName(t *testing.T) {
	files := copyOf(t)
	edit(t, files, "control_lines.geojson", `"held_side": "left", `, ``)
	text := string(files["control_lines.geojson"].Data)
	at := strings.Index(text, `[[`)
	files["control_lines.geojson"] = &fstest.MapFile{Data: []byte(text[:at] + `[[31.4,34.4],[31.5,34.5]]}}]}`)}
	_, report, err := data.Read(context.Background(), files)
	if err == nil || len(report.Faults) != 1 || report.Faults[0].Rule != "swapped-axes" {
		t.Errorf("error %v, not swapped-axes", err)
	}
}

// At a crossing in a shared vertex no two edges properly cross, yet the two
// halves cancel: the area would be 0.
func TestABowtieAtASharedVertexIsRefused(t *testing.T) {
	files := copyOf(t)
	text := string(files["zones.geojson"].Data)
	files["zones.geojson"] = &fstest.MapFile{Data: []byte(text[:strings.Index(text, `[[`)] +
		`[[[34.3,31.3],[34.31,31.31],[34.32,31.32],[34.32,31.3],[34.31,31.31],[34.3,31.32],[34.3,31.3]]]}}]}`)}
	_, report, err := data.Read(context.Background(), files)
	if err == nil || report.Faults[0].Rule != "zero-area" && report.Faults[0].Rule != "overlapping-rings" || !strings.Contains(report.Faults[0].Place, "near [34.3") {
		t.Errorf("error %v", err)
	}
}

func TestAMissingFileIsNamed(t *testing.T) {
	_, report, err := data.Read(context.Background(), fstest.MapFS{})
	if !errors.Is(err, data.ErrRefused) {
		t.Fatalf("error %v, not ErrRefused", err)
	}
	for _, file := range []string{"dataset.json", "territories.geojson"} {
		if !slices.ContainsFunc(report.Faults, func(f data.Fault) bool { return f.File == file && f.Rule == "missing-file" }) {
			t.Errorf("no fault says that %s is missing", file)
		}
	}
}
