package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/picture"
	"github.com/demarc-map/demarc/server/web"
)

// pageHead is the title and what a link to the page shows elsewhere. Values
// are escaped for where they stand.
var pageHead = template.Must(template.New("head").Parse(`
    <title>{{.Title}}</title>
    <meta name="demarc-dataset" content="{{.First}}" />{{if .Inspects}}
    <meta name="demarc-inspects" content="yes" />{{end}}{{if not .Keeps}}
    <meta name="demarc-keeps" content="no" />{{end}}
    <meta name="description" content="{{.Description}}" />
    <meta property="og:type" content="website" />
    <meta property="og:title" content="{{.Title}}" />
    <meta property="og:description" content="{{.Description}}" />
    <meta property="og:url" content="{{.URL}}" />
    <link rel="alternate" type="application/json+oembed" href="{{.OEmbed}}" title="{{.Title}}" />
    <meta property="og:locale" content="{{.Lang}}" />{{if .Picture}}
    <meta property="og:image" content="{{.Base}}/{{.Picture}}" />
    <meta property="og:image:width" content="1200" />
    <meta property="og:image:height" content="630" />
    <meta property="og:image:alt" content="{{.Alt}}" />
    <meta name="twitter:card" content="summary_large_image" />{{end}}{{if .Words}}
    <link rel="modulepreload" href="{{.Words}}" />{{end}}{{if .Answers}}
    <template id="demarc-first">{{.Answers}}</template>{{end}}
    `))

// pageFigures is what a reader without JavaScript gets.
var pageFigures = template.Must(template.New("figures").Parse(`
          <div lang="{{.Lang}}" dir="{{.Dir}}">
            <h1>{{.Title}}</h1>
            <p>{{.Description}}</p>{{if .Drawing}}
            <p><img src="{{.Drawing}}" alt="{{.Alt}}" width="900" height="1180" /></p>{{end}}{{if .Rows}}
            <table>
              <thead><tr><th scope="col">{{.District}}</th>{{range .Readings}}<th scope="col">{{.}}</th>{{end}}</tr></thead>
              <tbody>{{range .Rows}}
                <tr><th scope="row">{{.Name}}</th>{{range .Figures}}<td>{{.}}</td>{{end}}</tr>{{end}}
              </tbody>
            </table>{{end}}{{range .Notes}}
            <p>{{.}}</p>{{end}}
            <p><a href="{{.Figure}}">{{.FigureWords}}</a></p>
          </div>
          `))

// headValues are the values of both templates.
type headValues struct {
	Lang, Dir, Title, Description, Alt string
	First, Base, URL, OEmbed           string // First is the dataset of a page that names none; OEmbed is where it is said how to embed this one
	Inspects                           bool   // the reader may have files looked at
	Keeps                              bool   // the reader's browser may keep the page
	Picture, Drawing, Figure           string // relative to the page, which may stand under a path
	FigureWords, District              string
	Readings, Notes                    []string
	Rows                               []headRow
	Words                              string // the file of the page with the words of its language
	Answers                            string // of the API, see firstAnswers
}

type headRow struct {
	Name    string
	Figures []string
}

// index is index.html with the title and the figures that the query asks for.
// Where there are none to write it is the page as it was built, which itself
// says what is wrong.
func (p *page) index(r *http.Request) (*web.Answer, error) {
	q, err := p.ask.page(r.URL.Query())
	if err != nil || p.marks.HeadStart == "" {
		return p.file(r.Context(), "index.html")
	}
	base := p.site.Base(r)
	first, words := q.catalogue.Order[0], picture.In(langOf(r))
	inspects := p.desk.edit != nil && p.desk.ownMachine(r)
	key := fmt.Sprint("index ", first, " ", q.loaded.Snapshot.Name(), q.query, words.Lang, base, inspects)
	a, err := p.site.Cached(r.Context(), key, func(ctx context.Context) (*web.Answer, error) {
		text, err := fs.ReadFile(p.files, "index.html")
		if err != nil {
			return nil, err
		}
		values, err := valuesOf(ctx, q.loaded.Snapshot, q.query, words, base)
		if err != nil {
			return nil, err
		}
		values.First, values.Inspects, values.Keeps, values.Words = first, inspects, p.keeps, p.wordsFile(words.Lang)
		values.Answers = p.firstAnswers(r.WithContext(ctx), q.loaded.Snapshot.Dataset.ID)
		marks := p.marks
		for _, part := range []struct {
			start, end string
			written    *template.Template
		}{{marks.HeadStart, marks.HeadEnd, pageHead}, {marks.FiguresStart, marks.FiguresEnd, pageFigures}} {
			if text, err = written(text, part.start, part.end, part.written, values); err != nil {
				return nil, err
			}
		}
		return &web.Answer{ContentType: contentType("index.html"), Body: p.site.Body(text)}, nil
	})
	if err != nil {
		p.log.Debug("page without figures", "query", r.URL.RawQuery, "error", err)
		return p.file(r.Context(), "index.html")
	}
	return a, nil
}

func valuesOf(ctx context.Context, snapshot *data.Snapshot, query data.Query, words *picture.Words, base string) (*headValues, error) {
	dataset := &snapshot.Dataset
	said := &picture.Statement{Words: words, Snapshot: snapshot}
	v := &headValues{Lang: words.Lang, Dir: words.Dir, Base: base, FigureWords: words.Say("this_figure"), District: words.Say("district"),
		Title: said.In(dataset.Title), Notes: []string{said.Attribution(), said.Disclaimer(), words.Say("needs_script")}}
	asked := url.Values{"area": {dataset.ID}, "as_of": {query.AsOf.String()}, "lang": {words.Lang}}
	for name, id := range map[string]string{"of": query.Of, "basis": query.Basis, "party": query.Party} {
		if id != "" {
			asked.Set(name, id)
		}
	}
	v.URL = base + "/?" + asked.Encode()
	v.OEmbed = base + "/oembed?" + url.Values{"url": {v.URL}}.Encode()
	share, err := snapshot.Share(ctx, query)
	var gap *data.NotMapped
	if errors.As(err, &gap) {
		v.Description = words.NotMapped(gap)
		v.Figure = "v1/" + dataset.ID
		return v, nil
	}
	if err != nil {
		return nil, err
	}
	said.Share = share
	v.Title, v.Alt, v.Figure = said.Title(), said.Alt(), strings.TrimPrefix(SharePath(&share), "/")
	v.Description = fmt.Sprintf("%s. %s; %s. %s. %s.", said.Held(), strings.Join([]string{said.Percent(), said.Areas(), said.Date()}, words.Say("comma")), said.Age(), said.Band(), said.Reading())
	v.Picture, v.Drawing = "map.png?"+asked.Encode(), "map.svg?"+asked.Encode()
	return v, v.table(ctx, said)
}

// table adds every place under every reading that maps the day.
func (v *headValues) table(ctx context.Context, said *picture.Statement) error {
	shares, err := said.Snapshot.Shares(ctx, said.Share.Party, said.Share.AsOf)
	if err != nil {
		return err
	}
	for _, basis := range said.Snapshot.Dataset.Bases {
		v.Readings = append(v.Readings, said.In(basis.Name))
	}
	rows := map[string]int{}
	for _, share := range shares {
		at, ok := rows[share.Of]
		if !ok {
			at = len(v.Rows)
			rows[share.Of] = at
			v.Rows = append(v.Rows, headRow{(&picture.Statement{Words: said.Words, Snapshot: said.Snapshot, Share: share}).Place(), make([]string, len(v.Readings))})
		}
		for i, basis := range said.Snapshot.Dataset.Bases {
			if basis.ID == share.Basis {
				v.Rows[at].Figures[i] = said.Words.Percent(share.Percent)
			}
		}
	}
	return nil
}

// written replaces what stands between two marks by a template's text. A page
// without the marks is left as it is.
func written(page []byte, start, end string, text *template.Template, values any) ([]byte, error) {
	before, rest, ok := bytes.Cut(page, []byte(start))
	_, after, closed := bytes.Cut(rest, []byte(end))
	if !ok || !closed {
		return page, nil
	}
	out := bytes.NewBuffer(append([]byte{}, before...))
	if err := text.Execute(out, values); err != nil {
		return nil, err
	}
	out.Write(after)
	return out.Bytes(), nil
}
