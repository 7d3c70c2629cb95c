package data

import (
	"context"
	"fmt"
	"iter"
	"math"
	"runtime"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/carry"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// MethodOfTally says how things are counted.
const MethodOfTally = "points by the side that they lie on, boundaries belonging to the zone; polygons by a place inside them, or by area where asked; " +
	"lines by length, cut where they cross; low and high by what lies within the accuracy of the line; " +
	"the weight of a line or an area is shared out by length or area; demarc-tally/1"

// TallyQuery asks what of somebody's things lies on either side of the line.
type TallyQuery struct {
	Query
	By      string  // property to group by, "" for none
	Weight  string  // property with numbers to add up, "" for none
	WithinM float64 // metres from the line that count as near, 0 for none; at most MostNearM
	ByArea  bool    // polygons count by their area; else by a place inside each
	Against string  // a reading to compare the asked one with, "" for none
	// From and To are the days, from the first up to but without the last, over which
	// the side of every thing's place is followed under the asked reading. A zero end
	// is open; no day is followed where both are.
	From, To Date
}

// Thing is one thing to count.
type Thing struct {
	Index      int
	ID         string
	Geometry   orb.Geometry
	Properties map[string]jsontext.Value
}

// ThingOf is a feature as a thing. The error is that of its properties.
func ThingOf(f geojson.Feature) (Thing, error) {
	out := Thing{Index: f.Index, ID: f.ID, Geometry: f.Geometry}
	var err error
	if f.Properties != nil {
		err = json.Unmarshal(f.Properties, &out.Properties)
	}
	return out, err
}

// TallyThing is where a thing lies.
type TallyThing struct {
	Thing      Thing       `json:"-"`
	Point      orb.Point   `json:"-"` // that its distance is measured from: itself, or a place in it
	District   string      `json:"district"`
	Side       LandSide    `json:"side"` // under the asked reading, where most of it lies
	Sides      []ThingSide `json:"sides"`
	DistanceM  *float64    `json:"distance_m"`  // of the point from the line; nil where there is none
	BearingDeg *float64    `json:"bearing_deg"` // likewise, clockwise from north
	Certain    bool        `json:"certain"`     // nothing of it lies within the accuracy of the line
	// Against is the side under the reading compared with, "" where none is.
	Against LandSide     `json:"against,omitempty"`
	Changes []SideChange `json:"changes,omitempty"` // over the days asked for
}

// ThingSide is the side of a thing under one reading.
type ThingSide struct {
	Basis string   `json:"basis"`
	Side  LandSide `json:"side"`
}

// Tally is how many things lie on either side of the line, under each reading.
type Tally struct {
	Dataset       string         `json:"dataset"`
	Of            string         `json:"of"`
	Party         string         `json:"party"`
	Basis         string         `json:"basis"`
	AsOf          Date           `json:"as_of"`
	By            string         `json:"by,omitempty"`
	Weight        string         `json:"weight,omitempty"`
	WithinM       float64        `json:"within_m"`
	Polygons      string         `json:"polygons"`       // point or area
	Things        int            `json:"things"`         // those counted
	WithoutShape  int            `json:"without_shape"`  // left out: they have no geometry
	WithoutGroup  int            `json:"without_group"`  // counted under the group null
	WithoutWeight int            `json:"without_weight"` // they add nothing to the weight, for they have no number
	Readings      []TallyReading `json:"readings"`
	Against       *TallyAgainst  `json:"against,omitempty"` // where a reading is compared with
	Along         *TallyAlong    `json:"along,omitempty"`   // where days are asked for
	Method        string         `json:"method"`
	Snapshot      string         `json:"snapshot"`
	Self          string         `json:"self"` // address of this answer, filled in by who gives it
}

// TallyReading is a tally under one reading.
type TallyReading struct {
	Basis     string       `json:"basis"`
	Asked     bool         `json:"asked"`
	Measures  Measure      `json:"measures"`
	Evidence  Evidence     `json:"evidence"`
	Sources   []string     `json:"sources"`
	AccuracyM float64      `json:"accuracy_m"`
	Differ    int          `json:"differ"` // things whose side is not that of the asked reading
	Total     TallyRow     `json:"total"`
	Districts []TallyGroup `json:"districts"` // the id is "" for things in none
	Groups    []TallyGroup `json:"groups"`
}

// TallyGroup is a tally of some of the things.
type TallyGroup struct {
	ID *string `json:"id"` // nil for things without the property
	TallyRow
}

// Tally counts things, in one pass and with memory that does not grow with their
// number. Each is told, unless nil, where every thing lies, in their order. Errors
// are those of Share, ErrQuestion, and those of the things and of each.
func (s *Snapshot) Tally(ctx context.Context, q TallyQuery, things iter.Seq2[Thing, error], each func(*TallyThing) error) (*Tally, error) {
	views, err := tallyViews(ctx, s, &q)
	if err != nil {
		return nil, err
	}
	return tallyWith(ctx, s, q, views, things, each)
}

// tallyWith is Tally with the readings made ready, for tallies that share them.
func tallyWith(ctx context.Context, s *Snapshot, q TallyQuery, views []*tallyView, things iter.Seq2[Thing, error], each func(*TallyThing) error) (*Tally, error) {
	c := newTallyCounter(s, q, views)
	c.tells = each != nil
	if err := c.compareWith(s); err != nil {
		return nil, err
	}
	var err error
	if c.along, err = tallyAlongOf(ctx, s, q); err != nil {
		return nil, err
	}
	var batch []*located
	flush := func() error {
		if err := c.locate(ctx, batch); err != nil {
			return err
		}
		for _, l := range batch {
			if err := c.add(l); err != nil {
				return err
			}
			if each != nil {
				if err := each(&l.told); err != nil {
					return err
				}
			}
		}
		batch = batch[:0]
		return nil
	}
	for thing, err := range things {
		if err != nil {
			return nil, err
		}
		if thing.Geometry == nil {
			c.out.WithoutShape++
			continue
		}
		if batch = append(batch, &located{thing: thing}); len(batch) == tallyBatch {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return c.answer(), nil
}

// tallyBatch is how many things are held at any time.
const tallyBatch = 2048

// locate finds where each thing of a batch lies, on all processors.
func (c *tallyCounter) locate(ctx context.Context, batch []*located) error {
	workers, ctx := carry.NewGroup(ctx)
	n := runtime.GOMAXPROCS(0)
	for w := range n {
		workers.Go(func() error {
			for i := w; i < len(batch); i += n {
				if err := context.Cause(ctx); err != nil {
					return err
				}
				if err := c.place(ctx, batch[i]); err != nil {
					return fmt.Errorf("feature %d: %w", batch[i].thing.Index, err)
				}
			}
			return nil
		})
	}
	return workers.Wait()
}

// numberOf is the number that a property holds; a text that is one counts as well.
func numberOf(v jsontext.Value) (float64, bool) {
	text := groupOf(v)
	if text == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(*text), 64)
	return n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
}
