package geojson

import (
	"context"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/carry"

	"github.com/go-json-experiment/json/jsontext"
)

func TestAPanicInABatchIsThatOfTheReader(t *testing.T) {
	g := &reader{ctx: context.Background(), options: Options{Workers: 4}, others: make(chan struct{}, 3), report: &Report{},
		each: func(Feature, *Report) func() error { panic("spoilt") }}
	members := map[string]jsontext.Value{"geometry": jsontext.Value(`{"type":"Point","coordinates":[1,2]}`)}
	bug := carry.Recover(func() {
		for range 3 * perBatch {
			if err := g.add(&jsonObject{members: members}); err != nil {
				t.Fatal(err)
			}
		}
		_ = g.finish()
	})
	if bug == nil || bug.Value != "spoilt" || !strings.Contains(string(bug.Stack), "batch.go") {
		t.Errorf("%v", bug)
	}
}
