package geo

import "errors"

// The reasons for which a measure is refused. The error returned wraps one of
// them and names the place: layer, polygon, ring, vertex and coordinates.
var (
	// ErrCoordinate: a coordinate is not a number, a latitude lies beyond ±90
	// or a longitude beyond ±540 degrees.
	ErrCoordinate = errors.New("coordinate out of range")

	// ErrPole: a ring with an edge of more than 180 degrees of longitude goes
	// once round a pole. Close it over the pole (…, [180 -90], [-180 -90], …),
	// or give the wide edge a vertex in its middle.
	ErrPole = errors.New("ring winds round a pole without closing over it")

	// ErrWide: a ring covers more than 360 degrees of longitude.
	ErrWide = errors.New("ring is wider than a full turn")

	// ErrLayers: more than MaxLayers layers.
	ErrLayers = errors.New("too many layers")

	// ErrBudget: an overlay needs more steps than Options.MaxSteps.
	ErrBudget = errors.New("overlay exceeds its budget of steps")
)
