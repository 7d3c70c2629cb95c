package geojson

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/paulmach/orb"
)

// Feature is one feature of a GeoJSON text, read strictly and repaired.
type Feature struct {
	Index      int            // position in the text, from 0
	ID         string         // the feature's id as text, "" when it has none
	Geometry   orb.Geometry   // nil when it has none, which Options.Bare lets pass
	Properties jsontext.Value // raw JSON object, nil when absent or null
}

// Label names a feature in faults.
func (f Feature) Label() string {
	if f.ID != "" {
		return f.ID
	}
	return fmt.Sprintf("#%d", f.Index)
}

// Options change how a text is read. The zero value works.
type Options struct {
	Depth    int // nesting of JSON that is accepted, 64 when 0
	Vertices int // positions in all that are accepted, without bound when 0
	// Clean repairs polygons whose rings contradict each other, instead of
	// refusing them: they become what their rings wind round. This can lose
	// something, so it is for imports, and each is reported with its areas.
	Clean bool

	// Stored leaves polygons as they are that OGC Simple Features calls invalid, and
	// those that their holes cover: for texts that an earlier version accepted.
	Stored bool

	// MaxSteps refuses a feature (rule too-complex) whose check takes more steps, of
	// some 50 ns; without bound when 0.
	MaxSteps int64

	// Bare hands on features that have no geometry, or one that is empty, with a nil
	// Geometry, instead of refusing them: for imports, which count them.
	Bare bool

	Workers int // goroutines that read at any time, the caller's too; one for each processor when 0
}

// ErrTooLarge means that the input exceeds a limit.
var ErrTooLarge = errors.New("too large")

// An Understand makes sense of a feature, in any goroutine, and returns what
// keeps the outcome, which is called in the order of the features. Faults and
// repairs go to the report it is given.
type Understand func(f Feature, report *Report) (keep func() error)
