package geojson

import (
	"context"

	"github.com/demarc-map/demarc/internal/carry"

	"github.com/go-json-experiment/json/jsontext"
)

// Features are taken from the text one after another, understood many at a time
// by all processors, and handed on in their order by the reader's own goroutine.
const perBatch = 64

// batch is some features that follow each other in a text.
type batch struct {
	objects []*jsonObject
	first   int // index of the first
	read    []readFeature
	done    <-chan struct{}
}

// done is what ended before it began.
func done() <-chan struct{} {
	ended := make(chan struct{})
	close(ended)
	return ended
}

// readFeature is what one object turned out to be.
type readFeature struct {
	report   Report
	vertices int
	keep     func() error // nil for a feature that is refused
	err      error
	bug      *carry.Bug
}

// add queues an object of the text.
func (g *reader) add(o *jsonObject) error {
	if err := context.Cause(g.ctx); err != nil {
		return err
	}
	g.objects = append(g.objects, o)
	g.features++
	if len(g.objects) < perBatch {
		return nil
	}
	b := g.take()
	g.waiting = append(g.waiting, b)
	select {
	case g.others <- struct{}{}:
		b.done = carry.Go(func() {
			defer func() { <-g.others }()
			g.understand(b, 1)
		}, func(bug *carry.Bug) { b.read[0].bug = bug })
	default: // everybody is busy: the reader's own goroutine is a worker as well
		g.understand(b, 1)
		b.done = done()
	}
	if g.options.Workers == 1 {
		return g.settle(1)
	}
	if len(g.waiting) > 2*g.options.Workers {
		return g.settle(1)
	}
	return nil
}

func (g *reader) take() *batch {
	b := &batch{objects: g.objects, first: g.features - len(g.objects), read: make([]readFeature, len(g.objects))}
	g.objects = nil
	return b
}

// finish hands on everything that was added. What is left of a batch, all of a
// small text, takes no goroutine.
func (g *reader) finish() error {
	if err := g.settle(len(g.waiting)); err != nil {
		return err
	}
	b := g.take()
	g.understand(b, g.options.Workers)
	return g.hand(b)
}

// settle waits for the first n batches and hands their features on.
func (g *reader) settle(n int) error {
	for ; n > 0; n-- {
		b := g.waiting[0]
		g.waiting = g.waiting[1:]
		<-b.done
		if err := g.hand(b); err != nil {
			return err
		}
	}
	return nil
}

// abandon waits for what is under way and forgets it.
func (g *reader) abandon() {
	for _, b := range g.waiting {
		<-b.done
	}
	g.waiting, g.objects = nil, nil
}

// understand reads the features of a batch, each with as many workers. A panic is kept for the reader's
// goroutine, whose caller may know what to do with it.
func (g *reader) understand(b *batch, workers int) {
	for i, o := range b.objects {
		b.read[i].bug = carry.Recover(func() { g.feature(o, b.first+i, workers, &b.read[i]) })
	}
}

// hand reports and keeps the features of a batch.
func (g *reader) hand(b *batch) error {
	for i := range b.read {
		r := &b.read[i]
		if r.bug != nil {
			panic(r.bug)
		}
		g.report.Faults = append(g.report.Faults, r.report.Faults...)
		g.report.Repairs = append(g.report.Repairs, r.report.Repairs...)
		if r.err != nil {
			return r.err
		}
		g.vertices += r.vertices
		if g.options.Vertices > 0 && g.vertices > g.options.Vertices {
			return g.tooMany()
		}
		if r.keep != nil {
			if err := r.keep(); err != nil {
				return err
			}
		}
	}
	return nil
}

// feature reads geometry and id, checks and repairs.
func (g *reader) feature(o *jsonObject, index, workers int, r *readFeature) {
	if r.err = context.Cause(g.ctx); r.err != nil {
		return
	}
	f := Feature{Index: index}
	refuse := func(rule, place, detail string) {
		r.report.Refuse(Fault{File: g.file, Feature: f.Label(), Rule: rule, Place: place, Detail: detail})
	}
	if id, ok := o.members["id"]; ok {
		switch id.Kind() {
		case '"':
			text, err := jsontext.AppendUnquote(nil, id)
			if err != nil {
				refuse("json", "id", err.Error())
				return
			}
			f.ID = string(text)
		case '0':
			f.ID = string(id)
		case 'n':
		default:
			refuse("wrong-type", "id", "an id is a string or a number")
			return
		}
	}
	if p := o.members["properties"]; p != nil {
		switch p.Kind() {
		case '{':
			f.Properties = p
		case 'n':
		default:
			refuse("wrong-type", "properties", "properties are a JSON object or null")
			return
		}
	}
	raw, ok := o.members["geometry"]
	if !ok || raw.Kind() == 'n' {
		if g.options.Bare {
			r.keep = g.each(f, &r.report)
			return
		}
		refuse("missing-geometry", "geometry", "a feature without a geometry says nothing")
		return
	}
	geometry, bad := readGeometry(raw)
	if bad != nil && g.options.Bare && bad.isOfNothing() {
		r.keep = g.each(f, &r.report)
		return
	}
	if bad == nil {
		r.vertices = Positions(geometry)
		if g.options.Vertices > 0 && r.vertices > g.options.Vertices { // not worth checking
			r.err = g.tooMany()
			return
		}
		options := g.options
		options.Workers = workers
		geometry, bad = repairer{options: options, note: func(rule, place, detail string) {
			r.report.Repaired(Repair{File: g.file, Feature: f.Label(), Rule: rule, Place: place, Detail: detail})
		}}.geometry(g.ctx, geometry, "")
	}
	if r.err = context.Cause(g.ctx); r.err != nil { // what was found may be what was cut short
		return
	}
	if bad != nil {
		refuse(bad.rule, bad.place, bad.detail)
		return
	}
	f.Geometry = geometry
	r.keep = g.each(f, &r.report)
}
