package data

import (
	"fmt"
	"slices"
)

// check faults what the files say about each other: ids, references, ranges.
func (r *datasetReader) check(s *Snapshot) {
	r.checkDataset(&s.Dataset)
	c := references{report: r.report, stored: r.stored, sources: ids(s.Dataset.Sources, func(v Source) string { return v.ID }),
		parties: ids(s.Dataset.Parties, func(v Party) string { return v.ID }), bases: ids(s.Dataset.Bases, func(v Basis) string { return v.ID }),
		territories: ids(s.Territories, func(v Territory) string { return v.ID }), layers: ids(s.Dataset.Things, func(v ThingLayer) string { return v.ID })}

	unique(c, territoriesFile, s.Territories, func(v Territory) string { return v.ID })
	parents := make(map[string]string, len(s.Territories))
	for _, t := range s.Territories {
		parents[t.ID] = t.Parent
	}
	for _, t := range s.Territories {
		c.known(territoriesFile, t.ID, "source", t.Source, c.sources)
		if t.Parent != "" {
			c.known(territoriesFile, t.ID, "parent", t.Parent, c.territories)
			if goesRound(parents, t.ID) {
				c.refuse(territoriesFile, t.ID, "reference", "parent", "the chain of parents goes round")
			}
		}
	}
	unique(c, zonesFile, s.Zones, func(v Zone) string { return v.ID })
	for _, z := range s.Zones {
		c.known(zonesFile, z.ID, "source", z.Source, c.sources)
		c.known(zonesFile, z.ID, "party", z.Party, c.parties)
		c.known(zonesFile, z.ID, "basis", z.Basis, c.bases)
	}
	unique(c, linesFile, s.Lines, func(v ControlLine) string { return v.ID })
	zones := ids(s.Zones, func(v Zone) string { return v.ID })
	for _, l := range s.Lines {
		c.known(linesFile, l.ID, "source", l.Source, c.sources)
		c.known(linesFile, l.ID, "party", l.Party, c.parties)
		if l.Territory != s.Dataset.Territory { // which is checked once, below
			c.known(linesFile, l.ID, "territory", l.Territory, c.territories)
		}
		if l.HeldSide != "" && l.HeldSide != Left && l.HeldSide != Right {
			c.refuse(linesFile, l.ID, "unknown-side", "held_side", fmt.Sprintf("%q is neither left nor right (seen along the line)", l.HeldSide))
		}
		if l.Basis != "" || l.HeldSide != "" {
			c.known(linesFile, l.ID, "basis", l.Basis, c.bases)
		}
		if slices.Contains(zones, l.ID) {
			c.refuse(linesFile, l.ID, "duplicate-id", "id", "a zone has the same id")
		}
	}
	unique(c, placesFile, s.Places, func(v Place) string { return v.ID })
	for _, p := range s.Places {
		c.known(placesFile, p.ID, "source", p.Source, c.sources)
	}
	c.things(s)
	unique(c, claimsFile, s.Claims, func(v Claim) string { return v.ID })
	for _, claim := range s.Claims {
		c.claim(claim)
	}
	if len(s.Zones)+len(s.Lines) == 0 {
		c.refuse(zonesFile, "", "empty", "", "a dataset holds at least one zone or control line; without evidence there is no percentage")
	}
	if s.Dataset.Territory != "" {
		c.known(datasetFile, "", "territory", s.Dataset.Territory, c.territories)
	}
}

// goesRound reports whether following the parents from id never ends.
func goesRound(parents map[string]string, id string) bool {
	for steps := 0; id != ""; steps++ {
		if steps > len(parents) {
			return true
		}
		id = parents[id]
	}
	return false
}

// checkDataset checks dataset.json by itself.
func (r *datasetReader) checkDataset(d *Dataset) {
	c := references{report: r.report}
	need := func(place string, missing bool) {
		if missing {
			c.refuse(datasetFile, "", "missing-property", place, "this member is required")
		}
	}
	if d.Schema != Schema {
		c.refuse(datasetFile, "", "schema", "/schema", fmt.Sprintf("%q is wanted, not %q", Schema, d.Schema))
	}
	if !ValidID(d.ID) {
		c.refuse(datasetFile, "", "id", "/id", "an id is made of lower-case letters, digits and hyphens between them")
	}
	need("/title", len(d.Title) == 0)
	need("/attribution", len(d.Attribution) == 0)
	need("/disclaimer", len(d.Disclaimer) == 0)
	need("/territory", d.Territory == "")
	need("/parties", len(d.Parties) == 0)
	need("/bases", len(d.Bases) == 0)
	need("/sources", len(d.Sources) == 0)
	unique(c, datasetFile, d.Parties, func(v Party) string { return v.ID })
	unique(c, datasetFile, d.Bases, func(v Basis) string { return v.ID })
	unique(c, datasetFile, d.Sources, func(v Source) string { return v.ID })
	c.known(datasetFile, "", "default_party", d.Party, ids(d.Parties, func(v Party) string { return v.ID }))
	c.known(datasetFile, "", "default_basis", d.Basis, ids(d.Bases, func(v Basis) string { return v.ID }))
	if d.ReviewedOn != 0 && d.ReviewAfter != 0 && d.ReviewAfter < d.ReviewedOn {
		c.refuse(datasetFile, "", "date", "/review_after", fmt.Sprintf("%s comes before reviewed_on, %s", d.ReviewAfter, d.ReviewedOn))
	}
	for _, p := range d.Parties {
		need("parties/"+p.ID+"/name", len(p.Name) == 0)
	}
	for _, b := range d.Bases {
		need("bases/"+b.ID+"/name", len(b.Name) == 0)
		need("bases/"+b.ID+"/meaning", len(b.Meaning) == 0)
		if b.Measures != "" && !slices.Contains(Measures(), b.Measures) {
			c.refuse(datasetFile, b.ID, "unknown-measure", "measures", fmt.Sprintf("%q is none of held, behind-line, restricted, claimed", b.Measures))
		}
		for _, status := range b.Counts {
			if !slices.Contains(Statuses(), status) {
				c.refuse(datasetFile, b.ID, "unknown-status", "counts", fmt.Sprintf("%q is none of agreed, observed, published, claimed, proposed, disputed", status))
			}
		}
		for _, m := range b.Mapped {
			if m.From == 0 || m.To != 0 && m.To <= m.From {
				c.refuse(datasetFile, b.ID, "date", "mapped", fmt.Sprintf("%s is not a run of days with a beginning", m))
			}
		}
	}
	for _, s := range d.Sources {
		need("sources/"+s.ID+"/title", s.Title == "")
		need("sources/"+s.ID+"/publisher", s.Publisher == "")
		need("sources/"+s.ID+"/licence", s.Licence == "")
		c.link(datasetFile, s.ID, s.URL)
	}
}

// references checks that what one feature names exists.
type references struct {
	report                               *Report
	sources, parties, bases, territories []string
	layers                               []string // of things
	stored                               bool     // what is read was accepted before
}

func (c references) refuse(file, feature, rule, place, detail string) {
	c.report.Refuse(Fault{File: file, Feature: feature, Rule: rule, Place: place, Detail: detail})
}

func (c references) known(file, feature, property, id string, all []string) {
	if id == "" && file != datasetFile && property != "basis" {
		return // its absence is a fault already
	}
	if !slices.Contains(all, id) {
		c.refuse(file, feature, "reference", property, fmt.Sprintf("%q is not one of %v", id, all))
	}
}

func (c references) link(file, feature, url string) {
	if url != "" && !validURL(url) {
		c.refuse(file, feature, "link", "url", "an absolute http or https link is wanted")
	}
}

func (c references) claim(cl Claim) {
	c.known(claimsFile, cl.ID, "of", cl.Of, c.territories)
	c.known(claimsFile, cl.ID, "party", cl.Party, c.parties)
	if cl.Basis != "" {
		c.known(claimsFile, cl.ID, "basis", cl.Basis, c.bases)
	}
	if cl.Against != "" {
		c.known(claimsFile, cl.ID, "against", cl.Against, c.bases)
	}
	if cl.Layer != "" {
		c.known(claimsFile, cl.ID, "layer", cl.Layer, c.layers)
	}
	if wrong := cl.faultOfFigure(); wrong != nil {
		c.refuse(claimsFile, cl.ID, wrong.Rule, wrong.Place, wrong.Detail)
	}
	c.link(claimsFile, cl.ID, cl.URL)
	c.link(claimsFile, cl.ID, cl.Original)
	if cl.NotCheckable == "" && cl.URL == "" && !c.stored {
		c.refuse(claimsFile, cl.ID, "claim-without-url", "url", "a figure that is compared needs the address of a page that gives it: add url, or say in not_checkable why it cannot be computed")
	}
	switch {
	case cl.StatedOn == 0 && !cl.DayUnknown:
		c.refuse(claimsFile, cl.ID, "missing-property", "stated_on", "the day the figure was stated is required; where no page shows it, say stated_on_unknown: true")
	case cl.DayUnknown && cl.AsOf == 0:
		c.refuse(claimsFile, cl.ID, "missing-property", "as_of", "no page shows the day the figure was stated: add as_of, the day that it is about, as nearly as is known")
	case cl.StatedOn != 0 && cl.DayUnknown:
		c.refuse(claimsFile, cl.ID, "date", "stated_on_unknown", "the day is given, so it is known")
	case cl.Wording == "" || cl.Publisher == "" || cl.Measures == "":
		c.refuse(claimsFile, cl.ID, "missing-property", "wording", "wording, publisher and measures are required")
	}
}

// unique faults ids that occur twice or, in the JSON files, are malformed.
func unique[T any](c references, file string, all []T, id func(T) string) {
	seen := make(map[string]bool, len(all))
	for _, v := range all {
		id := id(v)
		if seen[id] {
			c.refuse(file, id, "duplicate-id", "id", "the id is used twice")
		}
		seen[id] = true
		if !ValidID(id) && (file == datasetFile || file == claimsFile) {
			c.refuse(file, id, "id", "id", "an id is made of lower-case letters, digits and hyphens between them")
		}
	}
}
