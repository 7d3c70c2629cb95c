package foreign

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// inMemory is a file that is a text.
func inMemory(name string, content []byte) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil }}
}

// reported is what is said of a file that is read to its end.
func reported(t interface{ Fatal(...any) }, source *Source, name string) *geojson.Report {
	defer source.Close()
	report := &geojson.Report{}
	err := geojson.Read(context.Background(), source.Text(), name, geojson.Options{Clean: true}, report, func(geojson.Feature) error { return nil })
	var bad geojson.Fault
	if errors.As(err, &bad) {
		report.Refuse(bad)
	} else if err != nil {
		t.Fatal(err)
	}
	return report
}

// features reads a file as an import does, without its repairs.
func features(t interface{ Fatal(...any) }, file File, options Options) ([]geojson.Feature, *geojson.Report) {
	source, err := Open(context.Background(), file, options)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var all []geojson.Feature
	report := &geojson.Report{}
	err = geojson.Read(context.Background(), source.Text(), file.Name, geojson.Options{Clean: true}, report, func(f geojson.Feature) error {
		all = append(all, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, report
}

const oneFeature = `{"type": "Feature", "id": "a", "properties": {"H": "Nord\u00e9"}, "geometry": {"type": "Polygon", "coordinates": [[[10, 20], [10.5, 20], [10.5, 20.5], [10, 20.5], [10, 20]]]}}`

func TestATextIsTheSameHoweverItIsWrapped(t *testing.T) {
	plain := `{"type": "FeatureCollection", "features": [` + oneFeature + "," + oneFeature + "]}"
	zipped := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = io.WriteString(w, text)
		_ = w.Close()
		return b.String()
	}
	utf16 := func(order unicode.Endianness) string {
		text, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(plain)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for name, content := range map[string]string{
		"plain": plain, "gzip": zipped(plain), "gzip twice": zipped(zipped(plain)), "mark": "\ufeff" + plain, "mark in gzip": zipped("\ufeff" + plain),
		"UTF-16 little": utf16(unicode.LittleEndian), "UTF-16 big": utf16(unicode.BigEndian),
		"lines": strings.Repeat(oneFeature+"\n", 2), "one after another": oneFeature + oneFeature,
		"records": strings.Repeat("\x1e"+oneFeature+"\n", 2),
	} {
		all, report := features(t, inMemory(name, []byte(content)), Options{})
		if len(all) != 2 || report.Err() != nil || all[1].ID != "a" || !strings.Contains(string(all[1].Properties), "Nord") {
			t.Errorf("%s: %v %v", name, all, report)
		}
	}
}

func TestWhatUnpacksToTooMuchIsRefused(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, `{"type": "FeatureCollection", "features": [`+strings.Repeat(" ", 1<<20)+"]}")
	_ = w.Close()
	source, err := Open(t.Context(), inMemory("bomb.geojson.gz", b.Bytes()), Options{Limit: 100_000})
	if err == nil {
		defer source.Close()
		_, err = io.Copy(io.Discard, source.Text())
	}
	var bad geojson.Fault
	if !errors.As(err, &bad) || bad.Rule != "too-large" || bad.File != "bomb.geojson.gz" {
		t.Error(err)
	}
}

func TestFeaturesAreReadBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(-179, 178).Draw(t, "x"), rapid.Float64Range(-89, 88).Draw(t, "y")
		shape := orb.Polygon{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y}}}
		name, value := rapid.String().Draw(t, "name"), rapid.String().Draw(t, "value")
		want := Feature{ID: "a", Properties: []Property{{name, value}}, Geometry: shape}
		text := newText(func(yield func(Feature, error) bool) { yield(want, nil) })
		var got []geojson.Feature
		report := &geojson.Report{}
		if err := geojson.Read(context.Background(), text, "f", geojson.Options{}, report, func(f geojson.Feature) error { got = append(got, f); return nil }); err != nil {
			t.Fatal(err)
		}
		if report.Err() != nil || len(got) != 1 || !orb.Equal(got[0].Geometry, shape) {
			t.Fatalf("%v %v", got, report)
		}
	})
}
