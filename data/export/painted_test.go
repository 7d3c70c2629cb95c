package export_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/color"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/export"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/internal/drawn"
	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"pgregory.net/rapid"
)

// paintedBound is how far painted land may be from what counts, in parts of the
// territory: crossings of borders move on a grid of 0.1 mm, so that a border of
// 1,000 km gives or takes 100 m², and a drawn territory has 1.7e9.
const paintedBound = 1e-7

// painting is a format that says what is filled, and how to read it.
type painting struct {
	suffix string
	read   func(context.Context, []byte) ([]area, error)
	// wrong tells what is wrong with the colours of land of a mark.
	wrong func([]color.NRGBA, look.Mark) string
}

func paintings() []painting {
	return []painting{{"kml", areasOfKML, oneColour}, {"gpkg", areasOfGeoPackage, allColours}}
}

// oneColour wants the colour that stands for a mark's paint.
func oneColour(found []color.NRGBA, m look.Mark) string {
	if want := m.Paint.Flat(); len(found) != 1 || found[0] != want {
		return fmt.Sprintf("filled with %v, not %v", found, want)
	}
	return ""
}

// allColours wants every colour of a mark's paint, each in a fill of its own.
func allColours(found []color.NRGBA, m look.Mark) string {
	for i, want := range m.Paint.Colours {
		if i >= len(found) || found[i].R != look.RGB(want).R || found[i].G != look.RGB(want).G || found[i].B != look.RGB(want).B {
			return fmt.Sprintf("filled with %v, not %v", found, m.Paint.Colours)
		}
	}
	return ""
}

func TestWhatAFileFillsIsWhatCounts(t *testing.T) {
	referee.Figures(t)
	rapid.Check(t, func(t *rapid.T) {
		s, _, err := data.Read(t.Context(), drawn.Dataset(t))
		if err != nil {
			t.Fatal(err)
		}
		day := s.FirstDate() + data.Date(rapid.IntRange(0, 5).Draw(t, "day"))
		basis := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "basis")
		if err := filledIsCounted(t.Context(), s, basis, day); err != nil {
			t.Fatal(err)
		}
	})
}

// The datasets whose maps once painted what does not count, or not what does.
func TestWhatAFileFillsOfKnownCasesIsWhatCounts(t *testing.T) {
	for _, name := range []string{"two", "three", "counts", "multi"} {
		t.Run(name, func(t *testing.T) {
			s, _, err := data.Read(t.Context(), os.DirFS(referee.Case(t, name)))
			if err != nil {
				t.Fatal(err)
			}
			for _, epoch := range s.Epochs {
				if err := filledIsCounted(t.Context(), s, s.Dataset.Basis, epoch.From); err != nil {
					t.Errorf("%s: %v", epoch, err)
				}
			}
		})
	}
}

// filledIsCounted tells where a file fills other land than the shares of the day
// count, in a territory, a district or in all.
func filledIsCounted(ctx context.Context, s *data.Snapshot, basis string, day data.Date) error {
	e, err := s.Edition(basis, day)
	var gap *data.NotMapped
	if errors.As(err, &gap) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := countsAreShares(ctx, s, e, day); err != nil {
		return fmt.Errorf("geojson: %w", err)
	}
	for _, p := range paintings() {
		format, _ := export.Find(p.suffix)
		var file bytes.Buffer
		if err := format.Write(ctx, &file, s, e); err != nil {
			return err
		}
		areas, err := p.read(ctx, file.Bytes())
		if err != nil {
			return fmt.Errorf("%s: %w", p.suffix, err)
		}
		held, err := p.marksAreTrue(s, e, areas)
		if err != nil {
			return fmt.Errorf("%s: %w", p.suffix, err)
		}
		if err := areasAreShares(ctx, s, basis, day, held); err != nil {
			return fmt.Errorf("%s: %w", p.suffix, err)
		}
	}
	return nil
}

// marksAreTrue tells of a zone that is filled though it counts, or is not filled
// once though it does not, and of land in wrong colours. It returns the land that
// is filled as held.
func (p *painting) marksAreTrue(s *data.Snapshot, e data.Edition, areas []area) (held []area, err error) {
	zones := map[string]int{}
	for _, a := range areas {
		switch a.layer {
		case data.HeldLayer:
			held = append(held, a)
			if wrong := p.wrong(a.colours, look.Held(s, e.Basis, a.parties...)); wrong != "" {
				return nil, fmt.Errorf("land of %v is %s", a.parties, wrong)
			}
		case data.ZonesSection:
			zones[a.id]++
		default:
			return nil, fmt.Errorf("%s %s is filled", a.layer, a.id)
		}
	}
	basis, _ := s.BasisByID(e.Basis)
	for i := range s.Zones {
		z, times := &s.Zones[i], 0
		if z.Basis == e.Basis && z.Valid.Contains(e.Epoch.From) && !basis.HoldsBy(z.Status) {
			times = 1
		}
		if zones[z.ID] != times {
			return nil, fmt.Errorf("zone %s, %s, is filled %d times, not %d", z.ID, z.Status, zones[z.ID], times)
		}
	}
	return held, nil
}

// countsAreShares compares the zones that a GeoJSON file says count with the
// shares: it has no styles, and overlaps are there twice.
func countsAreShares(ctx context.Context, s *data.Snapshot, e data.Edition, day data.Date) error {
	format, _ := export.Find("geojson")
	var file bytes.Buffer
	if err := format.Write(ctx, &file, s, e); err != nil {
		return err
	}
	found, err := geojson.UnmarshalFeatureCollection(file.Bytes())
	if err != nil {
		return err
	}
	zones := map[string]orb.MultiPolygon{}
	for _, f := range found.Features {
		if shape, ok := f.Geometry.(orb.MultiPolygon); ok && f.Properties["counts"] == true {
			zones[f.Properties.MustString("party")] = append(zones[f.Properties.MustString("party")], shape...)
		}
	}
	var held []area
	for _, party := range slices.Sorted(maps.Keys(zones)) {
		one, err := geo.Partition(ctx, zones[party])
		if err != nil {
			return err
		}
		held = append(held, area{parties: []string{party}, shape: one[0].Shape})
	}
	return areasAreShares(ctx, s, e.Basis, day, held)
}

// areasAreShares compares the land that names a party with the party's share; land
// that is filled twice is there twice.
func areasAreShares(ctx context.Context, s *data.Snapshot, basis string, day data.Date, held []area) error {
	for i := range s.Territories {
		of := &s.Territories[i]
		filled := map[string]float64{}
		for _, a := range held {
			both, err := geo.Overlay(ctx, []orb.MultiPolygon{of.Shape, a.shape}, geo.Options{})
			if err != nil {
				return err
			}
			for _, party := range a.parties {
				filled[party] += both.All(3) / of.AreaM2
			}
		}
		for _, party := range s.Dataset.Parties {
			share, err := s.Share(ctx, data.Query{Of: of.ID, Party: party.ID, Basis: basis, AsOf: day})
			if err != nil {
				return err
			}
			counted := share.HeldKm2 / share.TerritoryKm2
			if math.Abs(filled[party.ID]-counted) > paintedBound {
				return fmt.Errorf("%s of %s: %.9f of it is filled, %.9f counts", party.ID, of.ID, filled[party.ID], counted)
			}
		}
	}
	return nil
}
