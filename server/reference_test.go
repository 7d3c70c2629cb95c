package server

import (
	_ "embed"
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"text/template"
)

var update = flag.Bool("update", false, "write docs/api.md anew")

//go:embed testdata/api.md.tmpl
var apiPage string

// TestTheAPIPageIsMadeOfTheDescription renders what /docs shows for those who
// read the pages of the project; write it anew with -update.
func TestTheAPIPageIsMadeOfTheDescription(t *testing.T) {
	var d openAPI
	if err := json.Unmarshal(description, &d); err != nil {
		t.Fatal(err)
	}
	page := template.Must(template.New("api").Funcs(template.FuncMap{
		"cell":     func(text string) string { return strings.ReplaceAll(text, "|", `\|`) },
		"lower":    strings.ToLower,
		"answered": func(a shownAnswer) bool { return a.Status < "300" },
		"error":    func(status string) bool { return status >= "400" },
	}).Parse(apiPage))
	var text strings.Builder
	if err := page.Execute(&text, map[string]any{"Intro": d.Info.Description, "Sections": d.sections(), "Schemas": d.schemas(),
		"Errors": d.Components.Responses}); err != nil {
		t.Fatal(err)
	}
	const name = "../docs/api.md"
	if *update {
		if err := os.WriteFile(name, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(written) != text.String() {
		t.Error("docs/api.md is not what docs/openapi.json says: go test ./server -run APIPage -update")
	}
}
