package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/referee"
)

// ukraine imports the monthly states of the reference data.
func ukraine(t *testing.T) *data.Snapshot {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(referee.Reference(t, "ukraine/monthly"), "*.geojson"))
	if err != nil {
		t.Fatal(err)
	}
	open := func(name string) intake.File {
		return intake.File{Name: name, Open: func() (io.ReadCloser, error) { return os.Open(name) }}
	}
	var files []intake.File
	for _, name := range names {
		files = append(files, open(name))
	}
	report := &geojson.Report{}
	outline, _, err := intake.Polygons(t.Context(), open(referee.Reference(t, "ukraine/outline-natural-earth.geojson")), intake.OutlinePlan{}, report)
	if err != nil {
		t.Fatal(err)
	}
	called, err := intake.NewCalled(nil)
	if err != nil {
		t.Fatal(err)
	}
	imported, err := intake.Zones(t.Context(), files, intake.Plan{Set: map[string]string{"party": "russia", "basis": "deepstate", "status": "observed", "source": "s", "accuracy_m": "500"}, Date: "name"}, called, report, func() {})
	if err = errors.Join(err, report.Err()); err != nil {
		t.Fatal(err)
	}
	words := data.Text{"en": "x"}
	contents := &data.Contents{
		Dataset: data.Dataset{Schema: data.Schema, ID: "ukraine", Title: words, Attribution: words, Disclaimer: words, Territory: "ukraine", Party: "russia", Basis: "deepstate",
			Parties: []data.Party{{ID: "russia", Name: words}}, Bases: []data.Basis{{ID: "deepstate", Name: words, Meaning: words}},
			Sources: []data.Source{{ID: "s", Title: "t", Publisher: "p", Licence: "l"}}},
		Territories: []data.Territory{{ID: "ukraine", Name: words, Source: "s", Shape: outline}}, Zones: imported.Zones,
	}
	texts, err := contents.Files()
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := data.Read(context.Background(), data.Files(texts))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The roles of the guide for operators: who reads cannot write, and who
// publishes cannot change what was published.
func TestTheRolesOfTheGuideMayDoWhatTheyAreForAndNoMore(t *testing.T) {
	ctx, url := context.Background(), database(t)
	owner := postGIS(t, url)
	guide, err := os.ReadFile(filepath.Join(referee.Root(), "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(guide), "```sql\n")
	roles, _, closed := strings.Cut(after, "```")
	if !ok || !closed {
		t.Fatal("the guide has no SQL")
	}
	drop := "DROP OWNED BY demarc_reader, demarc_publisher; DROP ROLE demarc_reader, demarc_publisher"
	if _, err := owner.pool.Exec(ctx, roles); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := owner.pool.Exec(ctx, drop); err != nil {
			t.Error(err)
		}
	})
	as := func(role string) *PostGIS {
		config := owner.pool.Config().ConnConfig
		p, err := OpenPostGIS(ctx, strings.Replace(url, "user="+config.User, "user="+role, 1))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { p.Close() })
		return p
	}
	reader, publisher := as("demarc_reader"), as("demarc_publisher")
	published(t, publisher, version(t, "here", 40), by("ann", 0))
	if _, err := CreatePostGIS(ctx, strings.Replace(url, "user="+owner.pool.Config().ConnConfig.User, "user=demarc_publisher", 1)); err != nil {
		t.Errorf("the publisher finds the schema up to date: %v", err)
	}
	if got := told(t, reader, "here"); len(got) != 1 {
		t.Error(got)
	}
	sound(t, reader)
	if err := reader.Wait(ctx); err != nil {
		t.Error(err)
	}
	denied := func(p *PostGIS, statement string) {
		t.Helper()
		if _, err := p.pool.Exec(ctx, statement); err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if _, err := Publish(ctx, reader, version(t, "here", 41), by("eve", 1)); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("the reader publishes: %v", err)
	}
	for _, table := range []string{"snapshots", "entries", "bases", "territories", "zones", "control_lines", "places", "things"} {
		denied(reader, "INSERT INTO demarc."+table+" SELECT * FROM demarc."+table)
		for _, p := range []*PostGIS{reader, publisher} {
			denied(p, "UPDATE demarc."+table+" SET "+map[bool]string{true: "name", false: "snapshot"}[table == "snapshots"]+" = null")
			denied(p, "DELETE FROM demarc."+table)
			denied(p, "TRUNCATE demarc."+table+" CASCADE")
			denied(p, "DROP TABLE demarc."+table+" CASCADE")
			denied(p, "ALTER TABLE demarc."+table+" DISABLE TRIGGER ALL")
		}
	}
	denied(publisher, "INSERT INTO demarc.migrations VALUES (9)")
	denied(publisher, "CREATE TABLE demarc.mine (x int)")
}
