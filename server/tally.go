package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server/web"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
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
	out, report := &answerText{}, &geojson.Report{}
	things, err := data.NewThingWriter(format, out, &heldRows{})
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
		name := web.Clip(q.Get("name"))
		if name == "" {
			name = "body"
		}
		file := foreign.File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }}
		source, err := foreign.Open(ctx, file, foreign.Options{Layer: q.Get("layer"), Limit: max(unpacks, unpacksBy*int64(len(text)))})
		if err != nil {
			yield(data.Thing{}, err)
			return
		}
		options := geojson.Options{Clean: true, Vertices: p.vertices, MaxSteps: postedSteps}
		err = geojson.Read(ctx, source.Text(), name, options, report, func(f geojson.Feature) error {
			var properties map[string]jsontext.Value
			if f.Properties != nil {
				if err := json.Unmarshal(f.Properties, &properties); err != nil {
					return err
				}
			}
			if !yield(data.Thing{Index: f.Index, ID: f.ID, Geometry: f.Geometry, Properties: properties}, nil) {
				return enough
			}
			return nil
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

// answerText is an answer while it is written, within its limit.
type answerText struct{ bytes.Buffer }

// Write implements io.Writer.
func (a *answerText) Write(p []byte) (int, error) {
	if a.Len()+len(p) > mostTold {
		return 0, &web.Problem{Status: http.StatusRequestEntityTooLarge,
			Detail: fmt.Sprintf("too many things: the answer would be over %d bytes; demarc tally has no such limit", mostTold), Extra: map[string]any{"limit": mostTold}}
	}
	return a.Buffer.Write(p)
}

// heldRows hold rows in memory, within the same limit.
type heldRows struct{ answerText }

// Reader implements data.ThingHold.
func (h *heldRows) Reader() (io.Reader, error) { return &h.Buffer, nil }

// TallyPath is the path and query at which a server answers a tally.
func TallyPath(t *data.Tally) string {
	query := url.Values{"as_of": {t.AsOf.String()}, "of": {t.Of}, "party": {t.Party}, "basis": {t.Basis}, "polygons": {t.Polygons}}
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
