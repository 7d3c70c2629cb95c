package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAPlainFileIsServedAtOnceAsAPreview(t *testing.T) {
	t.Parallel()
	file, _ := valley(t)
	s := serve(t, file)
	url := s.urls["clients"]
	status, page := get(t, url+"/v1")
	if status != 200 || !strings.Contains(page, "Preview of 2025-01-03.geojson (percentages mean nothing)") {
		t.Errorf("%d %s", status, page)
	}
	for path, wants := range map[string][]string{
		"/v1/preview-2025-01-03/share":       {"Preview of 2025-01-03.geojson", "(percentages mean nothing)", "nothing was checked"},
		"/v1/preview-2025-01-03":             {"Nothing in it was checked", "Preview, not checked"},
		"/export/preview-2025-01-03.geojson": {"Preview of 2025-01-03.geojson"},
	} {
		status, body := get(t, url+path)
		for _, want := range wants {
			if status != 200 || !strings.Contains(body, want) {
				t.Errorf("%s: %d, no %q in %s", path, status, want, body)
			}
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), "North", "South")), 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, url+"/v1/preview-2025-01-03", `"South"`)
	// A program that writes a new file and puts it in place of the old one.
	other := filepath.Join(filepath.Dir(file), "new")
	if err := os.WriteFile(other, []byte(strings.ReplaceAll(string(text), "North", "East")), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(other, file); err != nil {
		t.Fatal(err)
	}
	eventually(t, url+"/v1/preview-2025-01-03", `"East"`)
}

func TestAFileInPlaceOfAFolderIsToldItsCommand(t *testing.T) {
	t.Parallel()
	file, _ := valley(t)
	status, _, log := toldBy(t, "serve", "--listen", "127.0.0.1:0", "--data", file)
	if status != exitRefused || !strings.Contains(log, "'demarc serve "+file+"' shows") {
		t.Errorf("%d %s", status, log)
	}
}
