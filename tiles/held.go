package tiles

import (
	"context"

	"github.com/demarc-map/demarc/data"
)

// heldLayer makes the layer data.HeldLayer of an edition, which comes after the
// territories: of the land that counts as held one feature for each combination of
// parties, disjoint and without borders inside. Its tags are "id" and "parties",
// the ids of the parties joined by a space, "party" where one holds it alone, and
// "mark". The size budget drops its features last, and what is tiny in one of them
// is accounted for by itself, so that no party's land stands for that of another.
func heldLayer(ctx context.Context, s *data.Snapshot, e data.Edition) (Layer, error) {
	out := Layer{Name: data.HeldLayer}
	lands, err := s.HeldLand(ctx, e)
	if err != nil {
		return out, err
	}
	for _, land := range lands {
		id := land.ID()
		tags := []Tag{{"id", id}, {"mark", land.Mark()}, {"parties", id}}
		if len(land.Parties) == 1 {
			tags = append(tags, Tag{"party", id})
		}
		out.Features = append(out.Features, Feature{ID: id, Geometry: land.Shape, Tags: tags})
	}
	return out, nil
}
