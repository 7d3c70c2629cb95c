package server

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// SharePath is the path and query at which a server answers a share.
func SharePath(s *data.Share) string { return sharePath(s.Dataset, s.Of, s.Party, s.Basis, s.AsOf) }

// PartiesPath is the path and query at which a server answers a table of parties.
func PartiesPath(p *data.Parties) string {
	return "/v1/" + p.Dataset + "/parties?" + url.Values{"as_of": {p.AsOf.String()}, "of": {p.Of}, "basis": {p.Basis}}.Encode()
}

func sharePath(dataset, of, party, basis string, day data.Date) string {
	return "/v1/" + dataset + "/share?" + about(of, party, basis, day).Encode()
}

// about is the query of a figure of a territory, party and reading on a day.
func about(of, party, basis string, day data.Date) url.Values {
	return url.Values{"as_of": {day.String()}, "of": {of}, "party": {party}, "basis": {basis}}
}

// DisplacementPath is the path and query at which a server answers a displacement;
// distances are nil when the usual ones were asked for.
func DisplacementPath(d *data.Displacement, distances []float64) string {
	s := &d.Share
	query := about(s.Of, s.Party, s.Basis, s.AsOf)
	if d.PercentAsked != nil {
		query.Set("percent", strconv.FormatFloat(*d.PercentAsked, 'g', -1, 64))
	}
	if distances != nil {
		texts := make([]string, len(distances))
		for i, metres := range distances {
			texts[i] = strconv.FormatFloat(metres, 'f', -1, 64)
		}
		query.Set("distances", strings.Join(texts, ","))
	}
	return "/v1/" + s.Dataset + "/displacement?" + query.Encode()
}

// TallyPath is the path and query at which a server answers a tally.
func TallyPath(t *data.Tally) string {
	query := about(t.Of, t.Party, t.Basis, t.AsOf)
	query.Set("polygons", t.Polygons)
	for name, value := range map[string]string{"by": t.By, "weight": t.Weight} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if t.WithinM > 0 {
		query.Set("within", strconv.FormatFloat(t.WithinM, 'g', -1, 64))
	}
	if t.Against != nil {
		query.Set("against", t.Against.Basis)
	}
	if t.Along != nil {
		for name, day := range map[string]data.Date{"from": t.Along.From, "to": t.Along.To} {
			if day != 0 {
				query.Set(name, day.String())
			}
		}
	}
	return "/v1/" + t.Dataset + "/tally?" + query.Encode()
}

// ThingsPath is the path and query at which a server answers what of the layers of
// things lies on either side; layer is "" when all were asked for.
func ThingsPath(t *data.ThingTallies, layer string) string {
	query := about(t.Of, t.Party, t.Basis, t.AsOf)
	if layer != "" {
		query.Set("layer", layer)
	}
	if t.WithinM > 0 {
		query.Set("within", strconv.FormatFloat(t.WithinM, 'g', -1, 64))
	}
	return "/v1/" + t.Dataset + "/things?" + query.Encode()
}
