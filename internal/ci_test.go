package internal

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// wanted finds what a test is skipped without.
var wanted = regexp.MustCompile(`referee\.(?:Need|Program|Absent|Required)\(\w+, "([a-z0-9-]+)"`)

func TestWhatATestMayBeSkippedWithoutIsRequiredByCI(t *testing.T) {
	ci := checkoutFile(t, ".ci/run")
	var required []string
	for _, m := range regexp.MustCompile(`(?m)\brequire\+?=,?([a-z0-9,-]+)`).FindAllStringSubmatch(ci, -1) {
		required = append(required, strings.Split(m[1], ",")...)
	}
	if !strings.Contains(ci, "export DEMARC_REQUIRE=${DEMARC_REQUIRE:-$require}") {
		t.Error(".ci/run lets an empty variable skip everything")
	}
	seen := map[string]bool{}
	err := fs.WalkDir(os.DirFS(referee.Root()), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") || path == "internal/ci_test.go" {
			return nil
		}
		for _, m := range wanted.FindAllStringSubmatch(checkoutFile(t, path), -1) {
			seen[m[1]] = true
			if !slices.Contains(required, m[1]) {
				t.Errorf("%s is skipped without %s, which .ci/run does not require", path, m[1])
			}
		}
		return nil
	})
	if err != nil || len(seen) < 10 {
		t.Errorf("%v: only %d components are wanted by any test", err, len(seen))
	}
}
