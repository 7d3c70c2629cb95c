package tiles

import (
	"context"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// HeldLayer is the name of the layer, after the territories, of the land that
// counts as held: one feature for each combination of parties, disjoint and
// without borders inside. Its tags are "id" and "parties", the ids of the
// parties joined by a space, "party" where one holds it alone, and "mark":
// "held", or "shared" where several do. The size budget drops its features
// last, and what is tiny in one of them is accounted for by itself, so that no
// party's land stands for that of another.
const HeldLayer = "held"

// heldLayer makes the layer of an edition.
func heldLayer(ctx context.Context, s *data.Snapshot, e data.Edition) (Layer, error) {
	out := Layer{Name: HeldLayer}
	lands, err := s.HeldLand(ctx, e)
	if err != nil {
		return out, err
	}
	for _, land := range lands {
		id := strings.Join(land.Parties, " ")
		tags := []Tag{{"id", id}, {"mark", "shared"}, {"parties", id}}
		if len(land.Parties) == 1 {
			tags = []Tag{{"id", id}, {"mark", "held"}, {"parties", id}, {"party", id}}
		}
		out.Features = append(out.Features, Feature{ID: id, Geometry: land.Shape, Tags: tags})
	}
	return out, nil
}
