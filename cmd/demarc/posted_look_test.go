package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	sites "github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// TestAPostedFileIsToldAsTheCommandTellsIt sends each file of the testdata, a shapefile
// in a zip with its parts, and compares the inspection with that of the command line.
func TestAPostedFileIsToldAsTheCommandTellsIt(t *testing.T) {
	site := sites.Gaza(t, server.Options{Edit: &server.Edit{}})
	told := 0
	for _, name := range testdata(t) {
		if filepath.Ext(name) == ".shp" {
			name = zipped(t, name)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(name)
		status, out, _ := toldBy(t, "import", name, "--json")
		r, body := sites.Send(t, "POST", site+"/v1/inspect?name="+url.QueryEscape(base), bytes.NewReader(text))
		if (status == exitOK) != (r.StatusCode == 200) {
			t.Errorf("%s: %d, and %d %s", base, status, r.StatusCode, body)
		}
		if status != exitOK {
			continue
		}
		told++
		var ours, posted any
		for text, into := range map[string]*any{out: &ours, string(body): &posted} {
			if err := json.Unmarshal([]byte(text), into); err != nil {
				t.Fatal(err)
			}
		}
		if ours := without(ours, filepath.Dir(name)+"/"); !reflect.DeepEqual(ours, posted) {
			t.Errorf("%s: posted\n%s\non the command line\n%s", base, body, out)
		}
	}
	if told < 40 {
		t.Errorf("only %d files were told", told)
	}
}

// without takes a folder out of all texts of a value of JSON, and what is quoted for it.
func without(value any, folder string) any {
	switch value := value.(type) {
	case string:
		return strings.ReplaceAll(value, folder, "")
	case []any:
		for i := range value {
			value[i] = without(value[i], folder)
		}
	case map[string]any:
		for name := range value {
			value[name] = without(value[name], folder)
		}
	}
	return value
}

// zipped is a zip of all parts of a shapefile.
func zipped(t *testing.T, name string) string {
	t.Helper()
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	parts, err := filepath.Glob(stem + ".*")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range parts {
		text, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(filepath.Base(part))
		if err == nil {
			_, err = w.Write(text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), filepath.Base(stem)+".zip")
	if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
