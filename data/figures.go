package data

import (
	"context"
	"math"

	"github.com/demarc-map/demarc/geo"

	"github.com/paulmach/orb"
)

// measured is land that shares are measured of, with its area.
type measured struct {
	shape  orb.MultiPolygon
	areaM2 float64
	whole  bool // asked about with all zones that count, so that what of them lies outside it can be told
}

// measured is the territory as land to measure; a district is asked about with the zones near it only.
func (t *Territory) measured() measured { return measured{t.Shape, t.AreaM2, t.Parent == ""} }

// figures tells how much of the land the zones hold, and how exactly that is
// known. Workers is how many goroutines it takes, one for each processor when 0.
func (m measured) figures(ctx context.Context, zones []*Zone, workers int) (Figures, error) {
	out, err := m.area(ctx, zones, workers)
	if err != nil {
		return Figures{}, err
	}
	return m.banded(ctx, out, zones)
}

// held is figures where the area that the zones hold of the land is known already.
func (m measured) held(ctx context.Context, heldM2 float64, zones []*Zone) (Figures, error) {
	return m.banded(ctx, m.of(heldM2), zones)
}

// banded adds the uncertainty.
func (m measured) banded(ctx context.Context, out Figures, zones []*Zone) (Figures, error) {
	shapes, accuracies := boundaries(zones)
	fronts, err := geo.Front(ctx, m.shape, shapes, accuracies)
	if err != nil {
		return Figures{}, err
	}
	out.Uncertainty = m.band(out.Percent, fronts, accuracies)
	return out, nil
}

// of is the figures of an area that is held, without the uncertainty.
func (m measured) of(heldM2 float64) Figures {
	return Figures{HeldKm2: heldM2 / 1e6, TerritoryKm2: m.areaM2 / 1e6, Percent: neat(math.Min(100, 100*heldM2/m.areaM2))}
}

// figuresTwice is figures with the percentage by a second method as well: by
// geometry, from the arrangement behind the band.
func (m measured) figuresTwice(ctx context.Context, zones []*Zone, workers int) (figures Figures, percent float64, err error) {
	if figures, err = m.area(ctx, zones, workers); err != nil {
		return Figures{}, 0, err
	}
	shapes, accuracies := boundaries(zones)
	fronts, heldM2, err := geo.FrontArea(ctx, m.shape, shapes, accuracies)
	if err != nil {
		return Figures{}, 0, err
	}
	figures.Uncertainty = m.band(figures.Percent, fronts, accuracies)
	return figures, 100 * heldM2 / m.areaM2, nil
}

// area is figures without the uncertainty.
func (m measured) area(ctx context.Context, zones []*Zone, workers int) (Figures, error) {
	var united orb.MultiPolygon
	for _, z := range zones {
		united = append(united, z.Shape...)
	}
	areas, err := geo.Overlay(ctx, []orb.MultiPolygon{m.shape, united}, geo.Options{Workers: workers})
	if err != nil {
		return Figures{}, err
	}
	out := m.of(areas.All(0b11))
	if m.whole {
		zones := areas.Any(0b10) / 1e6
		out.ZonesKm2 = &zones
	}
	return out, nil
}

// boundaries lists the shapes of zones and the positional accuracy of each in metres.
func boundaries(zones []*Zone) ([]orb.MultiPolygon, []float64) {
	shapes, accuracies := make([]orb.MultiPolygon, len(zones)), make([]float64, len(zones))
	for i, z := range zones {
		shapes[i], accuracies[i] = z.Shape, z.AccuracyM
	}
	return shapes, accuracies
}

// band is the uncertainty of a percentage whose fronts, one a zone, are each
// known to an accuracy in metres.
func (m measured) band(percent float64, fronts []orb.MultiLineString, accuracies []float64) Uncertainty {
	var lengthM, sweptM2 float64
	least, most := math.Inf(1), 0.0
	for i, front := range fronts {
		l := geo.Length(front)
		if l == 0 {
			continue
		}
		lengthM += l
		sweptM2 += accuracies[i] * l
		least, most = math.Min(least, accuracies[i]), math.Max(most, accuracies[i])
	}
	return m.swept(percent, lengthM, sweptM2, least, most)
}

// swept is the uncertainty of a percentage whose front has a length, in metres, sweeps
// an area where it moves by its accuracy, and has accuracies from least to most.
func (m measured) swept(percent, lengthM, sweptM2, least, most float64) Uncertainty {
	points := 100 * sweptM2 / m.areaM2
	out := Uncertainty{FrontKm: lengthM / 1000, PercentLow: math.Max(0, percent-points), PercentHigh: math.Min(100, percent+points)}
	if lengthM > 0 {
		out.AccuracyM = math.Max(least, math.Min(most, sweptM2/lengthM)) // a mean lies between them, whatever the rounding
	}
	return out
}

// Figures are the numbers of a share.
type Figures struct {
	HeldKm2      float64     `json:"held_km2"`
	ZonesKm2     *float64    `json:"zones_km2,omitempty"` // of a whole territory: its zones united, with what lies outside it
	TerritoryKm2 float64     `json:"territory_km2"`
	Percent      float64     `json:"percent"` // 0 to 100
	Uncertainty  Uncertainty `json:"uncertainty"`
}

// Uncertainty is the band of a share: the share with the front moved by its
// positional accuracy, to first order.
type Uncertainty struct {
	AccuracyM   float64 `json:"accuracy_m"` // of the front, its mean by length
	FrontKm     float64 `json:"front_km"`   // length of the held area's boundary inside the territory
	PercentLow  float64 `json:"percent_low"`
	PercentHigh float64 `json:"percent_high"`
}
