package server

import (
	"errors"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geo/arrange"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"
)

// classified is an error of the packages below with its class.
type classified struct {
	err   error
	class web.Class
	rule  string // that what was sent breaks, for those who tell it in words of their own; "" for none
}

// classes lists errors that say nothing but themselves, in the order they are
// looked for.
func classes() []classified {
	return []classified{
		{store.ErrProposal, web.Malformed, ""},
		{store.ErrUnknown, web.Unknown, ""},
		{geojson.ErrTooLarge, web.TooLarge, "too-large"},
		{data.ErrOutside, web.Unprocessable, "outside"},
		{geo.ErrNoCut, web.Unprocessable, "no-cut"},
		{geo.ErrSelfCrossing, web.Unprocessable, "self-crossing"},
		{geo.ErrDegenerateLine, web.Unprocessable, "empty"},
		{geo.ErrCoordinate, web.Unprocessable, "range"},
		{geo.ErrPole, web.Unprocessable, ""},
		{geo.ErrWide, web.Unprocessable, "too-wide"},
		{geo.ErrLayers, web.Unprocessable, ""},
		{geo.ErrBudget, web.Unprocessable, "too-large"},
		{arrange.ErrBudget, web.Unprocessable, "too-large"},
		{data.ErrUnknown, web.Unknown, ""},
		{data.ErrQuestion, web.Malformed, ""},
		{tiles.ErrOutside, web.Unknown, ""},
	}
}

// classOf returns the class of an error of the packages below, with what else it
// tells; "" for none. An error type that tells its class itself, see web.Class,
// need not be here.
func classOf(err error) (web.Class, map[string]any) {
	var gap *data.NotMapped
	var fault data.Fault
	var conflict *store.Conflict
	var unconfirmed *store.Unconfirmed
	var withdrawn *store.Withdrawn
	switch {
	case errors.As(err, &withdrawn):
		return web.Gone, nil
	case errors.Is(err, data.ErrTampered): // the store's fault, whatever it says about the data
		return web.Internal, nil
	case errors.As(err, &gap):
		members := map[string]any{"basis": gap.Basis}
		if gap.First != 0 {
			members["first_date"] = gap.First
		}
		return web.Unknown, members
	case errors.As(err, &conflict):
		return web.Conflict, nil
	case errors.As(err, &unconfirmed):
		return web.Unprocessable, map[string]any{"reasons": unconfirmed.Reasons, "difference": unconfirmed.Difference}
	}
	for _, c := range classes() {
		if errors.Is(err, c.err) {
			if c.rule != "" {
				return c.class, map[string]any{"rule": c.rule}
			}
			return c.class, nil
		}
	}
	if errors.As(err, &fault) {
		return faultClass(fault.Rule), map[string]any{"rule": fault.Rule, "place": fault.Place}
	}
	return "", nil
}

// faultClass tells a text that cannot be read from what it says. A rule about the
// form of JSON or GeoJSON (RFC 8259, RFC 7946) is broken by a malformed text; any
// other rule is about the world, and broken by a text that can be read.
func faultClass(rule string) web.Class {
	switch rule {
	case "json", "duplicate-member", "case-folded-member", "mixed-members", "too-deep", "wrong-type", "missing-member", "position", "empty":
		return web.Malformed
	case "too-large":
		return web.TooLarge
	}
	return web.Unprocessable
}
