package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestADatasetOfAStoreHasTheMapContextOfAFolder(t *testing.T) {
	t.Parallel()
	folder, where := dataset(t), filepath.Join(t.TempDir(), "store")
	retitle(t, folder, `"id": "gaza"`, `"id": "other"`)
	publishing(t, where, folder)
	for _, c := range []struct {
		want string
		more []string
	}{{"has no map context", nil}, {"context_roads", []string{"--context", folder}}} {
		s := serve(t, append([]string{"--store", where}, c.more...)...)
		eventually(t, s.urls["clients"]+"/tiles/other/context.json", c.want)
	}
}

func TestAMapContextIsReadAgainWhenItsFilesChangeAndFaultsInItStopNothing(t *testing.T) {
	t.Parallel()
	folder := dataset(t)
	s := serve(t, "--data", folder)
	url := s.urls["clients"]
	eventually(t, url+"/tiles/gaza/context.json", "context_roads")
	_, before := get(t, url+"/v1/gaza/share?as_of=2026-01-20")

	roads := filepath.Join(folder, "context", "roads.geojson")
	if err := os.WriteFile(roads, []byte(`{"type":"FeatureCollection","features":[{"type":"Feature"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	eventually(t, url+"/readyz", `"context_refused":["gaza"]`)
	eventually(t, url+"/tiles/gaza/context.json", "context_roads")
	if err := os.Remove(roads); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if _, list := get(t, url+"/tiles/gaza/context.json"); !strings.Contains(list, "context_roads") {
			break
		}
		if time.Now().After(end) {
			t.Fatal("roads that were taken away are still there")
		}
	}
	if err := os.RemoveAll(filepath.Join(folder, "context")); err != nil {
		t.Fatal(err)
	}
	eventually(t, url+"/tiles/gaza/context.json", "has no map context")
	if _, after := get(t, url+"/v1/gaza/share?as_of=2026-01-20"); after != before {
		t.Errorf("the share was %s and is %s", before, after)
	}
}
