package export

import (
	"context"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/look"
	"github.com/demarc-map/demarc/data/words"
)

// layers returns the sections of an edition and its held land, as LayerNames orders
// them, with what files tell beside their properties.
func layers(ctx context.Context, s *data.Snapshot, e data.Edition) ([]data.Section, error) {
	var out []data.Section
	for _, name := range s.LayerNames() {
		layer, err := layerOf(ctx, s, e, name)
		if err != nil {
			return nil, err
		}
		out = append(out, layer)
	}
	return out, nil
}

func layerOf(ctx context.Context, s *data.Snapshot, e data.Edition, name string) (data.Section, error) {
	if name == data.HeldLayer {
		return heldLand(ctx, s, e)
	}
	layer := s.Section(e, name)
	if tells(name) {
		for i := range layer.Items {
			tell(s, layer.Items[i].Properties)
		}
	}
	return layer, nil
}

// heldLand is the land that counts: an item for each combination of parties, with
// the id and the mark that tiles give it, named by what the mark means.
func heldLand(ctx context.Context, s *data.Snapshot, e data.Edition) (data.Section, error) {
	out := data.Section{Name: data.HeldLayer}
	lands, err := s.HeldLand(ctx, e)
	if err != nil {
		return out, err
	}
	for _, land := range lands {
		mark, id := look.Held(s, e.Basis, land.Parties...), land.ID()
		name := data.Text{}
		properties := map[string]any{"id": id, "parties": id, "basis": e.Basis, "counts": true, "mark": mark.ID}
		if len(land.Parties) == 1 {
			properties["party"] = land.Parties[0]
		}
		for _, lang := range words.Langs() {
			name[lang] = mark.Words(s, e.Basis, lang)
			properties["name_"+lang] = name[lang]
		}
		out.Items = append(out.Items, data.Item{ID: id, Shape: land.Shape, Name: name, Valid: e.Epoch, Properties: properties})
	}
	return out, nil
}
