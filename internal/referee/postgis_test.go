package referee

import (
	"context"
	"testing"
)

func TestPostGISAnswers(t *testing.T) {
	var version string
	if err := PostGIS(t).QueryRow(context.Background(), "SELECT PostGIS_Lib_Version()").Scan(&version); err != nil {
		t.Fatal(err)
	}
	t.Logf("PostGIS %s", version)
}
