package foreign

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestAPageOfAnAnswerIsRefusedUnlessAskedFor(t *testing.T) {
	two := oneFeature + "," + oneFeature
	next := `"links":[{"rel":"self","href":"https://example.org/a"},{"href":"https://example.org/a?offset=2","rel":"next","type":"application/geo+json"}]`
	arcs := `"objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]]},{"type":"Polygon","arcs":[[0]]}]}},"arcs":[[[0,0],[1,0],[1,1],[0,0]]]`
	esri := `{"attributes":{"a":1},"geometry":{"x":1,"y":2}}`
	for sign, hint := range map[string]string{
		next:                        "https://example.org/a?offset=2 ,",
		`"numberMatched":5,` + next: "2 of 5 features: get the next page",
		`"numberMatched" : 5`:       "startIndex",
		`"numberMatched":5,"numberReturned":2,"links":[{"rel":"prev","href":"b"}]`: "offset=2",
		`"totalFeatures":3`: "2 of 3 features",
		`"numberMatched":"unknown","numberReturned":2,` + next:                                         "https://example.org/a?offset=2",
		`"context":{"returned":2,"matched":7}`:                                                         "2 of 7 features",
		`"count":9,"next":"https:\/\/example.org\/?page=2","previous":null`:                            "https://example.org/?page=2",
		`"links":[{"rel":"next","href":"b"},{"rel":"x","href":"` + strings.Repeat("a", 70_000) + `"}]`: "next page, b ,",
		`"links":[{"rel":"next","href":"https://e.org/` + strings.Repeat("a", 300) + `"}]`:             "offset=2",
		`"links":[{"rel":"next","href":"https://e.org/\u001b[31m"}]`:                                   "offset=2",
		`"links":[{"rel":"next","href":"a"}],"numberMatched":"unknown"`:                                "next page, a ,",
	} {
		for name, text := range map[string]string{
			"before":          `{"type":"FeatureCollection",` + sign + `,"features":[` + two + "]}",
			"after":           `{"type":"FeatureCollection","features":[` + two + "],\n" + sign + " }",
			"TopoJSON":        `{"type":"Topology",` + sign + `,` + arcs + `}`,
			"TopoJSON, after": `{"type":"Topology",` + arcs + `,` + sign + `}`,
			"Esri":            `{"geometryType":"esriGeometryPoint","features":[` + esri + "," + esri + "]," + sign + "}",
			"Esri, before":    `{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},` + sign + `,"features":[` + esri + "," + esri + "]}",
		} {
			bad := refusal(t, inMemory(name, []byte(text)), Options{})
			if bad.Rule != "truncated" || !strings.Contains(bad.Detail, hint) || !strings.Contains(bad.Detail, "--allow-truncated") || bad.Feature != "" || len(bad.Detail) > 600 {
				t.Errorf("%s, %.80s: %v", name, sign, bad)
			}
			source, err := Open(t.Context(), inMemory(name, []byte(text)), Options{Truncated: true})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, source.Text()); err != nil || !strings.Contains(fmt.Sprint(source.Notes), "only its first 2 features are read, as was asked") {
				t.Errorf("%s, %.80s: %v %q", name, sign, err, source.Notes)
			}
		}
	}
}

func TestAWholeAnswerIsNoPage(t *testing.T) {
	two := oneFeature + "," + oneFeature
	for _, member := range []string{
		`"numberMatched":2,"numberReturned":2`, `"totalFeatures":2`, `"numberMatched":"unknown"`, `"totalFeatures":"unknown"`, `"numberMatched":null`, `"next":null`, `"links":null`,
		`"links":[{"rel":"self","href":"a"},{"rel":"prev","href":"b"}]`, `"links":{"rel":"next"}`, `"links":["next"]`, `"x":{"numberMatched":9}`, `"context":"a"`,
		`"numberMatched":2,"links":[{"rel":"next","href":"of a page that holds nothing"}]`, `"name":"numberMatched"`,
	} {
		for _, text := range []string{`{"type":"FeatureCollection",` + member + `,"features":[` + two + "]}", `{"type":"FeatureCollection","features":[` + two + "]," + member + "}"} {
			if _, report := features(t, inMemory("f", []byte(text)), Options{}); report.Err() != nil {
				t.Errorf("%s: %v", member, report)
			}
		}
	}
	alone := strings.Replace(oneFeature, `{"type": "Feature"`, `{"type":"Feature","links":[{"rel":"next","href":"of the feature after it"}],"numberMatched":4`, 1)
	for _, text := range []string{alone, alone + "\n" + alone} {
		if _, report := features(t, inMemory("f", []byte(text)), Options{}); report.Err() != nil {
			t.Errorf("%s: %v", text, report)
		}
	}
}
