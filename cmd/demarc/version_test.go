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

func TestAReleaseThatGoInstallFetchedKnowsItsVersion(t *testing.T) {
	for _, c := range []struct{ stamped, module, want string }{
		{"v0.2.0", "v0.1.0", "v0.2.0"},
		{"dev", "v0.1.0", "v0.1.0"},
		{"dev", "(devel)", "dev"},
		{"dev", "v0.0.0-20261127181200-881d549abcde", "dev"},
		{"dev", "v0.1.1-0.20261127181200-881d549abcde+dirty", "dev"},
		{"dev", "", "dev"},
	} {
		if got := versionOf(c.stamped, c.module); got != c.want {
			t.Errorf("stamped %q, module %q: %q, want %q", c.stamped, c.module, got, c.want)
		}
	}
}
