package server

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/server/web"
)

// The description of every path (OpenAPI 3.0.3), which tests hold against real
// answers, and which the reference at /docs is made of.
//
//go:embed docs/openapi.json
var description []byte

//go:embed docs/page.html
var referencePage string

//go:embed docs/page.css
var referenceStyle string

// reference renders the description of the paths.
func reference() ([]byte, error) {
	var d openAPI
	if err := json.Unmarshal(description, &d); err != nil {
		return nil, err
	}
	page, err := template.New("reference").Parse(referencePage)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = page.Execute(&text, map[string]any{"Style": template.CSS(referenceStyle), "OpenAPI": d.OpenAPI, "Info": d.Info,
		"Intro": strings.Split(d.Info.Description, "\n\n"), "Sections": d.sections(), "Schemas": d.schemas()})
	return text.Bytes(), err
}

// referencePolicy is the policy of pages that have the reference's one style.
func referencePolicy() string {
	sum := sha256.Sum256([]byte(referenceStyle))
	return web.PlainSecurity + "; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// openAPI is what the reference shows of an OpenAPI document.
type openAPI struct {
	OpenAPI    string
	Info       struct{ Title, Description string }
	Tags       []struct{ Name, Description string }
	Paths      map[string]map[string]operation
	Components struct {
		Schemas    map[string]*schema
		Parameters map[string]parameter
		Responses  map[string]response
	}
}

type operation struct {
	OperationID          string
	Tags                 []string
	Summary, Description string
	Parameters           []parameter
	RequestBody          *struct {
		Description string
		Content     map[string]struct{ Example json.RawMessage }
	}
	Responses map[string]response
}

type parameter struct {
	Ref               string `json:"$ref"`
	Name, In          string
	Description, Form string
	Required          bool
	Schema            *schema
	Example           any
}

type response struct {
	Ref         string `json:"$ref"`
	Description string
	Content     map[string]struct{ Schema *schema }
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type, Format         string
	Description          string
	Nullable             bool
	Enum                 []string
	Items                *schema
	Required             []string
	Properties           map[string]*schema
	AdditionalProperties any
}

// binary says whether the answer is nothing to show in a terminal.
func (r response) binary() bool {
	for of := range r.Content {
		if of == "image/png" || of == "application/vnd.mapbox-vector-tile" {
			return true
		}
	}
	return false
}

// local is the last part of a reference within the document.
func local(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

// form words a schema in a few characters.
func (s *schema) form() string {
	switch {
	case s == nil || s.Ref == "" && s.Type == "":
		return "any"
	case s.Ref != "":
		return local(s.Ref)
	case s.Type == "array":
		return "list of " + s.Items.form()
	case len(s.Enum) > 0:
		return strings.Join(s.Enum, " or ")
	}
	out := cmp.Or(s.Format, s.Type)
	if s.Nullable {
		out += " or null"
	}
	return out
}

// link is the schema that a member's form leads to.
func (s *schema) link() string {
	for s != nil && s.Type == "array" {
		s = s.Items
	}
	if s == nil || s.Ref == "" {
		return ""
	}
	return local(s.Ref)
}

// shown is an operation as the page shows it.
type shown struct {
	ID, Method, Path, Summary, Description, Body, Example string
	Parameters                                            []parameter
	Answers                                               []shownAnswer
}

type shownAnswer struct {
	Status, Description, Schema string
	Types                       []string
}

type section struct {
	Name, Description string
	Operations        []shown
}

// sections lists the operations of each tag by path.
func (d *openAPI) sections() []section {
	var out []section
	for _, tag := range d.Tags {
		s := section{Name: tag.Name, Description: tag.Description}
		for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
			for _, method := range slices.Sorted(maps.Keys(d.Paths[path])) {
				if o := d.Paths[path][method]; slices.Contains(o.Tags, tag.Name) {
					s.Operations = append(s.Operations, d.show(strings.ToUpper(method), path, o))
				}
			}
		}
		out = append(out, s)
	}
	return out
}

func (d *openAPI) show(method, path string, o operation) shown {
	out := shown{ID: o.OperationID, Method: method, Path: path, Summary: o.Summary, Description: o.Description}
	example, query := path, []string{}
	for _, p := range o.Parameters {
		if p.Ref != "" {
			p = d.Components.Parameters[local(p.Ref)]
		}
		p.Form = p.Schema.form()
		out.Parameters = append(out.Parameters, p)
		switch {
		case p.In == "path":
			example = strings.ReplaceAll(example, "{"+p.Name+"}", fmt.Sprint(p.Example))
		case p.Required || p.Name == "as_of":
			query = append(query, p.Name+"="+fmt.Sprint(p.Example))
		}
	}
	file := local(example)
	if len(query) > 0 {
		example += "?" + strings.Join(query, "&")
	}
	out.Example = "curl 'http://localhost:8080" + example + "'"
	if o.Responses["200"].binary() {
		out.Example += " --output " + file // terminals show text only
	}
	if o.RequestBody != nil {
		out.Body = o.RequestBody.Description
		for _, of := range slices.Sorted(maps.Keys(o.RequestBody.Content)) {
			var compact bytes.Buffer
			if json.Compact(&compact, o.RequestBody.Content[of].Example) == nil {
				out.Example += " --data '" + compact.String() + "'"
			}
		}
	}
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		r := o.Responses[status]
		if r.Ref != "" {
			r = d.Components.Responses[local(r.Ref)]
		}
		a := shownAnswer{Status: status, Description: r.Description, Types: slices.Sorted(maps.Keys(r.Content))}
		for _, of := range append([]string{"application/json"}, a.Types...) { // in an order, so that the page is always the same
			a.Schema = cmp.Or(a.Schema, r.Content[of].Schema.link())
		}
		out.Answers = append(out.Answers, a)
	}
	return out
}

// shownSchema is a schema as the page shows it, with its members by name.
type shownSchema struct {
	Name, Description string
	Members           []member
}

type member struct {
	Name, Description, Form, Link string
	Required                      bool
}

func (d *openAPI) schemas() []shownSchema {
	var out []shownSchema
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		s := d.Components.Schemas[name]
		out = append(out, shownSchema{name, s.Description, s.members("", nil)})
	}
	return out
}

// members lists what an object holds, objects inside it with their path.
func (s *schema) members(prefix string, to []member) []member {
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		to = append(to, member{prefix + name, p.Description, p.form(), p.link(), slices.Contains(s.Required, name)})
		inner, path := p, prefix+name
		for inner.Type == "array" && inner.Items != nil {
			inner, path = inner.Items, path+"[]"
		}
		to = inner.members(path+".", to)
	}
	return to
}
