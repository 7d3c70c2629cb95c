package data_test

import (
	"context"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
)

func TestSettingsUnderWhichNothingCountsAreNoted(t *testing.T) {
	s, _, err := data.Read(context.Background(), plain(t, "", `[]`))
	if err != nil {
		t.Fatal(err)
	}
	// Reading b counts agreed and observed, its one zone is published; p holds under a.
	if s.Quality.Total["counts-nothing"] != 1 || s.Quality.Total["holds-nothing"] != 0 {
		t.Errorf("noted %v", s.Quality.Total)
	}
	files := plain(t, "", `[]`)
	edit(t, files, "dataset.json", `"default_party":"p"`, `"default_party":"q"`)
	if s, _, err = data.Read(context.Background(), files); err != nil {
		t.Fatal(err)
	}
	if s.Quality.Total["holds-nothing"] != 1 || !strings.Contains(s.Quality.Findings[len(s.Quality.Findings)-1].Detail, "q, the default party") {
		t.Errorf("noted %+v", s.Quality.Findings)
	}
}
