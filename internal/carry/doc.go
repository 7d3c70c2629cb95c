// Package carry brings the panic of a worker to whoever waits for it, so that a
// bug costs the request that met it and not the process. It is the only place of
// the product that starts goroutines.
//
// bug.go is a panic with its stack; group.go waits for several workers, go.go
// for one or for none, and flights.go for one that many wait for.
package carry
