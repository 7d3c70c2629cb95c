// Package web answers HTTP requests by resources, which are functions from a
// request to an answer. It knows nothing of what the answers say.
//
// From top to bottom: handler.go turns the resources of a path (methods.go) into
// a handler, with what a Site (site.go) shares among all of them. An answer
// (answer.go) becomes a reply in the encoding that a client likes best (reply.go,
// negotiate.go), or parts of it (ranges.go), or is sent again as it was
// (repeat.go). An error becomes a problem (problem.go) by its class, for which
// class.go has the one table of statuses. Limits are gate.go for work, pool.go and
// body.go for memory and rate.go for each client (visitor.go); patient.go writes to
// slow ones; cache.go holds computed answers.
// forwarding.go tells what to believe of proxies; parameters.go reads queries.
package web
