package server

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// mostFirst is how many bytes of an answer are written into the page at most;
// the page asks for a larger one itself.
const mostFirst = 256 << 10

// firstAnswers is what the page would ask first of all, the dataset and the
// figures of the day, as the API answers it, in one JSON object. It is empty
// where the dataset's answer is too large, and has no figures where the day has none.
func (p *page) firstAnswers(r *http.Request, dataset string) string {
	asked := url.Values{}
	if day := r.URL.Query().Get("as_of"); day != "" {
		asked.Set("as_of", day)
	}
	described, ok := p.firstAnswer(r, dataset, "", nil, p.facts.dataset)
	if !ok {
		return ""
	}
	out := `{"dataset":` + described
	if shares, ok := p.firstAnswer(r, dataset, "/shares", asked, p.figures.shares); ok {
		out += `,"shares":` + shares
	}
	return out + "}"
}

func (p *page) firstAnswer(r *http.Request, dataset, path string, query url.Values, resource web.Resource) (string, bool) {
	asking := mux.SetURLVars(r.Clone(r.Context()), map[string]string{"dataset": dataset})
	asking.URL = &url.URL{Path: "/v1/" + dataset + path, RawQuery: query.Encode()}
	a, err := resource(asking)
	if err != nil || len(a.Body.Identity()) > mostFirst {
		return "", false
	}
	return string(bytes.TrimSpace(a.Body.Identity())), true
}
