package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"

	"github.com/getkin/kin-openapi/openapi3"
)

// described reads the served description and checks it by its own rules.
func described(t *testing.T, url string) *openapi3.T {
	t.Helper()
	_, text := served.Ask(t, "GET", url+"/openapi.json")
	d, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	if d.OpenAPI != "3.0.3" {
		t.Errorf("OpenAPI %s", d.OpenAPI)
	}
	for _, schema := range d.Components.Schemas {
		closed(schema, map[*openapi3.Schema]bool{})
	}
	return d
}

// closed makes a schema refuse members that it does not list, so that an answer
// cannot say more than is described.
func closed(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	s := ref.Value
	seen[s] = true
	if len(s.Properties) > 0 && s.AdditionalProperties.Has == nil && s.AdditionalProperties.Schema == nil {
		no := false
		s.AdditionalProperties.Has = &no
	}
	for _, p := range s.Properties {
		closed(p, seen)
	}
	closed(s.Items, seen)
	closed(s.AdditionalProperties.Schema, seen)
}

// holds checks one answer against the description of its operation.
func holds(t *testing.T, operation *openapi3.Operation, r *http.Response, body []byte) {
	t.Helper()
	response := operation.Responses.Status(r.StatusCode)
	if response == nil {
		t.Errorf("the status %d is not described: %.200s", r.StatusCode, body)
		return
	}
	if len(body) == 0 {
		return
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	content := response.Value.Content[kind]
	if content == nil {
		t.Errorf("%d in %s is not described", r.StatusCode, kind)
		return
	}
	if !strings.HasSuffix(kind, "json") {
		return
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatal(err)
	}
	if err := content.Schema.Value.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsResponse()); err != nil {
		t.Errorf("%d is not as described: %.1500s", r.StatusCode, err)
	}
}

// addressed fills in a path and gives every query parameter an example.
func addressed(path string, o *openapi3.Operation, with func(*openapi3.Parameter) bool) string {
	var query []string
	for _, ref := range o.Parameters {
		p, value := ref.Value, ""
		switch list, isList := p.Example.([]any); {
		case isList: // the way style form without explode writes them
			value = strings.ReplaceAll(strings.Trim(fmt.Sprint(list), "[]"), " ", ",")
		case p.Example != nil:
			value = fmt.Sprint(p.Example)
		case p.Name == "from", p.Name == "to":
			value = "2026-01-20"
		case p.Name == "lang":
			value = "en"
		case p.Name == "area":
			value = "gaza"
		case p.Name == "extend_m":
			value = "50"
		case p.Name == "snapshot":
			value = served.Snapshot().Name()
		case p.Name == "crs", p.Name == "bbox-crs":
			value = fmt.Sprint(p.Schema.Value.Enum[0])
		case p.Name == "against":
			value = "traced"
		}
		if p.In == "path" {
			path = strings.ReplaceAll(path, "{"+p.Name+"}", value)
		} else if p.Required || with(p) {
			query = append(query, p.Name+"="+value)
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	return path
}

func TestEveryPathIsDescribedAndEveryAnswerIsAsDescribed(t *testing.T) {
	referee.Figures(t)
	url := served.Gaza(t, server.Options{Vertices: 100, Edit: &server.Edit{}})
	d := described(t, url)
	bodyOf := func(o *openapi3.Operation) string {
		if o.RequestBody == nil {
			return ""
		}
		content := o.RequestBody.Value.Content["application/geo+json"]
		if content == nil {
			content = o.RequestBody.Value.Content["application/octet-stream"]
		}
		text, err := json.Marshal(content.Example)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for path, item := range d.Paths.Map() {
		for method, o := range item.Operations() {
			send := func(address, body string, headers ...string) (*http.Response, []byte) {
				return served.Send(t, method, url+address, strings.NewReader(body), headers...)
			}
			none := func(*openapi3.Parameter) bool { return false }
			all := func(p *openapi3.Parameter) bool { return p.Name != "as_known" } // which says what snapshot says
			t.Run(method+" "+path, func(t *testing.T) {
				for _, with := range []func(*openapi3.Parameter) bool{none, all} {
					r, body := send(addressed(path, o, with), bodyOf(o))
					if r.StatusCode != 200 {
						t.Errorf("%s: %d: %s", addressed(path, o, with), r.StatusCode, body)
					}
					holds(t, o, r, body)
				}
				if strings.HasPrefix(path, "/v1/{") || strings.HasPrefix(path, "/tiles/") {
					r, body := send(strings.ReplaceAll(addressed(path, o, none), "gaza", "atlantis"), bodyOf(o))
					if r.StatusCode != 404 {
						t.Errorf("no such dataset: %d", r.StatusCode)
					}
					holds(t, o, r, body)
				}
				if len(o.Parameters) > 0 || strings.HasPrefix(path, "/v1") {
					address := addressed(path, o, none)
					r, body := send(address+map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")]+"surprise=1", bodyOf(o))
					if r.StatusCode != 400 {
						t.Errorf("an unknown parameter: %d", r.StatusCode)
					}
					holds(t, o, r, body)
				}
				if o.RequestBody != nil {
					for body, want := range map[string]int{"": 400, "{}": 400, `{"type":"Polygon","coordinates":[[[0,0],[0,1],null]]}`: 400,
						`{"type":"MultiLineString","coordinates":[[[34,31],[35,32]]]}`:                                     422,
						`{"type":"LineString","coordinates":[` + strings.Repeat("[34,31],[34.1,31],", 100) + `[34,31.5]]}`: 413} {
						r, answer := send(addressed(path, o, none), body)
						if path == "/v1/inspect" && strings.Contains(body, "coordinates") && want != 413 {
							want = 200 // what is wrong with a shape is what is asked
						}
						if path == "/v1/{dataset}/tally" && strings.Contains(body, "MultiLine") {
							want = 200 // lines are counted too
						}
						if r.StatusCode != want {
							t.Errorf("%.40q: %d, not %d: %s", body, r.StatusCode, want, answer)
						}
						holds(t, o, r, answer)
					}
					r, answer := send(addressed(path, o, none), bodyOf(o), "Content-Encoding", "gzip")
					if r.StatusCode != 415 {
						t.Errorf("a compressed body: %d", r.StatusCode)
					}
					holds(t, o, r, answer)
				}
			})
		}
	}
}

func TestTheDescriptionListsTheServersPathsAndNoOthers(t *testing.T) {
	d := described(t, served.Gaza(t, server.Options{}))
	got := map[string]string{}
	for path, item := range d.Paths.Map() {
		var methods []string
		for method := range item.Operations() {
			methods = append(methods, method)
		}
		slices.Sort(methods)
		got[path] = strings.Join(methods, " ")
	}
	for path, methods := range server.Routes() {
		if got[path] != methods {
			t.Errorf("%s takes %s and is described with %q", path, methods, got[path])
		}
		delete(got, path)
	}
	for path := range got {
		t.Errorf("%s is described and does not exist", path)
	}
}

func TestTheReferenceNamesEveryOperationAndMemberAndLoadsNothing(t *testing.T) {
	url := served.Gaza(t, server.Options{})
	r, page := served.Ask(t, "GET", url+"/docs")
	policy := r.Header.Get("Content-Security-Policy")
	if r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || !strings.Contains(policy, "default-src 'none'") ||
		!strings.Contains(policy, "style-src 'sha256-") || strings.Contains(policy, "script-src") {
		t.Errorf("%d %v", r.StatusCode, r.Header)
	}
	text := string(page)
	for _, foreign := range []string{"<script", "<link", "<img", "@import", "url(", "ZgotmplZ"} {
		if strings.Contains(text, foreign) {
			t.Errorf("the page contains %s", foreign)
		}
	}
	d := described(t, url)
	for path, item := range d.Paths.Map() {
		for _, o := range item.Operations() {
			if !strings.Contains(text, `id="`+o.OperationID+`"`) || !strings.Contains(text, "<code>"+path+"</code>") {
				t.Errorf("the page lacks %s", path)
			}
		}
	}
	for name, s := range d.Components.Schemas {
		if !strings.Contains(text, `id="schema-`+name+`"`) {
			t.Errorf("the page lacks %s", name)
		}
		for member := range s.Value.Properties {
			if !strings.Contains(text, "<code>"+member+"</code>") {
				t.Errorf("the page lacks %s.%s", name, member)
			}
		}
	}
	anchors := regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(text, -1)
	for _, a := range anchors {
		if !strings.Contains(text, `id="`+a[1]+`"`) {
			t.Errorf("#%s leads nowhere", a[1])
		}
	}
	if len(anchors) < 50 {
		t.Errorf("only %d links", len(anchors))
	}
}
