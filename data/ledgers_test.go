package data_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/demarc-map/demarc/bench/gen"
	"github.com/demarc-map/demarc/data"

	"github.com/paulmach/orb"
)

// generated reads a generated set.
func generated(t testing.TB, name string) (*data.Snapshot, gen.Set, data.Date) {
	t.Helper()
	set, err := gen.Named(name, 1)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := set.Write(dir); err != nil {
		t.Fatal(err)
	}
	snapshot, _, err := data.Read(context.Background(), os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	day, err := data.ParseDate(gen.FirstDay)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot, set, day
}

// jagged is a polygon with ever other radius about a place.
func jagged(random *rand.Rand, middle orb.Point, radius float64) orb.MultiPolygon {
	var ring orb.Ring
	for k := range 48 {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / 48)
		reach := radius * (0.5 + 0.5*random.Float64())
		ring = append(ring, orb.Point{middle[0] + reach*cos, middle[1] + reach*sin})
	}
	return orb.MultiPolygon{{append(ring, ring[0])}}
}

// Areas may differ by 1e-12 of the territory, and a front as package ledger says; all
// else is the same to the last byte.
func TestLedgersAnswerAboutAPolygonAsOneLookAtAllOfItDoes(t *testing.T) {
	ctx, random := context.Background(), rand.New(rand.NewPCG(1, 1))
	for _, name := range []string{"strip", "overlap-1k", "blocks-10k"} {
		s, set, day := generated(t, name)
		ledgers, worst, front := data.NewLedgers(1<<20), 0.0, 0.0
		bound, territory := set.Territory.Bound(), s.Territories[0].AreaM2/1e6
		for range 12 {
			middle := orb.Point{bound.Min[0] + random.Float64()*(bound.Max[0]-bound.Min[0]), bound.Min[1] + random.Float64()*(bound.Max[1]-bound.Min[1])}
			posted := jagged(random, middle, random.Float64()*(bound.Max[1]-bound.Min[1])/2)
			q := data.Query{AsOf: day}
			want, err := s.ShareInside(ctx, q, posted)
			got, cellsErr := ledgers.ShareInside(ctx, s, q, posted)
			if err != nil || cellsErr != nil {
				if !errors.Is(err, data.ErrOutside) || cellsErr == nil || err.Error() != cellsErr.Error() {
					t.Errorf("%s: %v, by cells %v", name, err, cellsErr)
				}
				continue
			}
			for _, pair := range [][2]float64{{got.HeldKm2, want.HeldKm2}, {got.TerritoryKm2, want.TerritoryKm2}, {got.PolygonKm2, want.PolygonKm2}, {got.OutsideKm2, want.OutsideKm2},
				{got.Percent * want.TerritoryKm2 / 100, want.HeldKm2}, {got.PercentOfPolygon * want.PolygonKm2 / 100, want.HeldKm2}} {
				worst = max(worst, math.Abs(pair[0]-pair[1])/territory)
			}
			front = max(front, math.Abs(got.Uncertainty.FrontKm-want.Uncertainty.FrontKm)/max(0.01, want.Uncertainty.FrontKm))
			if points := math.Abs(got.Uncertainty.PercentLow-want.Uncertainty.PercentLow) + math.Abs(got.Uncertainty.PercentHigh-want.Uncertainty.PercentHigh); points > 1e-4 {
				t.Errorf("%s: the band is off by %v points", name, points)
			}
			got.Figures, got.PolygonKm2, got.OutsideKm2, got.PercentOfPolygon, got.Cite = want.Figures, want.PolygonKm2, want.OutsideKm2, want.PercentOfPolygon, want.Cite
			if a, b := text(t, got), text(t, want); a != b {
				t.Fatalf("%s: by cells\n%s\nwant\n%s", name, a, b)
			}
		}
		t.Logf("%s: areas to %.2g of the territory, the front to %.2g of itself", name, worst, front)
		if !(worst <= 1e-12) || !(front <= 1e-5) {
			t.Errorf("%s: areas differ by %.2g of the territory, the front by %.2g of itself", name, worst, front)
		}
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestTheSameQuestionHasTheSameBytesWhateverWasAskedBefore(t *testing.T) {
	ctx, random := context.Background(), rand.New(rand.NewPCG(2, 2))
	s, set, day := generated(t, "strip")
	middle := set.Territory.Bound().Center()
	ask := func(l *data.Ledgers, posted orb.MultiPolygon) string {
		inside, err := l.ShareInside(ctx, s, data.Query{AsOf: day}, posted)
		if err != nil {
			t.Fatal(err)
		}
		return text(t, inside)
	}
	posted := jagged(random, middle, 0.1)
	first := ask(data.NewLedgers(1<<20), posted)
	// Of no bytes: a ledger is let go as soon as another is asked.
	small := data.NewLedgers(0)
	for range 5 {
		ask(small, jagged(random, middle, 0.15))
		if again := ask(small, posted); again != first {
			t.Fatalf("first\n%s\nthen\n%s", first, again)
		}
	}
}

func TestLedgersKeepToTheirBytesAndKeepNoSnapshot(t *testing.T) {
	few, many := data.NewLedgers(1), data.NewLedgers(1<<40)
	func() {
		ctx, random := context.Background(), rand.New(rand.NewPCG(3, 3))
		s, set, day := generated(t, "days-40")
		posted := jagged(random, set.Territory.Bound().Center(), 0.1)
		for n := range 5 {
			for _, ledgers := range []*data.Ledgers{many, few} {
				if _, err := ledgers.ShareInside(ctx, s, data.Query{AsOf: day + data.Date(n)}, posted); err != nil {
					t.Fatal(err)
				}
			}
		}
		one, limit := few.Held()
		if limit != 1 || one == 0 {
			t.Errorf("%d bytes of %d", one, limit)
		}
		if held, _ := many.Held(); held == 0 {
			t.Error("nothing is held")
		}
		runtime.KeepAlive(s)
	}()
	runtime.GC()
	runtime.GC()
	if held, _ := many.Held(); held != 0 {
		t.Errorf("%d bytes are held of a snapshot that nobody has", held)
	}
}

func TestLedgersOfSeveralEditionsWeighMore(t *testing.T) {
	ctx, random := context.Background(), rand.New(rand.NewPCG(3, 3))
	s, set, day := generated(t, "days-40")
	posted, ledgers := jagged(random, set.Territory.Bound().Center(), 0.1), data.NewLedgers(1<<40)
	var held [5]int64
	for n := range held {
		if _, err := ledgers.ShareInside(ctx, s, data.Query{AsOf: day + data.Date(n)}, posted); err != nil {
			t.Fatal(err)
		}
		held[n], _ = ledgers.Held()
	}
	if held[4] < 3*held[0] {
		t.Errorf("one edition weighs %d bytes, five %d", held[0], held[4])
	}
}

func TestWhatCellsCannotAnswerIsAnsweredWithoutThem(t *testing.T) {
	ctx := context.Background()
	s, set, day := generated(t, "strip")
	b := set.Territory.Bound()
	box := func(west, south, east, north float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}.ToPolygon()
	}
	at := b.Center()
	overlapping := orb.MultiPolygon{box(at[0]-0.05, at[1]-0.05, at[0]+0.02, at[1]+0.02), box(at[0]-0.02, at[1]-0.02, at[0]+0.05, at[1]+0.05)}
	want, err := s.ShareInside(ctx, data.Query{AsOf: day}, overlapping)
	if err != nil {
		t.Fatal(err)
	}
	ledgers := data.NewLedgers(1 << 30)
	got, err := ledgers.ShareInside(ctx, s, data.Query{AsOf: day}, overlapping)
	if err != nil || text(t, got) != text(t, want) {
		t.Errorf("overlapping polygons: %v\n%s\nwant\n%s", err, text(t, got), text(t, want))
	}
	if _, err := ledgers.ShareInside(ctx, s, data.Query{AsOf: day, Of: "nowhere"}, overlapping); !errors.Is(err, data.ErrUnknown) {
		t.Errorf("a territory that is not there: %v", err)
	}
	if _, err := ledgers.ShareInside(ctx, s, data.Query{AsOf: day}, orb.MultiPolygon{box(0, 0, 1, 1)}); !errors.Is(err, data.ErrOutside) {
		t.Errorf("a polygon far away: %v", err)
	}
	var gap *data.NotMapped
	if _, err := ledgers.ShareInside(ctx, s, data.Query{AsOf: day - 10}, overlapping); !errors.As(err, &gap) {
		t.Errorf("a day before the first: %v", err)
	}
	// The embedded dataset is small: no ledger is made.
	small := data.NewLedgers(1 << 30)
	if _, err := small.ShareInside(ctx, embedded(), data.Query{AsOf: data.Date(739636)}, orb.MultiPolygon{box(34.3, 31.3, 34.4, 31.4)}); err != nil {
		t.Error(err)
	}
	if held, _ := small.Held(); held != 0 {
		t.Errorf("%d bytes for the embedded dataset", held)
	}
}
