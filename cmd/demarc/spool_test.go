package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/geojson"
)

func TestAnAnswerThatIsHeldBackComesWholeHoweverLongItIs(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, times := range []int{0, 1, 100_000} {
		held, want := &spool{}, &bytes.Buffer{}
		for i := range times {
			fmt.Fprintf(io.MultiWriter(held, want), "line %d of an answer\n", i)
		}
		if len(held.held) > spooledInMemory || (held.file != nil) != (want.Len() > spooledInMemory) {
			t.Errorf("%d bytes in memory of %d", len(held.held), want.Len())
		}
		var got bytes.Buffer
		if err := held.copyTo(&got); err != nil || got.String() != want.String() {
			t.Errorf("%d bytes of %d, %v", got.Len(), want.Len(), err)
		}
		if err := held.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestALongTextLeavesNoLongListOfWhatWasFoundInIt(t *testing.T) {
	const features = 20_000
	one := `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1,1],[0,0]]]}}`
	bow := `{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}}`
	text := `{"type":"FeatureCollection","features":[` + strings.Repeat(one+","+bow+",", features) + one + `]}`
	counts, longest := newTally(), 0
	err := geojson.Read(t.Context(), counts.reading(strings.NewReader(text)), "f", geojson.Options{}, &counts.report, func(geojson.Feature) error {
		longest = max(longest, len(counts.report.Repairs)+len(counts.report.Faults))
		return nil
	})
	counts.take()
	if err != nil || counts.total["winding"] != features+1 || counts.faulty["self-crossing"] != features || len(counts.repairs) != shown || len(counts.faults) != shown {
		t.Errorf("%v %v %v, %d and %d kept", err, counts.total, counts.faulty, len(counts.repairs), len(counts.faults))
	}
	if longest > 2_000 {
		t.Errorf("%d things found were in memory at once", longest)
	}
}
