//go:build !linux

package main

const readsProcessorTime = false

// processorTime is never asked for: setClock refuses.
func processorTime(int) float64 { return 0 }
