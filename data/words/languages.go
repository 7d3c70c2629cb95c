// Package words holds what the page, the pictures and the server's own answers say, in
// every language that they speak: a file a language, which both the page and this
// package read.
//
// A text has {gaps} that are filled when it is said. One that counts is written in the
// plural forms that CLDR gives its language. What only a part of the page says that is
// fetched when it is wanted lies beside the page's sources.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/text/language"
)

//go:embed *.json
var files embed.FS

// Language is a language that is spoken.
type Language struct {
	Lang   string `json:"lang"`   // BCP 47
	Name   string `json:"name"`   // for itself
	Locale string `json:"locale"` // how numbers and dates are written: with Western digits, as the sources print them
	Dir    string `json:"dir"`    // ltr or rtl
}

var languages = sync.OnceValue(func() (out []Language) {
	read("languages.json", &out)
	return out
})

// Languages lists the languages that are spoken, English first.
func Languages() []Language { return slices.Clone(languages()) }

// Langs are their tags.
func Langs() []string {
	var out []string
	for _, l := range languages() {
		out = append(out, l.Lang)
	}
	return out
}

// all are the words of every language, read once.
var all = sync.OnceValue(func() map[string]*Words {
	out := map[string]*Words{}
	for _, l := range languages() {
		w := &Words{Language: l, tag: language.MustParse(l.Locale)}
		read(l.Lang+".json", &w.texts)
		read(l.Lang+".json", &w.named)
		out[l.Lang] = w
	}
	return out
})

// In returns the words of a language, English for one that is not spoken. They are
// only read.
func In(lang string) *Words {
	if w, ok := all()[lang]; ok {
		return w
	}
	return all()["en"]
}

func read(name string, into any) {
	text, err := files.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		panic(fmt.Sprintf("bug: %s: %v", name, err)) // it is embedded, and tests read it
	}
}
