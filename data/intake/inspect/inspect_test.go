package inspect

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/intake/foreign"

	"pgregory.net/rapid"
)

// inMemory is a file that is a text.
func inMemory(name, content string) foreign.File {
	return foreign.File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// onDisk is a file with those of its name beside it.
func onDisk(name string) foreign.File {
	return foreign.File{Name: name, Path: name, Open: func() (io.ReadCloser, error) { return os.Open(name) },
		Beside: func(extension string) (io.ReadCloser, error) {
			return os.Open(strings.TrimSuffix(name, filepath.Ext(name)) + "." + extension)
		}}
}

// everyFile hands on the testdata of this package and of the readers of formats.
func everyFile(t *testing.T, each func(t *testing.T, name string)) {
	for _, root := range []string{"testdata", "../foreign/testdata"} {
		_ = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && filepath.Ext(name) != ".md" && !strings.Contains(name, "fuzz") {
				t.Run(name, func(t *testing.T) { each(t, name) })
			}
			return nil
		})
	}
}

func TestCountsAddUp(t *testing.T) {
	everyFile(t, func(t *testing.T, name string) {
		found, err := Look(t.Context(), onDisk(name), Options{})
		if err != nil {
			t.Skip("no file of its own: ", err)
		}
		addsUp(t, found)
	})
}

// addsUp fails unless every feature is told once, and every value.
func addsUp(t interface{ Errorf(string, ...any) }, i *Inspection) {
	shapes := 0
	for _, c := range i.Geometries {
		shapes += c.Count
	}
	if shapes+i.WithoutGeometry+i.Refused != i.Features {
		t.Errorf("%d shapes, %d without, %d refused of %d features", shapes, i.WithoutGeometry, i.Refused, i.Features)
	}
	for _, p := range i.Properties {
		kinds, top := 0, 0
		for _, c := range p.Kinds {
			if c.Name != "null" && c.Name != "empty text" {
				kinds += c.Count
			}
		}
		for _, c := range p.Top {
			top += c.Count
		}
		if kinds != p.Features || p.Features > shapes || top > p.Features || p.Distinct <= topValues && !p.More && top != p.Features || p.onPolygons > min(p.Features, i.polygonal) {
			t.Errorf("%+v, with %d shapes", p, shapes)
		}
	}
	for _, k := range append(i.Repairs, i.Faults...) {
		if len(k.Examples) != min(k.Count, mostExamples) {
			t.Errorf("%+v", k)
		}
	}
	if i.Suggestion != nil && i.polygonal == 0 {
		t.Errorf("a command is suggested for no polygon")
	}
}

func TestTheFirstLookTellsWhatIsThere(t *testing.T) {
	found, err := Look(t.Context(), onDisk("testdata/2024-03-02-held.geojson.gz"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := found.Text([]string{found.File})
	for _, want := range []string{
		"GeoJSON, in gzip", "features: 3: 2 Polygon, 1 MultiPolygon", "from [10 20] to [11 21]", "repaired: winding, once",
		`"HOLDER": text, 2 values: "Group A+" (2), "Group A-" (1); may be the party`, `"id": text, 3 values: "a" (1), "b" (1), "c" (1); looks like an id`,
		"looks like names, in ar", "--date name", "--map party=HOLDER", "--party 'Group A+'", "--map name_ar=name", "--accuracy-m ACCURACY_M", "day in the file's name: 2024-03-02",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if found.Suggestion.Zones != 4 {
		t.Error(found.Suggestion.Zones)
	}
}

func TestWhatIsNoZoneIsCountedAndSaid(t *testing.T) {
	found, err := Look(t.Context(), onDisk("testdata/mixed.geojson"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if found.Features != 4 || found.WithoutGeometry != 1 || found.Refused != 1 || found.polygonal != 1 || found.otherShapes != 1 {
		t.Errorf("%+v", found)
	}
	if p := found.Properties[0]; p.Name != "date" || len(p.Looks) != 1 || p.Looks[0].First != "2024-07-01" || p.Looks[0].Last != "2024-07-02" {
		t.Errorf("%+v", p)
	}
}

func TestDaysAreToldByAllTheirValues(t *testing.T) {
	for _, c := range []struct {
		values []string
		want   string
	}{
		{[]string{`"2024-01-31"`, `"2024-02-01"`}, "YYYY-MM-DD"}, {[]string{`20240131`, `"20240201"`}, "YYYYMMDD"}, {[]string{`"2024-01-31T23:00:00+02:00"`}, "YYYY-MM-DD with a time"},
		{[]string{`"31/01/2024"`, `"01/02/2024"`}, "DD/MM/YYYY"}, {[]string{`"01/31/2024"`}, "MM/DD/YYYY"}, {[]string{`"01/02/2024"`}, "DD/MM/YYYY or MM/DD/YYYY, which the values do not tell"},
		{[]string{`1719846180000`}, "milliseconds since 1970 (Esri)"}, {[]string{`1719846180`}, "seconds since 1970 (Unix)"}, {[]string{`"map of 2024-01-31"`}, "one day within a text"},
		{[]string{`"2024-01-31"`, `"later"`}, ""}, {[]string{`"2024-01-31"`, `5`}, ""}, {[]string{`"2024-02-31"`}, ""}, {[]string{`true`}, ""}, {[]string{`0.5`}, ""}, {[]string{`"2024-01-31"`, `[]`}, ""},
	} {
		var text strings.Builder
		for _, value := range c.values {
			fmt.Fprintf(&text, `{"type": "Feature", "properties": {"day": %s}, "geometry": {"type": "Point", "coordinates": [1, 2]}}`+"\n", value)
		}
		found, err := Look(t.Context(), inMemory("f", text.String()), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range found.Properties[0].Looks {
			if l.As == "day" {
				got = l.Format
			}
		}
		if got != c.want {
			t.Errorf("%v: %q, not %q", c.values, got, c.want)
		}
	}
}

func TestAShellReadsEveryWordAsItIs(t *testing.T) {
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash")
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "a'b", "$(id)", "`id`", "\x1b[2J", "a\nb", "\xff", "\ufffd", "\u202e", `\'`, "-x", "~"})).Draw(t, "word")
		if strings.ContainsRune(word, 0) {
			t.Skip("no argument holds it")
		}
		out, err := exec.Command(shell, "-c", "printf %s "+"x"+quoted(word)).Output()
		if err != nil || !bytes.Equal(out, []byte("x"+word)) {
			t.Fatalf("%q as %s is read %q, %v", word, quoted(word), out, err)
		}
	})
}

func TestValuesBeyondAThousandAreSaidToBeMore(t *testing.T) {
	var text strings.Builder
	for n := range 1200 {
		fmt.Fprintf(&text, `{"type": "Feature", "properties": {"n": %d, "m": %d}, "geometry": {"type": "Point", "coordinates": [1, 2]}}`+"\n", n, n%1000)
	}
	found, err := Look(t.Context(), inMemory("f", text.String()), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n, m := found.Properties[0], found.Properties[1]; n.Distinct != 1000 || !n.More || m.Distinct != 1000 || m.More {
		t.Errorf("%+v %+v", n, m)
	}
}

func TestWhatCannotBeReadIsAnError(t *testing.T) {
	for _, content := range []string{"", "hello", "{", `{"type": "FeatureCollection", "crs": "EPSG:3857", "features": []}`} {
		if found, err := Look(t.Context(), inMemory("f", content), Options{}); err == nil {
			t.Errorf("%q: %+v", content, found)
		}
	}
	found, err := Look(t.Context(), inMemory("f", `{"type": "FeatureCollection", "features": []}`), Options{})
	if err != nil || found.Features != 0 || found.Suggestion != nil {
		t.Errorf("an empty collection is a file: %+v %v", found, err)
	}
}

func FuzzLook(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.*json*")
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		found, err := Look(context.Background(), inMemory("f", string(content)), Options{Options: foreign.Options{Limit: 1 << 20}, Vertices: 10_000, MaxSteps: 1_000_000})
		if err != nil {
			return
		}
		addsUp(t, found)
		if text := found.Text([]string{"f"}); strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), unseen) {
			t.Errorf("%q", text)
		}
	})
}

func TestALookMeetsAnAnswerThatIsAPage(t *testing.T) {
	page := `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}],"numberMatched":7}`
	for _, allowed := range []bool{false, true} {
		i, err := Look(t.Context(), inMemory("page.geojson", page), Options{Options: foreign.Options{Truncated: allowed}})
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(i.Notes, "")
		if !allowed && len(i.Faults) == 1 && i.Faults[0].Rule == "truncated" {
			said = i.Faults[0].Examples[0]
		}
		if !strings.Contains(said, "1 of 7 features") || allowed != (len(i.Faults) == 0) {
			t.Errorf("allowed: %v: %v %q", allowed, i.Faults, i.Notes)
		}
	}
}
