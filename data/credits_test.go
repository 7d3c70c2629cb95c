package data_test

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/demo"
)

func TestTheCreditsNameWhoeverAnythingIsFrom(t *testing.T) {
	d := &embedded().Dataset
	for lang, said := range d.Credits() {
		for _, l := range d.Things {
			if !strings.Contains(said, l.Title.In(lang)) || !strings.Contains(said, l.Attribution.In(lang)) {
				t.Errorf("%s: %s, %s is not in %q", lang, l.Title.In(lang), l.Attribution.In(lang), said)
			}
		}
		if !strings.HasPrefix(said, d.Attribution.In(lang)+".") || strings.Count(said, d.Things[0].Title.In(lang)) != 1 {
			t.Errorf("%s: %q", lang, said)
		}
	}
	if len(d.Credits()) != len(d.Attribution) || len(d.Things) != 3 {
		t.Errorf("%d languages, %d layers", len(d.Credits()), len(d.Things))
	}
	if invented := read(t, demo.Files()).Dataset; invented.Credits().In("en") != invented.Attribution.In("en") {
		t.Error(invented.Credits())
	}
	one := data.Dataset{Attribution: data.Text{"en": "A"}, Things: []data.ThingLayer{{Title: data.Text{"en": "Wells"}, Attribution: data.Text{"en": "B"}}, {Title: data.Text{"en": "Roads"}, Attribution: data.Text{"en": "B"}}}}
	if said := one.Credits().In("en"); said != "A. Wells, Roads: B" {
		t.Error(said)
	}
}
