package geo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"

	"github.com/paulmach/orb"
)

// PostGIS cuts random lines by random polygons into the same parts: as long on the
// plane of longitude and latitude.
func TestPostGISAgreesOnPieces(t *testing.T) {
	db := referee.PostGIS(t)
	rnd := rand.New(rand.NewPCG(4, 4))
	worst, inside := 0.0, 0
	for range 60 {
		radius := math.Pow(10, -3+3*rnd.Float64())
		at := orb.Point{34 + rnd.Float64(), 31 + rnd.Float64()}
		shape, along := layerOf(coast(8+rnd.IntN(200), at, radius, rnd.Uint64())), coast(8+rnd.IntN(100), orb.Point{at[0] + radius*rnd.NormFloat64()/2, at[1]}, radius, rnd.Uint64())
		pieces, err := Pieces(orb.LineString(along), mustIndex(t, shape))
		if err != nil {
			t.Fatal(err)
		}
		got, all := 0.0, 0.0
		for _, p := range pieces {
			degrees := math.Hypot(p.To[0]-p.From[0], p.To[1]-p.From[1])
			all += degrees
			if p.In[0] {
				got += degrees
			}
		}
		var line []string
		for _, v := range along {
			line = append(line, fmt.Sprintf("%v %v", v[0], v[1]))
		}
		want, err := askPostGIS(t, db, "SELECT ST_Length(ST_Intersection(ST_GeomFromText($1), ST_GeomFromText($2)))", "LINESTRING("+strings.Join(line, ",")+")", wellKnown(shape))
		if err != nil {
			t.Fatal(err)
		}
		if want > 0 && want < 0.999*all {
			inside++
		}
		worst = max(worst, math.Abs(got-want)/all)
		if math.Abs(got-want) > 1e-11*all+1e-13 {
			t.Errorf("near %v: %.17g°, PostGIS %.17g° of %g°", at, got, want, all)
		}
	}
	if inside < 20 {
		t.Errorf("only %d lines lie partly inside", inside)
	}
	t.Logf("worst difference %.2g of the line", worst)
}
