package intake

import (
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// gathering is what is made of foreign files while they are read.
type gathering struct {
	plan    *prepared
	names   Called
	report  *geojson.Report
	lack    *absences
	written map[string]map[string]int // names by the property of ours, as they were written
	tally   *tally
	states  []drawn
	records []drawn
	places  *places
	empty   []data.Date // days on which nobody held anything
	out     int         // features that --where left out
	parties titles      // as exports of demarc call them
	bases   titles
	counts  map[[2]string]bool // whether a status counts under a reading, as exports of demarc say
}

// current is the file that is being read.
type current struct {
	name   string
	day    data.Date         // of its name, 0 where the plan looks elsewhere
	ours   map[string]string // properties from its name
	shapes shapeCount
	own    bool // it is an export of demarc
	kept   int  // features that --where takes
	out    int  // and those that it leaves out
}

// refuse reports what is wrong with a feature.
func (g *gathering) refuse(now *current, f geojson.Feature, rule, place string, err error) {
	g.report.Refuse(data.Fault{File: now.name, Feature: f.Label(), Rule: rule, Place: place, Detail: err.Error()})
}
