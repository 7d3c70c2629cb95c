package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/jackc/pgx/v5"
)

// apart is how far two computations of one area may be from each other, as a part of the
// territory. PostGIS overlays with GEOS and measures with GeographicLib, along
// edges cut into pieces, on which a geodesic and an edge straight in longitude
// and latitude differ by less than 1 part in 10⁷.
const apart = 1e-6

// queried are the datasets that SQL is asked about.
func queried(t *testing.T) []*data.Snapshot {
	t.Helper()
	strip, _, err := data.Read(t.Context(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	invented, _, err := data.Read(t.Context(), demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	return []*data.Snapshot{strip, invented, version(t, "here", 40), ukraine(t)}
}

// days picks days of a dataset to ask about: around every change, or, without -soak,
// around the first, the last and a few between.
func days(s *data.Snapshot) []data.Date {
	var all []data.Date
	for _, e := range s.Epochs {
		all = append(all, e.From-1, e.From)
	}
	if most := 8; !*referee.Long && len(all) > most {
		step := len(all) / (most - 1)
		var some []data.Date
		for i := 0; i < len(all); i += step {
			some = append(some, all[i])
		}
		all = append(some, all[len(all)-1])
	}
	return all
}

// What counts, on which days a reading says something, and of when its evidence is
// are told in SQL as everywhere else: the same questions have an answer, and the same one.
func TestSQLTellsTheSameShares(t *testing.T) {
	referee.Figures(t)
	ctx, url := context.Background(), database(t)
	p := postGIS(t, url)
	for _, s := range queried(t) {
		published(t, p, s, by("ann", 0))
		compared, worst := 0, 0.0
		for _, day := range days(s) {
			want := map[string]data.Share{}
			for _, party := range s.Dataset.Parties {
				shares, err := s.Shares(ctx, party.ID, day)
				var gap *data.NotMapped
				if err != nil && !errors.As(err, &gap) {
					t.Fatal(err)
				}
				for _, share := range shares {
					want[share.Of+" "+share.Party+" "+share.Basis] = share
				}
			}
			rows, err := p.pool.Query(ctx, "SELECT territory || ' ' || party || ' ' || basis, held_km2, territory_km2, percent, snapshot, evidence_newest, evidence_age_days FROM demarc.shares($1, $2)",
				s.Dataset.ID, day.Time())
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				var question, name string
				var heldKm2, territoryKm2, percent float64
				var newest time.Time
				var age int
				if err := rows.Scan(&question, &heldKm2, &territoryKm2, &percent, &name, &newest, &age); err != nil {
					t.Fatal(err)
				}
				share, asked := want[question]
				delete(want, question)
				off := max(math.Abs(share.HeldKm2-heldKm2), math.Abs(share.TerritoryKm2-territoryKm2)) / territoryKm2
				worst = max(worst, off)
				compared++
				if !asked || off > apart || math.Abs(share.Percent-percent) > 100*apart || name != s.Name() {
					t.Errorf("%s %s: %.9g of %.9g km² in SQL, %.9g of %.9g here", day, question, heldKm2, territoryKm2, share.HeldKm2, share.TerritoryKm2)
				}
				if !newest.Equal(share.Evidence.Newest.Time()) || age != share.Evidence.AgeDays {
					t.Errorf("%s %s: evidence of %s, %d days, in SQL; of %s, %d days, here", day, question, newest.Format(time.DateOnly), age, share.Evidence.Newest, share.Evidence.AgeDays)
				}
			}
			if rows.Err() != nil {
				t.Fatal(rows.Err())
			}
			for question := range want {
				t.Errorf("%s %s: nothing in SQL", day, question)
			}
		}
		if compared == 0 {
			t.Errorf("%s: nothing was compared", s.Dataset.ID)
		}
		t.Logf("%s: %d shares, at most %.2g of the territory apart", s.Dataset.ID, compared, worst)
	}
	sound(t, p)
}

func TestSQLTellsTheSameTableOfParties(t *testing.T) {
	referee.Figures(t)
	ctx, url := context.Background(), database(t)
	p := postGIS(t, url)
	for _, s := range queried(t) {
		published(t, p, s, by("ann", 0))
		for _, day := range days(s) {
			want, areas := map[string]float64{}, map[string]float64{}
			for _, basis := range s.Dataset.Bases {
				for _, of := range s.Territories {
					table, err := s.Parties(ctx, data.Query{Of: of.ID, Basis: basis.ID, AsOf: day})
					if err != nil {
						t.Fatal(err)
					}
					for _, row := range table.Rows {
						want[fmt.Sprint(of.ID, " ", basis.ID, " ", row.Holder, " ", strings.Join(slices.Sorted(slices.Values(row.Parties)), ","))] = row.Km2
					}
					areas[of.ID] = table.TerritoryKm2
				}
			}
			rows, err := p.pool.Query(ctx, "SELECT territory, territory || ' ' || basis || ' ' || holder || ' ' || array_to_string(parties, ','), km2, percent_rounded::float8, basis FROM demarc.parties($1, $2)",
				s.Dataset.ID, day.Time())
			if err != nil {
				t.Fatal(err)
			}
			sums := map[string]float64{}
			var of, question, basis string
			var km2, rounded float64
			if _, err := pgx.ForEachRow(rows, []any{&of, &question, &km2, &rounded, &basis}, func() error {
				here, asked := want[question]
				delete(want, question)
				if !asked || math.Abs(here-km2) > apart*areas[of] || math.Abs(rounded-100*km2/areas[of]) > 0.01+100*apart {
					t.Errorf("%s %s: %.9g km², %.2f %%, in SQL, %.9g here", day, question, km2, rounded, here)
				}
				sums[of+" "+basis] += rounded
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			for question := range want {
				t.Errorf("%s %s: nothing in SQL", day, question)
			}
			for table, sum := range sums {
				if math.Round(100*sum) != 100_00 {
					t.Errorf("%s %s: the rounded percentages sum to %.2f", day, table, sum)
				}
			}
		}
	}
}

// A store of the first version, with what was published in it, is brought up to
// date with the days that its bytes tell.
func TestAStoreOfTheFirstVersionIsBroughtUpToDate(t *testing.T) {
	ctx, url := context.Background(), database(t)
	p := postGIS(t, url)
	invented, _, err := data.Read(ctx, demo.Files())
	if err != nil {
		t.Fatal(err)
	}
	published(t, p, invented, by("ann", 0))
	for _, statement := range []string{ // as the first version left it
		"DROP FUNCTION demarc.shares, demarc.parties, demarc.known, demarc.counting, demarc.km2",
		"DROP FUNCTION demarc.entry_hash, demarc.check_entry, demarc.check_snapshot, demarc.check_row, demarc.refuse_row_change, demarc.refuse_snapshot_change, demarc.withdraw CASCADE",
		"DROP TABLE demarc.things CASCADE",
		"DROP VIEW demarc.heads CASCADE",
		"ALTER TABLE demarc.entries DROP COLUMN withdraws, DROP COLUMN signature",
		"CREATE VIEW demarc.heads AS SELECT DISTINCT ON (dataset) * FROM demarc.entries ORDER BY dataset, number DESC",
		`DO $$ DECLARE name text; BEGIN
			FOREACH name IN ARRAY ARRAY['snapshots', 'bases', 'territories', 'zones', 'control_lines', 'places'] LOOP
				EXECUTE format('CREATE OR REPLACE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON demarc.%I EXECUTE FUNCTION demarc.refuse_change()', name);
			END LOOP;
		END $$`,
		"ALTER TABLE demarc.snapshots ALTER COLUMN canonical SET NOT NULL",
		"ALTER TABLE demarc.snapshots DROP COLUMN parties",
		"ALTER TABLE demarc.bases DROP COLUMN mapped",
		"ALTER TABLE demarc.zones DROP COLUMN mapped_on",
		"CREATE VIEW demarc.zones_current AS SELECT h.dataset, z.* FROM demarc.heads h JOIN demarc.zones z USING (snapshot)",
		"CREATE FUNCTION demarc.shares(text, date, timestamptz, double precision) RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"DELETE FROM demarc.migrations WHERE version > 1",
	} {
		if _, err := p.pool.Exec(ctx, statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	if _, err := p.Verify(ctx); err == nil || !strings.Contains(err.Error(), "--migrate") {
		t.Errorf("rows of the first version are compared: %v", err)
	}
	if got := told(t, p, invented.Dataset.ID); len(got) != 1 {
		t.Errorf("a store of the first version has a history of %d", len(got))
	}
	sound(t, postGIS(t, url))
	if _, err := p.pool.Exec(ctx, "UPDATE demarc.zones SET mapped_on = '2020-01-01'"); err == nil || !strings.Contains(err.Error(), "never changed") {
		t.Errorf("after the migration a row may be changed: %v", err)
	}
}

func TestSQLCountsNothingOnADayThatIsNotMapped(t *testing.T) {
	ctx, url := context.Background(), database(t)
	p := postGIS(t, url)
	files := data.Files{}
	for _, name := range []string{"dataset.json", "territories.geojson", "zones.geojson", "control_lines.geojson", "places.geojson"} {
		text, err := fs.ReadFile(demo.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = bytes.ReplaceAll(text, []byte(`"from": "2024-03-01"`), []byte(`"from": "2024-09-01"`)) // zones are valid before
	}
	invented, _, err := data.Read(ctx, files)
	if err != nil {
		t.Fatal(err)
	}
	published(t, p, invented, by("ann", 0))
	gaps := 0
	for _, day := range days(invented) {
		for _, basis := range invented.Dataset.Bases {
			_, err := invented.Edition(basis.ID, day)
			var gap *data.NotMapped
			if !errors.As(err, &gap) {
				continue
			}
			gaps++
			counted := 0
			if err := p.pool.QueryRow(ctx, "SELECT count(*) FROM demarc.counting($1, $2) WHERE basis = $3", invented.Name(), day.Time(), basis.ID).Scan(&counted); err != nil || counted > 0 {
				t.Errorf("%s %s: %d zones count on a day that is not mapped: %v", basis.ID, day, counted, err)
			}
		}
	}
	if gaps == 0 {
		t.Error("no day was not mapped")
	}
}
