//go:build !linux

package atomicfile

// exchange gives two folders each other's name.
func exchange(one, other string) error { return exchangeInSteps(one, other) }
