package store

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// long asks for the long forms of the proofs; so does DEMARC_REQUIRE when it names "soak".
var long = flag.Bool("soak", strings.Contains(os.Getenv("DEMARC_REQUIRE"), "soak"), "run the long proofs")

func TestMain(m *testing.M) {
	if order := os.Getenv(killed); order != "" {
		publishUntilKilled(order)
		return
	}
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if checks := flag.Lookup("rapid.checks"); !*long && !given {
		_ = checks.Value.Set("10") // each is up to 30 publications
	}
	os.Exit(m.Run())
}
