package main

import (
	"testing"

	"github.com/demarc-map/demarc/server"
)

func TestABuildIsDescribedByWhatIsKnownOfIt(t *testing.T) {
	for want, v := range map[string]server.Version{
		"dev go1.26":                           {Version: "dev", Go: "go1.26"},
		"v0.1.0 1a2b go1.26":                   {Version: "v0.1.0", Commit: "1a2b", Go: "go1.26"},
		"v0.1.0-dirty 1a2b (changed since) go": {Version: "v0.1.0-dirty", Commit: "1a2b", Dirty: true, Go: "go"},
	} {
		if got := described(v); got != want {
			t.Errorf("%+v is described as %q, want %q", v, got, want)
		}
	}
}
