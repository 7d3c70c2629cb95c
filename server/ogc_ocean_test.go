package server_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// oceanZone is a triangle of the drawn dataset "ocean", in hundredths of a
// degree, so that sides touch exactly. Days count from 2025-01-01; to 0 is open.
type oceanZone struct {
	id, basis, status string
	x, y              [3]int
	from, to          int
}

// ocean is a dataset of two islands on both sides of the antimeridian.
type ocean struct {
	zones    []oceanZone
	snapshot *data.Snapshot
}

var newYear = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

func oceanDay(n int) string { return newYear.AddDate(0, 0, n).Format(time.DateOnly) }

// drawOcean makes the dataset from a seed; title changes the snapshot's name only.
func drawOcean(seed uint64, title string) ocean {
	random := rand.New(rand.NewPCG(seed, 8))
	var o ocean
	var features []string
	for i := range 137 {
		west := 17_000 + random.IntN(900)
		if i%2 == 1 {
			west = -18_000 + random.IntN(900)
		}
		south, wide, high := random.IntN(900), 1+random.IntN(100), 1+random.IntN(100)
		z := oceanZone{id: fmt.Sprintf("zone-%03d", i), basis: []string{"a", "b"}[random.IntN(2)], status: []string{"observed", "claimed"}[random.IntN(2)],
			x: [3]int{west, west + wide, west + random.IntN(wide+1)}, y: [3]int{south, south, south + high}, from: random.IntN(60)}
		to := "null"
		if random.IntN(2) == 0 {
			z.to = z.from + 1 + random.IntN(30)
			to = `"` + oceanDay(z.to) + `"`
		}
		o.zones = append(o.zones, z)
		position := func(k int) string { return fmt.Sprintf("[%.2f,%.2f]", float64(z.x[k])/100, float64(z.y[k])/100) }
		features = append(features, fmt.Sprintf(`{"type":"Feature","id":%q,"properties":{"name_en":"Zone %d","party":"p","basis":%q,"status":%q,"source":"s","accuracy_m":%d,"valid_from":%q,"valid_to":%s,"x_even":%v},"geometry":{"type":"Polygon","coordinates":[[%s,%s,%s,%s]]}}`,
			z.id, i, z.basis, z.status, 50+i%3, oceanDay(z.from), to, i%2 == 0, position(0), position(1), position(2), position(0)))
	}
	collection := func(features ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`)}
	}
	text := func(s string) string { return fmt.Sprintf(`{"en":%q}`, s) }
	files := fstest.MapFS{
		"dataset.json": {Data: []byte(`{"schema":"demarc/1","id":"ocean","title":` + text(title) + `,"attribution":` + text("x") + `,"disclaimer":` + text("x") +
			`,"territory":"islands","default_party":"p","default_basis":"a","parties":[{"id":"p","name":` + text("P") + `}],"bases":[{"id":"a","name":` + text("A") + `,"meaning":` + text("A") +
			`},{"id":"b","name":` + text("B") + `,"meaning":` + text("B") + `}],"sources":[{"id":"s","title":"S","publisher":"S","licence":"CC0 1.0"}]}`)},
		"territories.geojson": collection(`{"type":"Feature","id":"islands","properties":{"name_en":"Islands","source":"s"},"geometry":{"type":"MultiPolygon","coordinates":[[[[170,0],[180,0],[180,10],[170,10],[170,0]]],[[[-180,0],[-170,0],[-170,10],[-180,10],[-180,0]]]]}}`),
		"zones.geojson":       collection(features...),
	}
	var err error
	if o.snapshot, _, err = data.Read(context.Background(), files); err != nil {
		panic(err)
	}
	return o
}

var theOcean = sync.OnceValue(func() ocean { return drawOcean(1, "Ocean") })

// oceanHandler serves the ocean without a listener.
func oceanHandler(t testing.TB) (*server.Server, http.Handler) {
	t.Helper()
	s, err := server.New(server.Options{Now: func() time.Time { return served.Noon }, Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(context.Background(), theOcean().snapshot); err != nil {
		t.Fatal(err)
	}
	return s, s
}
