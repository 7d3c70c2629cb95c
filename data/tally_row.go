package data

import "github.com/go-json-experiment/json/jsontext"

// Amounts are what is counted of things.
type Amounts struct {
	Number float64 `json:"number"`
	Km     float64 `json:"km"`
	Km2    float64 `json:"km2"`
	Weight float64 `json:"weight"`
}

func (a *Amounts) add(b Amounts) {
	a.Number += b.Number
	a.Km += b.Km
	a.Km2 += b.Km2
	a.Weight += b.Weight
}

// AmountRange is a total with its uncertainty.
type AmountRange struct {
	Low   Amounts `json:"low"` // without what may as well lie on the other side
	Value Amounts `json:"value"`
	High  Amounts `json:"high"` // with what may as well lie on this side
}

// TallyRow is what lies on each side, and near the line on each side.
type TallyRow struct {
	All      Amounts     `json:"all"`
	Held     AmountRange `json:"held"`
	Free     AmountRange `json:"free"`
	Outside  Amounts     `json:"outside"`
	NearHeld Amounts     `json:"near_held"`
	NearFree Amounts     `json:"near_free"`
}

// add counts a part of a thing.
func (r *TallyRow) add(p tallyPart) {
	r.All.add(p.Amounts)
	side, other, near := &r.Held, &r.Free, &r.NearHeld
	switch p.side {
	case Outside:
		r.Outside.add(p.Amounts)
		return
	case HeldSide, BothSides: // as it is, and no side of a part
	case FreeSide:
		side, other, near = &r.Free, &r.Held, &r.NearFree
	}
	side.Value.add(p.Amounts)
	side.High.add(p.Amounts)
	if p.uncertain {
		other.High.add(p.Amounts)
	} else {
		side.Low.add(p.Amounts)
	}
	if p.near {
		near.add(p.Amounts)
	}
}

// tallyPart is a part of a thing that lies alike throughout.
type tallyPart struct {
	Amounts
	side            LandSide
	district        int // −1 for none
	uncertain, near bool
}

// groupOf is the group of a thing, nil for one without the property.
func groupOf(v jsontext.Value) *string {
	if len(v) == 0 || v.Kind() == 'n' {
		return nil
	}
	text := string(v)
	if v.Kind() == '"' {
		if unquoted, err := jsontext.AppendUnquote(nil, v); err == nil {
			text = string(unquoted)
		}
	}
	return &text
}
