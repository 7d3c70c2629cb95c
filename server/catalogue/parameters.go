package catalogue

import (
	"net/http"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
)

// Parameters are the query of a request with the words of this product: ids and
// days.
type Parameters struct {
	web.Parameters
	Today data.Date
	Clock bool // a day that was left out was taken to be today
}

// ReadParameters reads what web.ReadParameters does, on the day of a moment.
func ReadParameters(r *http.Request, now time.Time, known ...string) (*Parameters, error) {
	p, err := web.ReadParameters(r, known...)
	if err != nil {
		return nil, err
	}
	return &Parameters{Parameters: p, Today: data.DateOf(now)}, nil
}

// ID returns an id, "" when the parameter is absent.
func (p *Parameters) ID(name string) (string, error) {
	id := p.Get(name)
	if p.Has(name) && !data.ValidID(id) {
		return "", web.BadRequest("%s is an id: lower-case letters, digits and hyphens between them", name)
	}
	return id, nil
}

// Date returns the day of a state, today when the parameter is absent. A day
// after today is refused.
func (p *Parameters) Date(name string) (data.Date, error) {
	if !p.Has(name) {
		p.Clock = true
		return p.Today, nil
	}
	d, err := p.day(name)
	if err != nil {
		return 0, err
	}
	return d, p.ByToday(name, d)
}

// ByToday refuses a day after today.
func (p *Parameters) ByToday(name string, day data.Date) error {
	if err := data.ByToday(name, day, p.Today); err != nil {
		return web.BadRequest("%v", err)
	}
	return nil
}

func (p *Parameters) day(name string) (data.Date, error) {
	d, err := data.ParseDate(p.Get(name))
	if err != nil {
		return 0, web.BadRequest("%s: %v", name, err)
	}
	return d, nil
}

// Span reads from and to, which bound a time and may lie after today; a zero
// date leaves that end open.
func (p *Parameters) Span() (from, to data.Date, err error) {
	for name, date := range map[string]*data.Date{"from": &from, "to": &to} {
		if !p.Has(name) {
			continue
		}
		if *date, err = p.day(name); err != nil {
			return 0, 0, err
		}
	}
	return from, to, nil
}

// Moment reads a day, which stands for its end, or an RFC 3339 time.
func (p *Parameters) Moment(name string) (time.Time, error) {
	text := p.Get(name)
	if day, err := data.ParseDate(text); err == nil {
		return day.Time().AddDate(0, 0, 1).Add(-time.Microsecond), nil
	}
	moment, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return moment, web.BadRequest("%s: %q is neither a day, YYYY-MM-DD, nor a time, YYYY-MM-DDTHH:MM:SSZ", name, web.Clip(text))
	}
	return moment, nil
}
