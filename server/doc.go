// Package server answers HTTP requests about the snapshots it holds.
//
// server.go wires it and routes.go is the table of every path. Resources come in
// families that hold just what they need, each resource in the file that has its
// name:
//
//   - facts.go: dataset.go, snapshot.go, history.go, quality.go
//   - figures.go: share.go, series.go, changes.go, claims.go
//   - posted.go, geometry that a client sends: share_posted.go, split.go, at.go
//   - layers.go: tile.go, tilejson.go, style.go, sprite.go, export.go, and context.go,
//     what lies around a dataset
//   - pictures.go: the maps as SVG, PNG and PDF, held in sheets.go
//   - page_files.go: page.go, page_head.go
//   - openapi.go: /openapi.json, and /docs of reference.go
//   - health.go: /healthz, and ready.go, version.go
//   - operator.go, on a listener of its own: admin.go, publish.go, admin_history.go,
//     with tokens.go and unpack.go
//
// query.go is the one reader of what a request asks, errors.go the one table from
// errors to classes, limits.go has every number that bounds memory or work, and
// state.go what is served, which reload.go and follow.go change. Package web writes
// all answers, package ogc those under /ogc, and package catalogue has the
// snapshots. The contract is /openapi.json, to read at /docs.
package server
