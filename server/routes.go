package server

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/server/ogc"
	"github.com/demarc-map/demarc/server/web"

	"github.com/gorilla/mux"
)

// families are the resources, each with what it needs.
type families struct {
	facts    facts
	figures  figures
	posted   posted
	inspects inspections
	layers   layers
	pictures pictures
	manual   manual
	health   health
	page     page
	ogc      ogc.Options
}

// resources is the list of every path but the page's. metrics says whether they
// are answered among the others.
func (f *families) resources(metrics bool) map[string]web.Methods {
	site, heavy := f.facts.site, f.figures.heavy
	all := map[string]web.Methods{
		"/v1":                                     {Get: f.facts.datasets},
		"/v1/inspect":                             {Post: f.inspects.inspect()},
		"/v1/{dataset}":                           {Get: f.facts.dataset},
		"/v1/{dataset}/snapshot":                  {Get: f.facts.snapshot},
		"/v1/{dataset}/history":                   {Get: f.facts.history},
		"/v1/{dataset}/share":                     {Get: f.figures.share, Post: site.Heavy(heavy, f.posted.share), Repeats: true},
		"/v1/{dataset}/shares":                    {Get: f.figures.shares, Repeats: true},
		"/v1/{dataset}/series":                    {Get: f.figures.series},
		"/v1/{dataset}/series.csv":                {Get: f.figures.seriesCSV},
		"/v1/{dataset}/changes":                   {Get: f.figures.changes},
		"/v1/{dataset}/parties":                   {Get: f.figures.parties},
		"/v1/{dataset}/parties.csv":               {Get: f.figures.partiesCSV},
		"/v1/{dataset}/claims":                    {Get: f.figures.claims},
		"/v1/{dataset}/displacement":              {Get: f.figures.displacement},
		"/v1/{dataset}/near":                      {Get: f.figures.near},
		"/v1/{dataset}/things":                    {Get: f.figures.things},
		"/v1/{dataset}/things.csv":                {Get: f.figures.thingsCSV},
		"/v1/{dataset}/claims.csv":                {Get: f.figures.claimsCSV},
		"/v1/{dataset}/at":                        {Get: f.posted.at, Post: site.Heavy(heavy, f.posted.atMany)},
		"/v1/{dataset}/tally":                     {Post: site.Heavy(heavy, f.posted.tally)},
		"/v1/{dataset}/split":                     {Post: site.Heavy(heavy, f.posted.split)},
		"/v1/{dataset}/quality":                   {Get: f.facts.quality},
		"/tiles/{dataset}.json":                   {Get: f.layers.tileJSON, Repeats: true},
		"/tiles/{dataset}/metadata.json":          {Get: f.layers.tileJSON, Repeats: true},
		"/tiles/{dataset}/{z}/{x}/{tile}":         {Get: f.layers.tile, NoDeadline: true, Repeats: true},
		"/tiles/{dataset}/context.json":           {Get: f.layers.contextJSON, Repeats: true},
		"/tiles/{dataset}/context/{z}/{x}/{tile}": {Get: f.layers.contextTile, NoDeadline: true, Repeats: true},
		"/locator.svg":                            {Get: f.pictures.locator},
		"/export/{file}":                          {Get: f.layers.export},
		"/styles/{file}":                          {Get: f.layers.style, Repeats: true},
		"/styles/sprite/{file}":                   {Get: f.layers.sprite, Repeats: true},
		"/map.svg":                                {Get: f.pictures.svg},
		"/map.png":                                {Get: f.pictures.png},
		"/map.pdf":                                {Get: f.pictures.pdf},
		"/oembed":                                 {Get: f.page.oembed},
		"/openapi.json":                           {Get: f.manual.openapi},
		"/docs":                                   {Get: f.manual.docs},
		"/healthz":                                {Get: f.health.healthz, Unlimited: true},
		"/readyz":                                 {Get: f.health.readyz, Unlimited: true},
		"/version":                                {Get: f.health.version, Unlimited: true},
	}
	maps.Copy(all, ogc.Resources(f.ogc))
	if metrics {
		all["/metrics"] = scrape(site)
	}
	return all
}

// scrape is the resource of the metrics.
func scrape(site *web.Site) web.Methods { return web.Methods{Get: site.Scrape, Unlimited: true} }

// table routes each path to its resources. A path is taken as it was sent: no
// redirect to a cleaned one, and an escape is no other spelling of what it
// stands for, so that a cache holds each answer once.
func (f *families) table(metrics bool) http.Handler {
	site := f.facts.site
	r := mux.NewRouter()
	r.SkipClean(true)
	r.UseEncodedPath()
	// Routes are tried in the order they were added, and tiles are asked for most.
	all := f.resources(metrics)
	paths := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.Count(b, "{"), strings.Count(a, "{")), cmp.Compare(a, b))
	})
	// But what is only posted to goes first: what is got there may be of a dataset of that name.
	const inspect = "/v1/inspect"
	r.Handle(inspect, site.Handler(inspect, all[inspect])).Methods(http.MethodPost, http.MethodOptions)
	for _, path := range paths {
		r.Handle(path, site.Handler(path, all[path]))
	}
	r.NotFoundHandler = site.Handler("page", web.Methods{Get: f.page.answer})
	return r
}
