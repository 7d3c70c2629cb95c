package data_test

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/referee"
)

// The reference was computed with GEOS buffers in UTM 36N and areas of pyproj.
func TestWhatClaimsAboutGazaNeedIsWhatTheReferenceComputed(t *testing.T) {
	referee.Figures(t)
	claims, err := embedded().CheckedClaims(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	metres, moved := map[string]map[string]*float64{}, map[string]data.Comparison{}
	for _, c := range claims {
		metres[c.ID] = map[string]*float64{}
		for _, x := range c.Computed {
			metres[c.ID][x.Basis] = x.DisplacementM
			if x.PercentIfMovedLow != nil {
				moved[c.ID] = x
			}
		}
		for _, x := range c.Yardsticks {
			metres[c.ID][x.Basis] = x.DisplacementM
		}
	}
	// Claims about the area say it in km², those about the share in rounded percent.
	names := map[string]string{"inss-polygon": "inss-polygon-area", "gaza-media-office-line": "gaza-media-office-line-area", "gaza-media-office-orange": "gaza-media-office-orange-area",
		"maps-64": "army-maps-64", "legorano-53-58": "", "reuters-orange-line": ""}
	file, err := os.Open(referee.Reference(t, "gaza/claims-2-computed.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	compared := 0
	for _, row := range rows[1:] {
		id := row[0]
		if name, ok := names[id]; ok {
			id = name
		}
		if x, ok := moved[id]; ok {
			near(t, id+" low", *x.PercentIfMovedLow, number(row[1]), 0.02)
			near(t, id+" high", *x.PercentIfMovedHigh, number(row[2]), 0.02)
			compared += 2
			continue
		}
		for basis, want := range map[string]string{"line-cut": row[4], "traced": row[6]} {
			got, ok := metres[id][basis]
			if !ok || got == nil || want == "" {
				continue
			}
			compared++
			if math.Abs(*got-number(want)) > 1 {
				t.Errorf("%s: the %s line moves by %.2f m, not %s", id, basis, *got, want)
			}
		}
	}
	if compared < 40 {
		t.Errorf("only %d figures were compared", compared)
	}
}
