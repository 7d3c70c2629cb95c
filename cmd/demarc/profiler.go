package main

import (
	"net/http"
	"net/http/pprof"
)

// profiles answers Go's profiler.
func profiles() http.Handler {
	paths := http.NewServeMux()
	paths.HandleFunc("/debug/pprof/", pprof.Index)
	paths.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	paths.HandleFunc("/debug/pprof/profile", pprof.Profile)
	paths.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	paths.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return paths
}
