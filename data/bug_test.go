package data

import (
	"context"
	"testing"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/carry"
)

func TestAPanicInAWorkerOfASeriesIsThatOfWhoAsked(t *testing.T) {
	s, _, err := Read(context.Background(), gaza.Files)
	if err != nil {
		t.Fatal(err)
	}
	q := Query{}
	territory, basis, err := s.resolve(&q)
	if err != nil {
		t.Fatal(err)
	}
	spoilt := rowMeasure{nil, 2, func(context.Context, *Share, []*Zone) (Figures, error) { panic("spoilt") }}
	if carry.Recover(func() { _, _, _ = s.series(context.Background(), q, 0, 0, spoilt, territory, basis) }) == nil {
		t.Error("a spoilt measure has a series")
	}
}

func TestAPanicWhileASnapshotIsBuiltIsThatOfItsReader(t *testing.T) {
	empty := builder{snapshot: &Snapshot{}, workers: 2, report: &Report{}} // without any territory
	if carry.Recover(func() { _ = empty.build(context.Background()) }) == nil {
		t.Error("nothing was built")
	}
}
