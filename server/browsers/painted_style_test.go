package browsers

import (
	"fmt"
	"slices"

	"github.com/demarc-map/demarc/data"
)

// styleLayer is a layer of a MapLibre style.
type styleLayer struct {
	ID      string
	MinZoom float64
	Paint   map[string]any
}

// sameStyle compares the style that is served with the one that the page builds by
// day: what both have lies in the same order and has the same colours, whoever holds
// the land and whichever line it is.
func (l *paintedLaw) sameStyle(p *tab) {
	l.Helper()
	var served struct{ Layers []styleLayer }
	getJSON(l.T, l.base+"/styles/"+l.snapshot.Dataset.ID+".json?basis="+l.basis, &served)
	built := js[[]styleLayer](p, `demarcMap.getStyle().layers.map(({ id, minzoom, paint }) => ({ id, minzoom: minzoom ?? 0, paint: paint ?? {} }))`)
	var values []string
	for _, party := range l.snapshot.Dataset.Parties {
		values = append(values, party.ID)
	}
	last, both := -1, map[string]bool{}
	for _, ours := range served.Layers {
		at := slices.IndexFunc(built, func(theirs styleLayer) bool { return theirs.ID == ours.ID })
		if at < 0 {
			continue
		}
		both[ours.ID] = true
		if at < last {
			l.Errorf("%s lies above %s in the served style, below it on the page", ours.ID, built[last].ID)
		}
		last = at
		for _, property := range []string{"background-color", "fill-color", "line-color", "circle-color", "text-color", "text-halo-color"} {
			for _, value := range values {
				a, b := colourFor(ours.Paint[property], value), colourFor(built[at].Paint[property], value)
				if textOf(a) != textOf(b) && l.holds(value) {
					l.Errorf("%s of %s is %s for %s, %s on the page", property, ours.ID, a, value, b)
				}
			}
		}
		if ours.ID == "zone-line" && ours.MinZoom != built[at].MinZoom {
			l.Errorf("outlines of zones begin at zoom %g, %g on the page", ours.MinZoom, built[at].MinZoom)
		}
		if a, b := ours.Paint["fill-opacity"], built[at].Paint["fill-opacity"]; a != b {
			l.Errorf("%s has an opacity of %v, %v on the page", ours.ID, a, b)
		}
	}
	for _, id := range []string{"around", "land", "coast"} { // whatever the dataset has
		if !both[id] {
			l.Errorf("the layer %s is not in both styles", id)
		}
	}
}

// holds tells whether a party holds land on the day of the map.
func (l *paintedLaw) holds(party string) bool {
	edition, err := l.snapshot.Edition(l.basis, data.DateOf(today))
	if err != nil {
		l.Fatal(err)
	}
	land, err := l.snapshot.HeldLand(l.Context(), edition)
	if err != nil {
		l.Fatal(err)
	}
	return slices.ContainsFunc(land, func(one data.Land) bool { return slices.Contains(one.Parties, party) })
}

// textOf is an expression as text, for maps and lists do not compare.
func textOf(v any) string { return fmt.Sprint(v) }

// colourFor is the colour that an expression gives a feature with a value of the one
// property that it matches.
func colourFor(expression any, value string) any {
	match, ok := expression.([]any)
	if !ok || len(match) < 3 || match[0] != "match" {
		return expression
	}
	for i := 2; i+1 < len(match); i += 2 {
		labels, several := match[i].([]any)
		if match[i] == any(value) || several && slices.Contains(labels, any(value)) {
			return match[i+1]
		}
	}
	return match[len(match)-1]
}
