// Command lighter writes the embedded dataset with one in twenty of its things and of
// what its map background has of roads and built-up areas, and prints the overlay with
// which go builds that instead:
//
//	go test -overlay "$(go run ./internal/lighter)" -race -short ./server
//
// The race detector looks at how goroutines meet, for which a few things do as well as
// all of them, and reading all of them is most of what a short run would do. What is
// held, and how much of the land that is, stays the same.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/demarc-map/demarc/internal/referee"
)

// oneIn is of how many one is kept.
const oneIn = 20

// thinned are the files of which a part is kept.
var thinned = []string{"things.geojson", "context/builtup.geojson", "context/roads.geojson"}

func main() {
	overlay, err := write(filepath.Join(referee.Root(), "data", "gaza"), filepath.Join(referee.Root(), "bin", "lighter"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(overlay)
}

// write writes the files of a dataset's folder that are thinned into another folder,
// and beside them the overlay, whose name it returns.
func write(dataset, folder string) (overlay string, err error) {
	replace := map[string]string{}
	for _, name := range thinned {
		text, err := os.ReadFile(filepath.Join(dataset, filepath.FromSlash(name)))
		if err != nil {
			return "", err
		}
		if text, err = thin(text); err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		to := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o750); err != nil {
			return "", err
		}
		if err := os.WriteFile(to, text, 0o600); err != nil {
			return "", err
		}
		replace[filepath.Join(dataset, filepath.FromSlash(name))] = to
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(folder, "overlay.json")
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// thin keeps one feature in twenty of a collection, and of each that has several parts
// one part in twenty; of fewer than twenty all.
func thin(text []byte) ([]byte, error) {
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	features, ok := all["features"].([]any)
	if !ok {
		return nil, fmt.Errorf("it has no features")
	}
	features = some(features)
	for _, f := range features {
		feature, _ := f.(map[string]any)
		shape, _ := feature["geometry"].(map[string]any)
		if kind, _ := shape["type"].(string); strings.HasPrefix(kind, "Multi") {
			parts, _ := shape["coordinates"].([]any)
			shape["coordinates"] = some(parts)
		}
	}
	all["features"] = features
	return json.Marshal(all)
}

func some(all []any) (kept []any) {
	if len(all) < oneIn {
		return all
	}
	for i := 0; i < len(all); i += oneIn {
		kept = append(kept, all[i])
	}
	return kept
}
