package server

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/demarc-map/demarc/data"
)

// parameters are the query of a request, each name once and known.
type parameters struct {
	values url.Values
	today  data.Date
	clock  bool   // a day that was left out was taken to be today
	pinned string // the snapshot that is asked about, "" for the present one
}

// parameters refuses names that the resource does not know, names given twice
// and malformed escapes, so that a misspelt as_of is not passed over.
func (s *Server) parameters(r *http.Request, known ...string) (*parameters, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("the query is malformed: %v", err)
	}
	for name, all := range values {
		if !contains(known, name) {
			return nil, badRequest("unknown parameter %q: this path takes %v", name, known)
		}
		if len(all) > 1 {
			return nil, badRequest("parameter %q is given %d times", name, len(all))
		}
	}
	return &parameters{values: values, today: data.DateOf(s.options.Now())}, nil
}

func contains(all []string, name string) bool {
	for _, one := range all {
		if one == name {
			return true
		}
	}
	return false
}

// id returns an id, "" when the parameter is absent.
func (p *parameters) id(name string) (string, error) {
	id := p.values.Get(name)
	if p.values.Has(name) && !data.ValidID(id) {
		return "", badRequest("%s is an id: lower-case letters, digits and hyphens between them", name)
	}
	return id, nil
}

// date returns a day, today when the parameter is absent.
func (p *parameters) date(name string) (data.Date, error) {
	if !p.values.Has(name) {
		p.clock = true
		return p.today, nil
	}
	d, err := data.ParseDate(p.values.Get(name))
	if err != nil {
		return 0, badRequest("%s: %v", name, err)
	}
	return d, nil
}

// number returns a finite number in a range.
func (p *parameters) number(name string, low, high float64) (float64, error) {
	v, err := strconv.ParseFloat(p.values.Get(name), 64)
	if err != nil || !(v >= low && v <= high) {
		return 0, badRequest("%s is a number between %v and %v", name, low, high)
	}
	return v, nil
}

// asked reads the dataset that the path names and the parameters, which must be
// known, and snapshot or as_known, which say what of it is asked about.
func (s *Server) asked(r *http.Request, known ...string) (*place, *parameters, error) {
	c, place, err := s.dated(r)
	if err != nil {
		return nil, nil, err
	}
	p, err := s.parameters(r, append(known[:len(known):len(known)], "snapshot", "as_known")...)
	if err != nil {
		return nil, nil, err
	}
	place, err = s.asKnown(r.Context(), c, place, p)
	return place, p, err
}

// question reads what asked does, and as_of, of, party and basis.
func (s *Server) question(r *http.Request, known ...string) (*place, *parameters, data.Query, error) {
	place, p, err := s.asked(r, known...)
	if err != nil {
		return nil, nil, data.Query{}, err
	}
	query, err := p.query()
	return place, p, query, err
}

// query reads as_of, of, party and basis.
func (p *parameters) query() (data.Query, error) {
	var q data.Query
	var err error
	if q.AsOf, err = p.date("as_of"); err != nil {
		return q, err
	}
	for name, field := range map[string]*string{"of": &q.Of, "party": &q.Party, "basis": &q.Basis} {
		if *field, err = p.id(name); err != nil {
			return q, err
		}
	}
	return q, nil
}

// clipped shortens what a client sent for a message.
func clipped(s string) string {
	if len(s) > 60 {
		return s[:60] + "…"
	}
	return s
}
