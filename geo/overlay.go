package geo

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"
)

// FillRule says what a polygon covers where its rings cross or overlap. For
// valid polygons both rules say the same.
type FillRule uint8

const (
	// NonZero covers what the shell winds round at least once and no hole winds
	// round, whatever way the rings turn.
	NonZero FillRule = iota
	// EvenOdd covers what the rings, shell and holes alike, enclose an odd
	// number of times.
	EvenOdd
)

// Options change how an overlay is computed. The zero value works.
type Options struct {
	FillRule FillRule
	Workers  int   // how many goroutines work; 0 is GOMAXPROCS
	MaxSteps int64 // refuse with ErrBudget beyond as many steps, about 50 ns each; 0 is no limit

	planar bool // measure in square degrees; tests compare with planar oracles
}

// Overlay returns the areas of all combinations of up to MaxLayers layers in
// one pass. A layer covers what any of its polygons covers: overlaps count
// once. It takes any rings, self-crossing or overlapping ones too, and needs
// no topology, so it cannot fail on geometry: the error is [ErrCoordinate],
// [ErrPole], [ErrWide], [ErrLayers], [ErrBudget] or the cause of ctx.
//
// Layers that run past the antimeridian in different ways are brought
// together. The result is the same, bit by bit, for any number of workers. It
// differs from the true area by less than 2e-14 of it and 2e-6 m² for every
// degree of perimeter.
func Overlay(ctx context.Context, layers []orb.MultiPolygon, opt Options) (Areas, error) {
	if err := context.Cause(ctx); err != nil {
		return Areas{}, err
	}
	set, err := readLayers(layers, opt.FillRule, false)
	if err != nil {
		return Areas{}, err
	}
	set.unroll()
	return set.sweep(ctx, opt)
}

// readLayers reads the rings of all polygons into edges, the vertical ones too
// if these are asked for.
func readLayers(layers []orb.MultiPolygon, rule FillRule, vertical bool) (*edgeSet, error) {
	if len(layers) > MaxLayers {
		return nil, fmt.Errorf("%d layers: %w", len(layers), ErrLayers)
	}
	set := newEdgeSet(rule, len(layers), layers)
	set.vertical = vertical
	for i, layer := range layers {
		for j, polygon := range layer {
			if err := set.addPolygon(polygon, i); err != nil {
				return nil, fmt.Errorf("layer %d polygon %d %w", i, j, err)
			}
		}
	}
	return set, nil
}
