package data

import (
	"context"
	"runtime"
)

// gentleKey is the key of Gently in a context.
type gentleKey struct{}

// Gently returns a context under which work that would take every processor
// takes one: for reading a dataset beside requests that are to be answered as
// fast as before. The Go scheduler looks at the network only when a processor
// has nothing else to do, or every ten milliseconds.
func Gently(ctx context.Context) context.Context {
	return context.WithValue(ctx, gentleKey{}, true)
}

// Workers returns how many goroutines work under a context may take: one under
// Gently, otherwise one for each processor.
func Workers(ctx context.Context) int {
	if ctx.Value(gentleKey{}) != nil {
		return 1
	}
	return runtime.GOMAXPROCS(0)
}
