package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Entry is one flag of demarc import, as a mapping file says it.
type Entry struct {
	Flag   string   // its name
	Values []string // one, but for flags that may be given several times
	Line   int      // of the file
	IsPath bool     // the value names a file or folder, from where the mapping file is
}

// shapeOf is what the value of a key of a mapping file looks like.
type shapeOf int

const (
	aText  shapeOf = iota // a text, number or boolean
	aPath                 // the same, which names a file
	aList                 // a list of texts
	aPairs                // texts by name, written NAME=TEXT as a flag
)

// keysOfMapping are the keys of a mapping file: the flags of demarc import, but
// for --mapping itself. docs/mapping.schema.json has the same.
var keysOfMapping = map[string]shapeOf{
	"out": aPath, "id": aText, "title": aText, "lang": aText,
	"territory": aPath, "territory-name": aText, "territory-where": aText, "territory-layer": aText,
	"districts": aPath, "district-name": aText, "district-id": aText, "districts-where": aText, "districts-layer": aText,
	"party": aText, "basis": aText, "meaning": aText, "status": aText, "accuracy-m": aText,
	"source-title": aText, "publisher": aText, "licence": aText, "link": aText, "attribution": aText, "disclaimer": aText,
	"layer": aText, "where": aText, "points": aText, "lines": aText,
	"date": aText, "date-format": aText, "allow-future": aText, "gap-days": aText,
	"map": aPairs, "set": aPairs, "from-name": aPairs, "id-of": aPairs, "value": aList,
}

// ReadMapping reads a mapping file, YAML or JSON, in the order of its lines. Every
// scalar is the text that is written there: no is no, and 2024-07-01 no moment. What is
// wrong is said with its line; anchors and what refers to them are refused.
func ReadMapping(text []byte) ([]Entry, error) {
	const most = 1 << 20
	if len(text) > most {
		return nil, fmt.Errorf("a mapping of more than %d bytes", most)
	}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	var document, more yaml.Node
	if err := dec.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("line %d: one document is wanted", more.Line)
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, errors.New("keys with values are wanted")
	}
	root := document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	pairs, err := members(root, "the mapping")
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, pair := range pairs {
		shape, known := keysOfMapping[pair.name]
		if !known {
			return nil, fmt.Errorf("line %d: %q is no key of a mapping: they are the flags of demarc import, %s", pair.line, pair.name, strings.Join(mappingKeys(), ", "))
		}
		entry := Entry{Flag: pair.name, Line: pair.line, IsPath: shape == aPath}
		if entry.Values, err = valuesOf(pair, shape); err != nil {
			return nil, err
		}
		if len(entry.Values) > 0 {
			out = append(out, entry)
		}
	}
	return out, nil
}

func mappingKeys() []string {
	out := make([]string, 0, len(keysOfMapping))
	for name := range keysOfMapping {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// valuesOf reads the value of a key.
func valuesOf(pair member, shape shapeOf) ([]string, error) {
	switch shape {
	case aList:
		if pair.value.Kind != yaml.SequenceNode {
			return nil, wanted(pair.value, pair.name, "a list of texts")
		}
		return textsOf(pair.value.Content, pair.name)
	case aPairs:
		all, err := members(pair.value, pair.name)
		if err != nil {
			return nil, err
		}
		var out []string
		for _, one := range all {
			value, err := textOf(one.value, pair.name+" "+one.name)
			if err != nil {
				return nil, err
			}
			if one.name == "" || strings.Contains(one.name, "=") {
				return nil, fmt.Errorf("line %d: %s: %q is no name here", one.line, pair.name, one.name)
			}
			out = append(out, one.name+"="+value)
		}
		return out, nil
	default:
		value, err := textOf(pair.value, pair.name)
		return []string{value}, err
	}
}

func textsOf(nodes []*yaml.Node, name string) ([]string, error) {
	var out []string
	for _, node := range nodes {
		value, err := textOf(node, name)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}

// textOf is a scalar as it is written.
func textOf(node *yaml.Node, name string) (string, error) {
	switch {
	case node.Anchor != "":
		return "", fmt.Errorf("line %d: %s: anchors are not read", node.Line, name)
	case node.Kind != yaml.ScalarNode:
		return "", wanted(node, name, "a text")
	case node.ShortTag() == "!!null":
		return "", fmt.Errorf("line %d: %s: nothing is written there; a text that begins with # stands in quotes", node.Line, name)
	case node.Style&yaml.TaggedStyle != 0:
		return "", fmt.Errorf("line %d: %s: tags such as %s are not read", node.Line, name, node.Tag)
	}
	return node.Value, nil
}

func wanted(node *yaml.Node, name, what string) error {
	is := map[yaml.Kind]string{yaml.MappingNode: "keys with values: a text with a colon and a space in it stands in quotes", yaml.SequenceNode: "a list", yaml.ScalarNode: "a text", yaml.AliasNode: "an alias, which is not read"}[node.Kind]
	return fmt.Errorf("line %d: %s: %s is wanted, and this is %s", node.Line, name, what, is)
}

// member is one key with its value.
type member struct {
	name  string
	value *yaml.Node
	line  int
}

// members are the keys of a mapping, each once.
func members(node *yaml.Node, name string) ([]member, error) {
	if node.Kind != yaml.MappingNode {
		return nil, wanted(node, name, "keys with values")
	}
	if node.Anchor != "" {
		return nil, fmt.Errorf("line %d: %s: anchors are not read", node.Line, name)
	}
	var out []member
	first := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		text, err := textOf(key, "a key of "+name)
		if err != nil {
			return nil, err
		}
		if before, twice := first[text]; twice {
			return nil, fmt.Errorf("line %d: %s stands in line %d already", key.Line, text, before)
		}
		first[text] = key.Line
		out = append(out, member{text, node.Content[i+1], key.Line})
	}
	return out, nil
}

// WithoutRules leaves out of rules of value those for which other ones, which go
// before them, have the same condition.
func WithoutRules(rules, others []string) []string {
	taken := map[string]bool{}
	for _, text := range others {
		if rule, err := parseValueRule(text); err == nil {
			taken[rule.condition()] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(rules), func(text string) bool {
		rule, err := parseValueRule(text)
		return err == nil && taken[rule.condition()]
	})
}
