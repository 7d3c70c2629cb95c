package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

func TestManyOfAKindAreOneLineWithACountAndThreeExamplesAndFewAreToldInFull(t *testing.T) {
	var all []geojson.Repair
	for i := range 5 {
		all = append(all, geojson.Repair{File: fmt.Sprintf("%d.geojson", i/3), Feature: fmt.Sprint(i), Rule: "winding", Place: "ring 0", Detail: "turned"})
	}
	all = append(all, geojson.Repair{File: "9.geojson", Rule: "cleaned", Detail: "once"})
	want := []string{
		"repaired: winding: 5, of which 3 are shown and 2 more are not; x lists them",
		`  0.geojson: feature "0": winding at ring 0: turned`,
		`  1.geojson: feature "3": winding at ring 0: turned`,
		`  0.geojson: feature "1": winding at ring 0: turned`,
		"repaired: 9.geojson: cleaned: once",
	}
	if got := repairs(all, "x lists them"); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestWhatIsOnlyCountedIsSaidToBe(t *testing.T) {
	q := &data.Quality{Total: map[string]int{"jump": 130}}
	for i := range 100 {
		q.Findings = append(q.Findings, data.Finding{Rule: "jump", Features: []string{fmt.Sprint(i)}, Detail: "d"})
	}
	if got := notes(q, "x lists them"); len(got) != 4 || got[0] != "noted: jump: 130, of which 3 are shown and 127 more are not; x lists them (the first 100 of them; 30 more are only counted)" {
		t.Errorf("%q", got)
	}
}

func TestWhatTakesLongIsSaidAndTakenAway(t *testing.T) {
	var log lockedBuilder
	end := ticking(&log, "checking", time.Millisecond)
	for !strings.Contains(log.String(), "\rchecking … 0 s") {
		time.Sleep(time.Millisecond)
	}
	end()
	if !strings.HasSuffix(log.String(), " \r") {
		t.Errorf("%q", log.String())
	}
	waiting(&log, "nothing, where nobody looks on")()
}

// lockedBuilder is a text that several goroutines write and read.
type lockedBuilder struct {
	lock sync.Mutex
	text strings.Builder
}

func (b *lockedBuilder) Write(p []byte) (int, error) {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuilder) String() string {
	b.lock.Lock()
	defer b.lock.Unlock()
	return b.text.String()
}
