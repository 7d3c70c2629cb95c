package geo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// path draws a line that goes east, step by step.
func path(t *rapid.T, west float64) orb.LineString {
	line := orb.LineString{}
	for i := range rapid.IntRange(2, 12).Draw(t, "positions") {
		line = append(line, orb.Point{west + float64(i), float64(rapid.IntRange(0, 9).Draw(t, "north"))})
	}
	return line
}

// cutUp draws pieces of a line, shuffled and some turned round, each end moved by up
// to so many degrees east, where it is to meet another.
func cutUp(t *rapid.T, line orb.LineString, apart float64) []orb.LineString {
	var pieces []orb.LineString
	rest := slices.Clone(line)
	for len(rest) > 2 && rapid.Bool().Draw(t, "cut") {
		at := rapid.IntRange(1, len(rest)-2).Draw(t, "at")
		pieces = append(pieces, slices.Clone(rest[:at+1]))
		rest = slices.Clone(rest[at:])
		rest[0][0] += apart * rapid.Float64Range(0.1, 0.9).Draw(t, "apart")
	}
	pieces = rapid.Permutation(append(pieces, rest)).Draw(t, "pieces")
	for _, piece := range pieces {
		if rapid.Bool().Draw(t, "turned") {
			slices.Reverse(piece)
		}
	}
	return pieces
}

// A law: whatever line is cut into pieces, and however they come, is that line
// again, running as its first piece does; each piece is in it once.
func TestLawThePiecesOfALineAreThatLineAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := path(t, 0)
		pieces := cutUp(t, line, 0)
		got, err := Join(pieces, 0)
		if err != nil || len(got) != 1 {
			t.Fatal(got, err)
		}
		want := slices.Clone(line)
		if pieces[0][0][0] > pieces[0][len(pieces[0])-1][0] {
			slices.Reverse(want)
		}
		if !slices.Equal(got[0].Line, want) {
			t.Fatalf("%v, not %v", got[0].Line, want)
		}
		all := slices.Clone(got[0].Pieces)
		slices.Sort(all)
		for i, piece := range all {
			if piece != i {
				t.Fatalf("pieces %v of %d", got[0].Pieces, len(pieces))
			}
		}
	})
}

// A law: ends that are apart are joined within a tolerance, by an edge that keeps
// both, and not below it.
func TestLawEndsThatAreApartJoinWithinATolerance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := path(t, 0)
		pieces := cutUp(t, line, 1e-4) // some 10 m
		vertices := 0
		for _, piece := range pieces {
			vertices += len(piece)
		}
		near, err := Join(pieces, 12)
		if err != nil || len(near) != 1 || len(near[0].Line) != vertices {
			t.Fatal(near, err)
		}
		far, err := Join(pieces, 0)
		if err != nil || len(far) != len(pieces) {
			t.Fatalf("%d of %d pieces %v", len(far), len(pieces), err)
		}
		if len(far) > 1 {
			if apart := NearestEnds(far); apart.Metres > 12 || apart.Metres <= 0 {
				t.Fatalf("%+v", apart)
			}
		}
	})
}

func TestALineThatBranchesIsRefusedWithThePlaceAndARingIsKept(t *testing.T) {
	a, b, c := lineAt(0, 0, 1, 1), lineAt(1, 1, 2, 0), lineAt(2, 2, 1, 1)
	var branch *BranchError
	if _, err := Join([]orb.LineString{a, b, c}, 0); !errors.As(err, &branch) || branch.At != (orb.Point{1, 1}) || !slices.Equal(branch.Pieces, []int{0, 1, 2}) {
		t.Error(err)
	}
	moved := lineAt(2, 2, 1.00001, 1)
	if _, err := Join([]orb.LineString{a, lineAt(1.000005, 1, 2, 0), moved}, 5); !errors.As(err, &branch) || len(branch.Pieces) != 3 {
		t.Error(err)
	}
	back := slices.Clone(a)
	slices.Reverse(back)
	if _, err := Join([]orb.LineString{a, back}, 0); !errors.As(err, &branch) || !branch.Same {
		t.Error(err)
	}
	ring := orb.LineString(ringAt(0, 0, 1, 0, 1, 1))
	got, err := Join([]orb.LineString{ring[:2], ring[1:], lineAt(5, 5, 6, 6), orb.LineString(ringAt(8, 8, 9, 8, 9, 9))}, 10)
	if err != nil || len(got) != 3 || len(got[0].Line) != 4 || got[0].Line[0] != got[0].Line[3] {
		t.Error(got, err)
	}
}

func TestPostGISMergesTheSameLinesAndSplitsIntoTheSameAreas(t *testing.T) {
	db := referee.PostGIS(t)
	territory := orb.MultiPolygon{{ringAt(1.5, -20, 9.5, -20, 9.5, 30, 1.5, 30)}}
	rapid.Check(t, func(t *rapid.T) {
		line := append(orb.LineString{{0, 3}}, append(path(t, 1), orb.Point{13, 5})...)
		pieces := append(cutUp(t, line, 0), cutUp(t, path(t, 40), 0)...)
		got, err := Join(pieces, 0)
		if err != nil || len(got) != 2 {
			t.Fatal(got, err)
		}
		var text []string
		for _, piece := range pieces {
			var positions []string
			for _, p := range piece {
				positions = append(positions, fmt.Sprintf("%v %v", p[0], p[1]))
			}
			text = append(text, "("+strings.Join(positions, ",")+")")
		}
		lines := "MULTILINESTRING(" + strings.Join(text, ",") + ")"
		var count int
		if err := db.QueryRow(context.Background(), "SELECT ST_NumGeometries(ST_LineMerge(ST_GeomFromText($1, 4326)))", lines).Scan(&count); err != nil || count != len(got) {
			t.Fatalf("PostGIS merges them to %d lines, not %d (%v)", count, len(got), err)
		}
		i := slices.IndexFunc(got, func(j Joined) bool { return j.Line[0][0] < 20 })
		cut, err := Split(context.Background(), territory, got[i].Line, SplitOptions{})
		if err != nil {
			t.Fatal(err)
		}
		ours := []float64{squareDegrees(cut.Left), squareDegrees(cut.Right)}
		slices.Sort(ours)
		var theirs []float64
		if err := db.QueryRow(context.Background(), `SELECT array_agg(ST_Area(part.geom) ORDER BY ST_Area(part.geom)) FROM ST_Dump(ST_Split(ST_GeomFromText($1, 4326), ST_LineMerge(ST_GeomFromText($2, 4326)))) part`,
			wellKnown(territory), lines).Scan(&theirs); err != nil {
			t.Fatal(err)
		}
		if len(theirs) != 2 || math.Abs(ours[0]-theirs[0]) > 1e-6 || math.Abs(ours[1]-theirs[1]) > 1e-6 {
			t.Fatalf("left and right %v, PostGIS %v", ours, theirs)
		}
	})
}
