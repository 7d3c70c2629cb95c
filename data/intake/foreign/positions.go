package foreign

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// array reads the next value as an array, each member by one. A null is an empty one.
func array(dec *jsontext.Decoder, one func() error) error {
	token, err := dec.ReadToken()
	if err != nil {
		return err
	}
	if token.Kind() == 'n' {
		return nil
	}
	if token.Kind() != '[' {
		return fmt.Errorf("an array is wanted, not %s", token.Kind())
	}
	for dec.PeekKind() != ']' {
		if err := one(); err != nil {
			return err
		}
	}
	_, err = dec.ReadToken()
	return err
}

// members reads the next value as an object, each member by one, which takes its value.
func members(dec *jsontext.Decoder, one func(name string) error) error {
	token, err := dec.ReadToken()
	if err != nil {
		return err
	}
	if token.Kind() != '{' {
		return fmt.Errorf("an object is wanted, not %s", token.Kind())
	}
	for dec.PeekKind() != '}' {
		if token, err = dec.ReadToken(); err != nil {
			return err
		}
		if err := one(token.String()); err != nil {
			return err
		}
	}
	_, err = dec.ReadToken()
	return err
}

// position reads two numbers; others that follow, heights and measures, are left out.
func position(dec *jsontext.Decoder) (orb.Point, error) {
	var p orb.Point
	n := 0
	err := array(dec, func() error {
		if n >= len(p) {
			n++
			return dec.SkipValue()
		}
		token, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if token.Kind() != '0' {
			return fmt.Errorf("a coordinate is a number, not %s", token.Kind())
		}
		p[n], err = token.Float()
		n++
		return err
	})
	if err == nil && n < len(p) {
		err = fmt.Errorf("a position has two numbers or more, not %d", n)
	}
	return p, err
}

// positions reads an array of positions.
func positions(dec *jsontext.Decoder) ([]orb.Point, error) {
	var line []orb.Point
	err := array(dec, func() error {
		p, err := position(dec)
		line = append(line, p)
		return err
	})
	return line, err
}

// lines reads an array of arrays of positions.
func lines(dec *jsontext.Decoder) ([][]orb.Point, error) {
	var all [][]orb.Point
	err := array(dec, func() error {
		line, err := positions(dec)
		all = append(all, line)
		return err
	})
	return all, err
}

// propertiesOf are the members of an object, in their order.
func propertiesOf(dec *jsontext.Decoder) ([]Property, error) {
	if dec.PeekKind() == 'n' {
		return nil, dec.SkipValue()
	}
	var all []Property
	err := members(dec, func(name string) error {
		value, err := dec.ReadValue()
		all = append(all, Property{name, value.Clone()})
		return err
	})
	return all, err
}

// plainText is a JSON string or number as text, "" for anything else.
func plainText(value jsontext.Value) string {
	switch value.Kind() {
	case '"':
		text, _ := jsontext.AppendUnquote(nil, value) // valid JSON
		return string(text)
	case '0':
		return string(value)
	default:
		return ""
	}
}

// plainError is what is wrong with a text, without what the decoder puts before it
// or a reader's own error.
func plainError(err error) string {
	var bad *jsontext.SyntacticError
	if errors.As(err, &bad) {
		return fmt.Sprintf("byte %d: %v", bad.ByteOffset, bad.Err)
	}
	return err.Error()
}
