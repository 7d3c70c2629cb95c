package referee

import (
	"path/filepath"
	"slices"
	"testing"
)

func TestQGISAnswers(t *testing.T) {
	var answer struct {
		Version   string
		Providers []string
	}
	QGIS(t, &answer, filepath.Join("testdata", "version.py"))
	for _, provider := range []string{"OAPIF", "ogr", "vectortile"} {
		if !slices.Contains(answer.Providers, provider) {
			t.Errorf("QGIS %s reads by %v: it lacks %s", answer.Version, answer.Providers, provider)
		}
	}
	t.Logf("QGIS %s", answer.Version)
}
