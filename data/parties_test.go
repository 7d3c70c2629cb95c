package data_test

import (
	"context"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"

	"pgregory.net/rapid"
)

func TestATableOfPartiesMakesUpTheTerritory(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, drawKnown(t), mappedDays(t, drawMapped(t)))
		q := data.Query{Basis: "a", AsOf: data.DateOf(epochStart) + data.Date(rapid.IntRange(-5, 45).Draw(t, "day"))}
		p, err := s.Parties(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Districts) != 2 {
			t.Fatalf("%d districts", len(p.Districts))
		}
		for _, table := range append([]data.PartyTable{p.PartyTable}, p.Districts...) {
			km2, percent, rounded := 0.0, 0.0, 0
			held := map[string]float64{} // by party, alone and with others
			for _, row := range table.Rows {
				km2, percent, rounded = km2+row.Km2, percent+row.Percent, rounded+int(row.Rounded)
				if off := 100*row.Percent - float64(row.Rounded); off >= 1 || off <= -1 {
					t.Fatalf("%v %% is rounded to %s", row.Percent, row.Rounded)
				}
				for _, party := range row.Parties {
					held[party] += row.Km2
				}
			}
			closeTo(t, "all rows in km²", km2, table.TerritoryKm2, 1e-7*table.TerritoryKm2)
			closeTo(t, "all rows in percent", percent, 100, 1e-7)
			if rounded != 100_00 {
				t.Fatalf("the published decimals sum to %d hundredths", rounded)
			}
			for _, party := range []string{"p", "q", "r"} {
				share, err := s.Share(ctx, data.Query{Basis: "a", AsOf: q.AsOf, Of: table.Territory, Party: party})
				if p.Evidence == nil {
					if err == nil {
						t.Fatalf("the table says that %s is not mapped, a share %v %%", q.AsOf, share.Percent)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				closeTo(t, party+" alone and with others", held[party], share.HeldKm2, 1e-7*table.TerritoryKm2)
			}
		}
	})
}

// Quarters of a territory: one is p's, one q's, one both's, one nobody's.
func TestATableOfPartiesTellsWhoHoldsAloneWhoTogetherAndWhatNobodyHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := place(t, []drawnZone{
			{rectangle: rectangle{10, 10, 40, 25}, basis: "a"}, {rectangle: rectangle{25, 10, 40, 40}, basis: "a", party: "q"},
			{rectangle: rectangle{10, 10, 40, 40}, basis: "a", party: "r", status: "claimed"},
		})
		p, err := s.Parties(context.Background(), data.Query{AsOf: data.DateOf(epochStart) + 3})
		if err != nil {
			t.Fatal(err)
		}
		said := []string{}
		for _, row := range p.Rows {
			said = append(said, strings.TrimSpace(string(row.Holder)+" "+strings.Join(row.Parties, "+"))+" "+row.Rounded.String())
		}
		// The southern half is a little more than half of the land.
		if got, want := strings.Join(said, ", "), "alone p 25.02, alone q 24.98, alone r 0.00, shared p+q 25.02, nobody 24.98"; got != want {
			t.Fatalf("%s, not %s", got, want)
		}
		if east := p.Districts[0]; east.Territory != "east" || len(east.Rows) != 5 || east.Rows[0].Km2 != 0 {
			t.Fatalf("the first district is %+v", east)
		}
		var csv strings.Builder
		if err := p.WriteCSV(&csv); err != nil || strings.Count(csv.String(), "\n") != 15 {
			t.Fatalf("%v\n%s", err, csv.String())
		}
	})
}

func TestADayThatIsNotMappedIsAWholeRowOfTheTable(t *testing.T) {
	p, err := embedded().Parties(context.Background(), data.Query{AsOf: date(t, "2025-10-01")})
	if err != nil || len(p.Rows) != 1 || p.Rows[0].Holder != data.NotKnown || p.Rows[0].Rounded != 100_00 || p.Evidence != nil {
		t.Errorf("%+v, %v", p, err)
	}
}
