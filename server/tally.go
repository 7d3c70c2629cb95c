package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server/web"
)

// tally answers POST /v1/{dataset}/tally: what of the things in the body, a file of
// any format that is imported, lies on which side of the line. Nothing of it is kept.
func (p *posted) tally(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.question(r, "by", "weight", "within", "polygons", "against", "from", "to", "of", "party", "basis", "as_of", "name", "layer", "f")
	if err != nil {
		return nil, err
	}
	asked, err := tallyAsked(q)
	if err != nil {
		return nil, err
	}
	format, mediaType, err := tallyFormat(q)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	out, report := &capped{limit: mostTold, beyond: tooManyThings()}, &geojson.Report{}
	things, err := data.NewThingWriter(format, out, &heldRows{capped{limit: mostTold, beyond: tooManyThings()}})
	if err != nil {
		return nil, err
	}
	tally, err := q.loaded.Snapshot.Tally(r.Context(), asked, p.things(r.Context(), q, text, report), things.Add)
	if err != nil {
		return nil, err
	}
	tally.Self = links{p.site.Base(r), q.pinned}.to(TallyPath(tally)) // of the question, to be posted again with the same body
	repairs := repairedOf(report.Repairs)
	if err := things.End(data.TallyEnd{Tally: tally, Repairs: repairs.Repairs, LeftOut: repairs.LeftOut}); err != nil {
		return nil, err
	}
	return q.loaded.Named(&web.Answer{ContentType: mediaType, Body: p.site.Body(out.Bytes()), Cache: web.CacheNone}, nil)
}

// tallyAsked reads what a tally is asked for.
func tallyAsked(q *question) (data.TallyQuery, error) {
	out := data.TallyQuery{Query: q.query, By: q.Get("by"), Weight: q.Get("weight"), ByArea: q.Get("polygons") == "area"}
	if q.Has("polygons") && !out.ByArea && q.Get("polygons") != "point" {
		return out, web.BadRequest("polygons is point or area")
	}
	var err error
	if q.Has("within") {
		if out.WithinM, err = q.Number("within", 0, data.MostNearM); err != nil {
			return out, err
		}
	}
	if out.Against, err = q.ID("against"); err != nil {
		return out, err
	}
	out.From, out.To, err = q.Span()
	return out, err
}

// tallyFormat reads the format of the answer, and says its media type.
func tallyFormat(q *question) (format, mediaType string, err error) {
	switch format = q.Get("f"); {
	case !q.Has("f"), format == "json":
		return "json", web.TypeJSON, nil
	case format == "geojson":
		return format, "application/geo+json", nil
	case format == "csv":
		return format, "text/csv; charset=utf-8", nil
	}
	return "", "", web.BadRequest("f is json, geojson or csv")
}

// things are the features of a file that a client sent. What is wrong with it is a
// data.Fault.
func (p *posted) things(ctx context.Context, q *question, text []byte, report *geojson.Report) iter.Seq2[data.Thing, error] {
	return func(yield func(data.Thing, error) bool) {
		enough := errors.New("enough")
		file, how := sent(q.Parameters, "body", text)
		source, err := foreign.Open(ctx, file, how)
		if err != nil {
			yield(data.Thing{}, err)
			return
		}
		options := geojson.Options{Clean: true, Vertices: p.vertices, MaxSteps: postedSteps}
		err = geojson.Read(ctx, source.Text(), file.Name, options, report, func(f geojson.Feature) error {
			thing, err := data.ThingOf(f)
			if err == nil && !yield(thing, nil) {
				err = enough
			}
			return err
		})
		err = errors.Join(err, source.Close())
		if err == nil && len(report.Faults) > 0 {
			err = report.Faults[0]
		}
		if err != nil && !errors.Is(err, enough) {
			yield(data.Thing{}, err)
		}
	}
}

// mostTold is how many bytes an answer that tells of every thing may have: a body
// within its limit may hold many small things.
const mostTold = 64 << 20

// tooManyThings is the error of an answer beyond that.
func tooManyThings() error {
	return &web.Problem{Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("too many things: the answer would be over %d bytes; demarc tally has no such limit", mostTold), Extra: map[string]any{"limit": mostTold}}
}

// heldRows hold rows in memory.
type heldRows struct{ capped }

// Reader implements data.ThingHold.
func (h *heldRows) Reader() (io.Reader, error) { return &h.Buffer, nil }
