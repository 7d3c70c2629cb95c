package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geojson"

	"github.com/paulmach/orb"
)

// readLine reads the line in a file: a LineString, or the pieces of one, in as many
// features as there are, which join end to end. What was joined is said on the log;
// joinM is by how many metres ends may be apart.
func (o featureOptions) readLine(ctx context.Context, std streams, file string, joinM float64) (orb.LineString, error) {
	var pieces []orb.LineString
	var labels []string // of the features that pieces are in
	err := o.read(ctx, std, file, func(f geojson.Feature) error {
		of, err := piecesOf(f.Geometry)
		if err != nil {
			return geojson.Fault{File: file, Feature: f.Label(), Rule: "wrong-geometry", Detail: err.Error()}
		}
		for _, piece := range of {
			pieces, labels = append(pieces, piece), append(labels, f.Label())
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	joined, err := geo.Join(pieces, joinM)
	var branch *geo.BranchError
	if errors.As(err, &branch) {
		return nil, refuse(fmt.Errorf("%s: features %s: %w", file, quoted(labels, branch.Pieces), err))
	}
	if err != nil {
		return nil, refuse(err)
	}
	switch len(joined) {
	case 0:
		return nil, refuse(fmt.Errorf("%s: a line is wanted, and there is none", file))
	case 1:
		if n := len(joined[0].Pieces); n > 1 {
			fmt.Fprintf(std.log, "joined: %d pieces to 1 line, which runs as feature %s does; %d of them were turned round\n", n, quoted(labels, joined[0].Pieces[firstPiece(joined[0]):][:1]), joined[0].Turned)
		}
		return joined[0].Line, nil
	}
	return nil, refuse(notOneLine(file, labels, pieces, joined))
}

// firstPiece is where the first piece of the file is in a line.
func firstPiece(line geo.Joined) int {
	at := 0
	for i, piece := range line.Pieces {
		if piece < line.Pieces[at] {
			at = i
		}
	}
	return at
}

// mostCompared is of how many lines the ends are compared with each other.
const mostCompared = 500

// notOneLine says which pieces do not join, and where.
func notOneLine(file string, labels []string, pieces []orb.LineString, joined []geo.Joined) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d pieces joined to %d lines, and one is wanted", file, len(pieces), len(joined))
	for _, line := range joined[:min(shown, len(joined))] {
		from, to := line.Line[0], line.Line[len(line.Line)-1]
		fmt.Fprintf(&b, "\n  %.3f km from [%v %v] to [%v %v], of features %s", geo.Length(line.Line)/1000, from[0], from[1], to[0], to[1], quoted(labels, line.Pieces))
	}
	if more := len(joined) - shown; more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	if len(joined) <= mostCompared {
		apart := geo.NearestEnds(joined)
		fmt.Fprintf(&b, "\nthe nearest ends of two lines are %.1f m apart, at [%v %v] and [%v %v]; --join-m %.0f joins them", apart.Metres, apart.From[0], apart.From[1], apart.To[0], apart.To[1], apart.Metres+1)
	}
	return errors.New(b.String())
}

// quoted lists the features of some pieces, each once.
func quoted(labels []string, pieces []int) string {
	var names []string
	seen := map[string]bool{}
	for _, i := range pieces {
		if !seen[labels[i]] {
			names = append(names, fmt.Sprintf("%q", labels[i]))
		}
		seen[labels[i]] = true
	}
	return firstOf(names)
}

// piecesOf returns the lines of a geometry, those in collections too.
func piecesOf(g orb.Geometry) ([]orb.LineString, error) {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}, nil
	case orb.MultiLineString:
		return g, nil
	case orb.Collection:
		var out []orb.LineString
		for _, member := range g {
			of, err := piecesOf(member)
			if err != nil {
				return nil, err
			}
			out = append(out, of...)
		}
		return out, nil
	}
	return nil, fmt.Errorf("lines are wanted, not a %s", g.GeoJSONType())
}
