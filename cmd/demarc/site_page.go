package main

import (
	"fmt"
	"html/template"
	"io"

	"github.com/demarc-map/demarc/data"
)

// sitePage makes the pages of a site: figures, map and links, without scripts.
type sitePage struct {
	snapshot *data.Snapshot
	editions []siteEdition
}

// siteEdition is what a page is about.
type siteEdition struct {
	name   string // of its files
	share  data.Share
	shares []data.Share // of every territory and reading
}

func (p *sitePage) add(name string, share data.Share, shares []data.Share) {
	p.editions = append(p.editions, siteEdition{name, share, shares})
}

// front is the edition that a visitor sees first.
func (p *sitePage) front() int {
	front := 0
	for i, e := range p.editions {
		if e.share.Basis == p.snapshot.Dataset.Basis {
			front = i
		}
	}
	return front
}

var siteTemplate = template.Must(template.New("site").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>{{.Percent}} · {{.Place}} · {{.Day}}</title>
<style>
body{max-width:60rem;margin:0 auto;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}
h1{margin:0;font-size:2.5rem}table{border-collapse:collapse}th,td{padding:.2rem .8rem;border-bottom:1px solid #ccc;text-align:start}td{text-align:end;font-variant-numeric:tabular-nums}
img{max-width:100%;height:auto}nav a,nav b{margin-inline-end:1rem}small{overflow-wrap:anywhere}
</style>
<nav aria-label="Days and readings">{{range .Others}}{{if .Here}}<b aria-current="page">{{.Words}}</b>{{else}}<a href="{{.File}}">{{.Words}}</a>{{end}} {{end}}</nav>
<h1 id="figure">{{.Percent}}</h1>
<p>of {{.Place}} held by {{.Party}} on {{.Day}} ({{.Reading}}); {{.Areas}}; band {{.Band}}</p>
<p>{{.Meaning}}</p>
<img id="map" src="map-{{.Name}}.svg" width="900" height="1180" alt="Map of {{.Place}} on {{.Day}}">
<table><thead><tr><th scope="col">Area<th scope="col">Reading<th scope="col">Held, km²<th scope="col">%</thead>
<tbody>{{range .Rows}}<tr><th scope="row">{{.Place}}<td>{{.Reading}}<td>{{.Held}}<td>{{.Percent}}{{end}}</tbody></table>
<p>{{.Disclaimer}}</p>
<p>{{.Attribution}}</p>
<p>Take it away: <a href="v1/share-{{.Name}}.json">figure</a>, <a href="v1/shares-{{.Epoch}}.json">all areas</a>, <a href="v1/series-{{.Basis}}.json">series</a>,
<a href="v1/claims.json">claims</a>, <a href="export/{{.Name}}.geojson">GeoJSON</a>, <a href="tiles/{{.Name}}.pmtiles">PMTiles</a>, <a href="v1/snapshot.json">the facts</a></p>
<p><small>{{.Cite}}</small></p>
</html>
`))

type siteRow struct{ Place, Reading, Held, Percent string }

type siteLink struct {
	File, Words string
	Here        bool
}

// write writes the page of one edition.
func (p *sitePage) write(w io.Writer, at int) error {
	e, s := &p.editions[at], p.snapshot
	place, party, basis := p.words(&e.share)
	var rows []siteRow
	for i := range e.shares {
		of, _, reading := p.words(&e.shares[i])
		rows = append(rows, siteRow{of, reading.Name.In("en"), fmt.Sprintf("%.1f", e.shares[i].HeldKm2), fmt.Sprintf("%.1f", e.shares[i].Percent)})
	}
	var others []siteLink
	for i := range p.editions {
		other := &p.editions[i]
		_, _, reading := p.words(&other.share)
		others = append(others, siteLink{other.name + ".html", other.share.AsOf.String() + ", " + reading.Name.In("en"), i == at})
	}
	u := e.share.Uncertainty
	return siteTemplate.Execute(w, map[string]any{
		"Name": e.name, "Epoch": e.share.Epoch.From, "Basis": e.share.Basis, "Others": others, "Rows": rows, "Place": place, "Party": party, "Day": e.share.AsOf,
		"Percent": fmt.Sprintf("%.1f%%", e.share.Percent), "Areas": fmt.Sprintf("%.1f of %.1f km²", e.share.HeldKm2, e.share.TerritoryKm2),
		"Band":    fmt.Sprintf("%.1f to %.1f %%", u.PercentLow, u.PercentHigh),
		"Reading": basis.Name.In("en"), "Meaning": basis.Meaning.In("en"), "Disclaimer": s.Dataset.Disclaimer.In("en"), "Attribution": s.Dataset.Attribution.In("en"), "Cite": e.share.Cite,
	})
}

// words names what a share is of, who holds it and how it is read.
func (p *sitePage) words(share *data.Share) (place, party string, basis *data.Basis) {
	t, _ := p.snapshot.TerritoryByID(share.Of)
	holder, _ := p.snapshot.PartyByID(share.Party)
	basis, _ = p.snapshot.BasisByID(share.Basis)
	return t.Name.In("en"), holder.Name.In("en"), basis
}
