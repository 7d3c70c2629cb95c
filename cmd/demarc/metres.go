package main

import (
	"fmt"
	"strconv"

	"github.com/demarc-map/demarc/data/intake/inspect"
)

// metres is a flag of a length, which tells whether it was given: 0 is one. The
// word that stands for it in a suggested command is kept.
type metres struct {
	value float64
	given bool
	word  string
}

// Set implements pflag.Value.
func (m *metres) Set(text string) error {
	for _, p := range inspect.Placeholders() {
		if p.Flag == "accuracy-m" && text == p.Word {
			m.given, m.word = true, text
			return nil
		}
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("%q is no number of metres", text)
	}
	*m = metres{value: value, given: true}
	return nil
}

// String implements pflag.Value.
func (m *metres) String() string {
	if !m.given {
		return ""
	}
	if m.word != "" {
		return m.word
	}
	return fmt.Sprint(m.value)
}

// Type implements pflag.Value.
func (*metres) Type() string { return "float" }
