//go:build !unix

package main

// openFiles is 0: it is not known.
func openFiles() int { return 0 }
