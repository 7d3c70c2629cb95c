package foreign

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	orbjson "github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"
)

// indented is the feature as people print it.
func indented(t *testing.T) string {
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(oneFeature), "", "  "); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestASequenceHoldsWhatItsTextsHold(t *testing.T) {
	geometry := `{"type":"Polygon","coordinates":[[[10,20],[10.5,20],[10.5,20.5],[10,20.5],[10,20]]]}`
	long := strings.Replace(oneFeature, "Nord", "Nord"+strings.Repeat("x", 3*headSize), 1)
	for name, text := range map[string]string{
		"lines": oneFeature + "\n" + oneFeature + "\n", "no last line end": oneFeature + "\n" + oneFeature, "lines of Windows": oneFeature + "\r\n" + oneFeature + "\r\n",
		"blank lines": "\n\n" + oneFeature + "\n\n\r\n" + oneFeature + "\n\n", "indented": indented(t) + "\n" + indented(t), "long": long + "\n" + long,
		"geometries": geometry + "\n" + geometry, "records": "\x1e" + oneFeature + "\n\x1e" + oneFeature + "\n", "indented records": "\x1e" + indented(t) + "\n\x1e" + indented(t),
		"empty records": "\x1e\x1e" + oneFeature + "\x1e\n\x1e" + geometry + "\x1e", "long records": "\x1e" + long + "\n\x1e" + long, "mark": "\ufeff" + oneFeature + "\n" + oneFeature,
	} {
		all, report := features(t, inMemory(name, []byte(text)), Options{})
		if len(all) != 2 || report.Err() != nil || len(report.Repairs) > 0 {
			t.Errorf("%s: %d features, %v", name, len(all), report)
		}
	}
}

func TestATextAloneIsHandedOnAsItIs(t *testing.T) {
	long := `{"type":"FeatureCollection","features":[` + strings.Replace(oneFeature, "Nord", strings.Repeat("x", 3*headSize), 1) + "]}"
	for name, text := range map[string]string{"feature": oneFeature, "geometry": `{"type":"Point","coordinates":[1,2]}`, "collection": `{"features":[],"type":"FeatureCollection"}`, "long": long, "none": `{"a":1}`} {
		source, err := Open(t.Context(), inMemory(name, []byte(text)), Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		got, err := io.ReadAll(source.Text())
		if string(got) != text || err != nil || source.Format != "GeoJSON" || len(source.Notes) > 0 {
			t.Errorf("%s: %s %v %.100s", name, source.Format, err, got)
		}
	}
}

func TestWhatIsBrokenInASequenceIsNamedByItsLineAndByte(t *testing.T) {
	for name, at := range map[string]struct{ text, place, word string }{
		"cut off":            {oneFeature + "\n" + oneFeature + "\n" + oneFeature[:80], fmt.Sprintf("text #3, line 3, byte %d", 2*len(oneFeature)+2), "cut off"},
		"cut off after two":  {oneFeature + "\r\n\r\n" + oneFeature[:50] + "\n", fmt.Sprintf("text #2, line 3, byte %d", len(oneFeature)+4), "cut off"},
		"broken":             {oneFeature + "\n{\"type\": nothing}\n" + oneFeature, fmt.Sprintf("text #2, line 2, byte %d", len(oneFeature)+1), fmt.Sprintf("byte %d", len(oneFeature)+11)},
		"cut record":         {"\x1e" + oneFeature + "\n\x1e" + oneFeature[:50] + "\n\x1e" + oneFeature, fmt.Sprintf("text #2, line 2, byte %d", len(oneFeature)+3), "cut off"},
		"two in a record":    {"\x1e" + oneFeature + "\n" + oneFeature, "text #1, line 1, byte 1", "record separator"},
		"a mark between":     {oneFeature + "\n\ufeff" + oneFeature, fmt.Sprintf("text #2, line 2, byte %d", len(oneFeature)+1), "byte order mark"},
		"a collection":       {oneFeature + "\n\n" + `{"type":"FeatureCollection","features":[]}`, fmt.Sprintf("text #2, line 3, byte %d", len(oneFeature)+2), "file of its own"},
		"a collection first": {`{"type":"FeatureCollection","features":[]}` + "\n" + oneFeature, "", "file of its own"},
		"a long one first":   {`{"type":"FeatureCollection","features":[` + oneFeature + strings.Repeat(" ", 2*headSize) + "]}\n" + oneFeature, "", "file of its own"},
	} {
		bad := refusal(t, inMemory(name, []byte(at.text)), Options{})
		if bad.Place != at.place || !strings.Contains(bad.Detail, at.word) {
			t.Errorf("%s: %v, not at %s", name, bad, at.place)
		}
	}
}

func TestASeparatorWithinATextIsNoSpace(t *testing.T) {
	bad := refusal(t, inMemory("f", []byte(oneFeature+"\n"+strings.Replace(oneFeature, "Nord", "No\x1erd", 1))), Options{})
	if bad.Rule != "json" {
		t.Error(bad)
	}
}

// Law: what a sequence is written of is read from it, however it is written.
func TestLawASequenceIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "features")
		between := rapid.SampledFrom([]string{"\n", "\r\n", "\n\n", " ", ""}).Draw(t, "between")
		before := rapid.SampledFrom([]string{"", "\x1e"}).Draw(t, "before")
		var b strings.Builder
		var want []orb.Geometry
		for range n {
			x := rapid.Float64Range(-180, 180).Draw(t, "x")
			f := orbjson.NewFeature(orb.Point{x, 1})
			f.Properties["a"] = rapid.StringMatching(`[a-zé{}"\\\n]*`).Draw(t, "value")
			text, err := json.Marshal(f)
			if rapid.Bool().Draw(t, "bare") {
				text, err = json.Marshal(orbjson.NewGeometry(f.Geometry))
			}
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, f.Geometry)
			b.WriteString(before + string(text) + between)
		}
		all, report := features(t, inMemory("f", []byte(b.String())), Options{})
		if report.Err() != nil || len(all) != n {
			t.Fatalf("%d features, %v of %s", len(all), report, b.String())
		}
		for i := range all {
			if !orb.Equal(all[i].Geometry, want[i]) {
				t.Fatalf("%v is read as %v", want[i], all[i].Geometry)
			}
		}
	})
}

func TestAnAnswerThatIsNotAllIsRefusedUnlessAskedFor(t *testing.T) {
	two := oneFeature + "," + oneFeature
	esri := `{"attributes":{"a":1},"geometry":{"x":1,"y":2}}`
	for name, text := range map[string]string{
		"before":        `{"type":"FeatureCollection","exceededTransferLimit":true,"features":[` + two + "]}",
		"after":         `{"type":"FeatureCollection","features":[` + two + `],"exceededTransferLimit": true}`,
		"in properties": `{"type":"FeatureCollection","properties":{"a":{"b":1},"exceededTransferLimit":true},"features":[` + two + "]}",
		"last":          `{"type":"FeatureCollection","features":[` + two + `],"properties":{"exceededTransferLimit":true}}`,
		"Esri":          `{"geometryType":"esriGeometryPoint","exceededTransferLimit":true,"spatialReference":{"wkid":4326},"features":[` + esri + "," + esri + "]}",
		"Esri, after":   `{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},"features":[` + esri + "," + esri + `],"properties":{"exceededTransferLimit":true}}`,
		"of a sequence": oneFeature + "\n" + strings.Replace(oneFeature, `{"type": "Feature"`, `{"exceededTransferLimit":true,"type":"Feature"`, 1),
	} {
		bad := refusal(t, inMemory(name, []byte(text)), Options{})
		if bad.Rule != "truncated" || !strings.Contains(bad.Detail, "resultOffset=2") || !strings.Contains(bad.Detail, "--allow-truncated") {
			t.Errorf("%s: %v", name, bad)
		}
		source, err := Open(t.Context(), inMemory(name, []byte(text)), Options{Truncated: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, source.Text()); err != nil || len(source.Notes) != 1 || !strings.Contains(source.Notes[0], "first 2 features") {
			t.Errorf("%s: %v %q", name, err, source.Notes)
		}
	}
	for name, text := range map[string]string{
		"false":        `{"type":"FeatureCollection","exceededTransferLimit":false,"features":[` + two + "]}",
		"of a feature": `{"type":"FeatureCollection","features":[` + strings.Replace(oneFeature, `"H"`, `"exceededTransferLimit":true,"H"`, 1) + "]}",
		"a value":      `{"type":"FeatureCollection","name":"exceededTransferLimit","other":true,"features":[` + two + "]}",
		"deeper":       `{"type":"FeatureCollection","properties":{"x":{"exceededTransferLimit":true}},"features":[` + two + "]}",
		"of others":    `{"type":"FeatureCollection","other":{"exceededTransferLimit":true},"features":[` + two + "]}",
	} {
		if _, report := features(t, inMemory(name, []byte(text)), Options{}); report.Err() != nil {
			t.Errorf("%s: %v", name, report)
		}
	}
}

func TestWhatPackageGeoJSONSaysOfATextIsSaid(t *testing.T) {
	for text, rule := range map[string]string{
		`{"type":"FeatureCollection","features":[{"type":"Feature","type":"Feature"}]}`: "duplicate-member", `{"type":"FeatureCollection","features":[`: "json",
		`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,null]]]}`: "position", `{"type":"Feature","a":1,"a":2}`: "duplicate-member",
	} {
		_, report := features(t, inMemory("f", []byte(text)), Options{})
		if len(report.Faults) != 1 || report.Faults[0].Rule != rule {
			t.Errorf("%s: %v", text, report)
		}
	}
}
