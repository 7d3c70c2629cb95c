package main

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/demarc-map/demarc/server"
)

// stamped is the version the release build sets with -ldflags "-X main.stamped=…".
// Without it the version is that of the module, which go install knows.
var stamped = "dev"

// build tells what this binary was made from.
func build() server.Version {
	v := server.Version{Version: stamped, Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		v.Version = versionOf(stamped, info.Main.Version)
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Commit = s.Value
			case "vcs.modified":
				v.Dirty = s.Value == "true"
			}
		}
	}
	return v
}

// versionOf takes what the release build stamped, else the version of the
// module where go install fetched one. What a checkout calls itself says no more
// than the commit, which is told beside it.
func versionOf(stamped, module string) string {
	if stamped == "dev" && strings.HasPrefix(module, "v") && !strings.HasPrefix(module, "v0.0.0-") && !strings.Contains(module, "+") {
		return module
	}
	return stamped
}

// described words a build: version, commit where it is known, Go.
func described(v server.Version) string {
	words := []string{v.Version}
	if v.Commit != "" {
		words = append(words, v.Commit)
	}
	if v.Dirty {
		words = append(words, "(changed since)")
	}
	return strings.Join(append(words, v.Go), " ")
}

// maker names this program in the files that it writes.
func maker() string {
	v := build()
	return v.Version + " " + v.Commit
}
