package store

import (
	"flag"
	"os"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

func TestMain(m *testing.M) {
	if order := os.Getenv(killed); order != "" {
		publishUntilKilled(order)
		return
	}
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if checks := flag.Lookup("rapid.checks"); !*referee.Long && !given {
		_ = checks.Value.Set("10") // each is up to 30 publications
	}
	os.Exit(m.Run())
}
