package server

import (
	"net/url"

	"github.com/demarc-map/demarc/data"
)

// SharePath is the path and query at which a server answers a share.
func SharePath(s *data.Share) string { return sharePath(s.Dataset, s.Of, s.Party, s.Basis, s.AsOf) }

// PartiesPath is the path and query at which a server answers a table of parties.
func PartiesPath(p *data.Parties) string {
	return "/v1/" + p.Dataset + "/parties?" + url.Values{"as_of": {p.AsOf.String()}, "of": {p.Of}, "basis": {p.Basis}}.Encode()
}

func sharePath(dataset, of, party, basis string, day data.Date) string {
	return "/v1/" + dataset + "/share?" + url.Values{"as_of": {day.String()}, "of": {of}, "party": {party}, "basis": {basis}}.Encode()
}
