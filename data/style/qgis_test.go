package style

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

// files are all that QGIS gets, of a dataset whose texts are made to do harm.
func files(t *testing.T) map[string][]byte {
	t.Helper()
	s, e := *embedded(), edition(t)
	harm := data.Text{"en": "</layername><script>alert(1)</script>\u202e'; DROP TABLE zones; --"}
	s.Dataset.Title, s.Dataset.Attribution, s.Dataset.Disclaimer = harm, harm, harm
	s.Zones = append([]data.Zone(nil), s.Zones...)
	for i := range s.Zones {
		s.Zones[i].Name, s.Zones[i].Extra = harm, map[string]any{"x_\"</rule>": "=1+1"}
	}
	l := Layers{Drawing: Drawing{&s, e, drawing(t).Land, "ar"}, Tiles: "http://127.0.0.1/tiles/gaza/{z}/{x}/{y}.mvt?as_of=2026-01-20&basis=traced", Package: "http://127.0.0.1/export/gaza.gpkg?x=1&y=2", MaxZoom: 14}
	out := map[string][]byte{}
	var err error
	if out["qlr"], err = l.QLR(); err != nil {
		t.Fatal(err)
	}
	for _, layer := range layerNames() {
		if out[layer], err = (&Drawing{&s, e, l.Land, "he"}).QML(layer); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestQGISFilesAreWellFormedAndCarryNoMarkupOfOthers(t *testing.T) {
	for name, text := range files(t) {
		if bytes.ContainsAny(text, "\u202e") {
			t.Errorf("%s turns the direction of text", name)
		}
		for in := xml.NewDecoder(bytes.NewReader(text)); ; {
			token, err := in.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				if token.Name.Local == "script" {
					t.Errorf("%s has an element named script", name)
				}
			case xml.CharData: // QGIS shows some of it as HTML
				if bytes.Contains(token, []byte("<")) {
					t.Errorf("%s has markup in its text: %s", name, token)
				}
			}
		}
	}
}

func TestARuleIsLeftOutWhereItsColumnIsMissing(t *testing.T) {
	m := mark{shape: area, when: []condition{{"x_side", isOne, []string{"east"}}}}
	if got := rules([]mark{m}, func(string) bool { return false }); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	plain, err := drawing(t).QML("zones")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(plain, []byte(`mark`)) || bytes.Contains(plain, []byte("x_kind")) {
		t.Errorf("%s", plain)
	}
	closed, err := restricted(t).QML("held")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(closed, []byte("b_diagonal")) || !bytes.Contains(closed, []byte("Restricted by Israel")) {
		t.Errorf("restricted land has no rule of its own: %s", closed)
	}
	if _, err := drawing(t).QML("roads"); !errors.Is(err, data.ErrUnknown) {
		t.Error(err)
	}
}

func TestEachCaseOfAColourIsARuleAndNoFeatureHasTwo(t *testing.T) {
	one := mark{shape: area, colour: choice{usual: "#000000", cases: []colourCase{
		{when: condition{"party", isOne, []string{"it's"}}, colour: "#111111"}, {when: condition{"party", isOne, []string{"b"}}, colour: "#222222"}}}}
	var said []string
	for _, r := range rules([]mark{one}, func(string) bool { return true }) {
		said = append(said, r.colour+" "+r.expression())
	}
	want := `#111111 "party" IN ('it''s')
#222222 "party" IN ('b')
#000000 coalesce("party", '') NOT IN ('it''s') AND coalesce("party", '') NOT IN ('b')`
	if got := strings.Join(said, "\n"); got != want {
		t.Error(got)
	}
}
