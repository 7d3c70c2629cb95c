// Package server answers HTTP requests about the snapshots it holds.
//
// server.go is the route table; one file per resource reads as parse, look up,
// answer; respond.go is the only place that writes answers and problem.go the
// only place that turns errors into statuses. The contract is /openapi.json,
// to read at /docs.
package server
