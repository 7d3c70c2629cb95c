package data_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

func TestAClaimOfANumberOfThingsIsHeldAgainstTheirLayer(t *testing.T) {
	files := copyOf(t)
	claim := func(id, more string) string {
		return fmt.Sprintf(`{"id":%q,"stated_on":"2026-01-20","kind":"tally","unit":"schools",%s,"measures":"schools behind the line","wording":"w","who":"somebody",
			"publisher":"p","url":"https://example.org/","seen_in":"s","of":"gaza-strip","party":"israel","basis":"traced"}`, id, more)
	}
	files["claims.json"].Data = []byte("[" + strings.Join([]string{
		claim("exact", `"layer":"schools","low":222,"high":222`), claim("in-the-band", `"layer":"schools","low":210,"high":210`),
		claim("more", `"layer":"schools","low":300,"high":300`), claim("of-no-layer", `"low":222,"high":222`)}, ",") + "]")
	claims, err := read(t, files).CheckedClaims(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []data.Verdict{data.Agrees, data.Agrees, data.Differs, data.NotCheckable} {
		if claims[i].Verdict != want {
			t.Errorf("%s: %s: %s", claims[i].ID, claims[i].Verdict, claims[i].Words)
		}
	}
	if x := claims[2].Computed[0]; *x.Figure != 222 || *x.FigureLow != 209 || *x.FigureHigh != 246 || *x.Difference != -78 || x.Words != "computed 222 schools, 78 below what is published" {
		t.Errorf("%+v", x)
	}
	for _, wrong := range []string{`"layer":"wells"`, `"layer":"schools","kind":"share","unit":"percent"`} {
		files["claims.json"].Data = []byte("[" + strings.Replace(claim("c", wrong+`,"low":1,"high":1`), `"kind":"tally","unit":"schools",`+wrong, wrong+map[bool]string{true: `,"kind":"tally","unit":"wells"`}[wrong == `"layer":"wells"`], 1) + "]")
		_, report, err := data.Read(t.Context(), files)
		if err == nil || report.Faults[0].Rule != "reference" || report.Faults[0].Place != "layer" {
			t.Errorf("%s: %v", wrong, report.Faults)
		}
	}
}
