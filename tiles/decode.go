package tiles

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// Decode writes a tile, uncompressed, as text that people can read and compare:
// layers, features, tags and geometry in tile units, rings with their signed
// area (exterior rings are positive). It reads with orb's decoder, not with the
// writer's own knowledge.
func Decode(w io.Writer, tile []byte) error {
	layers, err := mvt.Unmarshal(tile)
	if err != nil {
		return fmt.Errorf("tiles: decode: %w", err)
	}
	out := bufio.NewWriter(w)
	for _, l := range layers {
		fmt.Fprintf(out, "layer %s version %d extent %d features %d\n", l.Name, l.Version, l.Extent, len(l.Features))
		for _, f := range l.Features {
			out.WriteString("  feature")
			if f.ID != nil {
				fmt.Fprintf(out, " %.0f", f.ID)
			}
			out.WriteString("\n")
			for _, key := range slices.Sorted(maps.Keys(f.Properties)) {
				fmt.Fprintf(out, "    %s = %s\n", key, tagText(f.Properties[key]))
			}
			writeGeometry(out, f.Geometry)
		}
	}
	return out.Flush()
}

func tagText(value any) string {
	if s, ok := value.(string); ok {
		return strconv.Quote(s)
	}
	return fmt.Sprint(value)
}

func writeGeometry(out io.Writer, g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		writeLine(out, "point", g)
	case orb.MultiPoint:
		writeLine(out, "points", g...)
	case orb.LineString:
		writeLine(out, "line", g...)
	case orb.MultiLineString:
		for _, line := range g {
			writeLine(out, "line", line...)
		}
	case orb.Polygon:
		for _, r := range g {
			writeLine(out, fmt.Sprintf("ring area %g", ringArea(r)), r...)
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			writeGeometry(out, polygon)
		}
	default:
		fmt.Fprintf(out, "    %T\n", g)
	}
}

func writeLine(out io.Writer, name string, positions ...orb.Point) {
	fmt.Fprintf(out, "    %s:", name)
	for _, p := range positions {
		fmt.Fprintf(out, " %g,%g", p[0], p[1])
	}
	fmt.Fprintln(out)
}

// ringArea is the signed area of a closed ring by the surveyor's formula.
func ringArea(r orb.Ring) float64 {
	var sum float64
	for i := 1; i < len(r); i++ {
		sum += r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]
	}
	return sum / 2
}
