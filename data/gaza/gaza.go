// Package gaza embeds the reference dataset: the Gaza Strip after the
// ceasefire of October 2025. Its sources and licences are in dataset.json.
package gaza

import "embed"

// Files is the dataset's folder, as data.Read takes it.
//
//go:embed *.json *.geojson
var Files embed.FS

// Context is the folder of the map background, as mapcontext.Read takes it: no
// evidence, and under a licence of its own (context/README.md).
//
//go:embed context/*.json context/*.geojson
var Context embed.FS
