package server

import (
	"context"
	"fmt"
	"time"

	"github.com/demarc-map/demarc/data/picture"
	"github.com/demarc-map/demarc/internal/carry"
	"github.com/demarc-map/demarc/server/web"

	"github.com/maypok86/otter/v2"
)

// sheets hold drawn maps: those of single days, and what is the same on all days
// of an edition, which is drawn once.
type sheets struct {
	answers *web.Cache
	plates  *otter.Cache[string, *picture.Plate]
	drawing carry.Flights[string, *picture.Plate]
}

// newSheets bounds both by half of the bytes each, about, and the time to draw one.
func newSheets(maxBytes uint64, timeout time.Duration) (*sheets, error) {
	answers, err := web.NewCache(maxBytes/2, timeout)
	if err != nil {
		return nil, err
	}
	plates, err := otter.New(&otter.Options[string, *picture.Plate]{
		MaximumWeight: max(maxBytes/2, picture.PlateBytes),
		Weigher:       func(string, *picture.Plate) uint32 { return picture.PlateBytes },
	})
	return &sheets{answers: answers, plates: plates}, err
}

// plate returns the map of the edition, place and language that a statement is of.
func (s *sheets) plate(ctx context.Context, q *question, said picture.Statement) (*picture.Plate, error) {
	edition, err := q.loaded.Snapshot.Edition(said.Share.Basis, said.Share.AsOf)
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(q.loaded.Snapshot.Name(), " ", said.Context.Named(), " ", edition, " ", said.Share.Of, " ", said.Words.Lang)
	if held, ok := s.plates.GetIfPresent(key); ok {
		return held, nil
	}
	return s.drawing.Do(ctx, key, func(context.Context) (*picture.Plate, error) {
		plate := picture.NewPlate(said)
		s.plates.Set(key, plate)
		return plate, nil
	})
}

// held is how many bytes of both are held, of how many.
func (s *sheets) held() (held, limit int64) {
	held, limit = s.answers.Held()
	return held + int64(s.plates.WeightedSize()), limit + int64(s.plates.GetMaximum())
}
