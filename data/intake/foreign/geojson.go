package foreign

import "context"

// openGeoJSON hands on a collection as it is: package geojson knows best what is
// wrong with it.
func openGeoJSON(ctx context.Context, in *input) (*Source, error) {
	return &Source{text: &watched{in: in, r: in.text(ctx)}}, nil
}
