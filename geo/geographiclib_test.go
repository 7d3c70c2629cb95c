package geo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os/exec"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
)

// runProgram gives a program its input and returns the lines of its output.
func runProgram(t testing.TB, name, input string, args ...string) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), referee.Program(t, "geographiclib", name), args...)
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// planimeter returns the areas of rings with geodesic edges.
func planimeter(t testing.TB, rings []orb.Ring) []float64 {
	t.Helper()
	var input strings.Builder
	for _, r := range rings {
		for _, p := range r {
			// Fixed notation: in 1e-05 it would take the e for a hemisphere.
			fmt.Fprintf(&input, "%.17f %.17f\n", p[1], p[0])
		}
		input.WriteString("\n")
	}
	lines := runProgram(t, "Planimeter", input.String(), "-s", "-p", "10")
	areas := make([]float64, len(rings))
	for i := range areas {
		var n int
		var perimeter float64
		if _, err := fmt.Sscan(lines[i], &n, &perimeter, &areas[i]); err != nil || n != len(rings[i]) {
			t.Fatalf("Planimeter says %q: %v", lines[i], err)
		}
	}
	return areas
}

// straightPlanimeter returns the areas with edges straight in longitude and
// latitude: with n parts to an edge geodesics are off by 1/n², so three
// densities extrapolate to the limit (Richardson).
func straightPlanimeter(t testing.TB, rings []orb.Ring) []float64 {
	t.Helper()
	var at [3][]float64
	for k := range at {
		var dense []orb.Ring
		for _, r := range rings {
			dense = append(dense, densified(r, 4<<k))
		}
		at[k] = planimeter(t, dense)
	}
	areas := make([]float64, len(rings))
	for i := range areas {
		a, b := (4*at[1][i]-at[0][i])/3, (4*at[2][i]-at[1][i])/3
		areas[i] = (16*b - a) / 15
	}
	return areas
}

func TestGeographicLibAgrees(t *testing.T) {
	referee.Need(t, "geographiclib")
	rnd := rand.New(rand.NewPCG(7, 7))
	var rings []orb.Ring
	for _, name := range []string{"gaza/strip.geojson", "gaza/held-2025-10-19.geojson"} {
		layers, _ := readReference(t, name)
		for _, layer := range layers {
			for _, p := range layer {
				rings = append(rings, openRing(p[0]))
			}
		}
	}
	for i := range 20 {
		radius := math.Pow(10, -4+float64(i)/4.5) // 10 m to 17 degrees
		lat := (85 - radius) * (2*rnd.Float64() - 1)
		rings = append(rings, coast(8+rnd.IntN(40), orb.Point{360*rnd.Float64() - 180, lat}, radius, rnd.Uint64()))
	}
	worst := 0.0
	for i, want := range straightPlanimeter(t, rings) {
		got := mustSigned(t, rings[i])
		// GeographicLib promises 0.1 m² a vertex; it does a hundred times better.
		tolerance := 1e-10*math.Abs(want) + 2e-3
		worst = max(worst, math.Abs(got-want)/tolerance)
		if !(math.Abs(got-want) <= tolerance) {
			t.Errorf("ring %d near %v: %.6f m², GeographicLib %.6f", i, rings[i][0], got, want)
		}
	}
	t.Logf("%d rings, worst |error|/tolerance %.2g", len(rings), worst)
}

// The figures of the reference data are for geodesic edges.
func TestGeographicLibGivesTheReferenceFigureForGeodesicEdges(t *testing.T) {
	referee.Need(t, "geographiclib")
	held, _ := readReference(t, "gaza/held-2025-10-19.geojson")
	r := openRing(all(held)[0][0])
	geodesic, straight := planimeter(t, []orb.Ring{r})[0], mustSigned(t, r)
	if math.Abs(math.Abs(geodesic)/1e6-194.495) > 0.0006 {
		t.Errorf("geodesic edges: %.6f km², the reference says 194.495", geodesic/1e6)
	}
	t.Logf("held: %.1f m² more with geodesic edges", math.Abs(geodesic)-math.Abs(straight))
}

func TestGeodSolveAgreesOnDistances(t *testing.T) {
	referee.Need(t, "geographiclib")
	rnd := rand.New(rand.NewPCG(8, 8))
	var input strings.Builder
	var pairs [][2]orb.Point
	for range 2000 {
		a := orb.Point{360*rnd.Float64() - 180, 180*rnd.Float64() - 90}
		far := math.Pow(10, -8+10.2*rnd.Float64())
		b := orb.Point{a[0] + far*rnd.NormFloat64(), min(max(a[1]+far*rnd.NormFloat64(), -90), 90)}
		b[0] = math.Remainder(b[0], 360)
		if rnd.IntN(20) == 0 { // nearly antipodal
			b = orb.Point{a[0] + 180 + 1e-3*rnd.NormFloat64(), -a[1]}
		}
		pairs = append(pairs, [2]orb.Point{a, b})
		fmt.Fprintf(&input, "%.17f %.17f %.17f %.17f\n", a[1], a[0], b[1], b[0])
	}
	worst := 0.0
	for i, line := range runProgram(t, "GeodSolve", input.String(), "-i", "-p", "10") {
		var azi1, azi2, want float64
		if _, err := fmt.Sscan(line, &azi1, &azi2, &want); err != nil {
			t.Fatalf("GeodSolve says %q: %v", line, err)
		}
		got := Distance(pairs[i][0], pairs[i][1])
		worst = max(worst, math.Abs(got-want))
		if !(math.Abs(got-want) <= 5e-8) {
			t.Errorf("%v: %.10f m, GeodSolve %.10f", pairs[i], got, want)
		}
	}
	t.Logf("worst difference %.2g m", worst)
}
