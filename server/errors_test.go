package server

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/geo"
	"github.com/demarc-map/demarc/geo/arrange"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/tiles"
)

// ruleStatus is what a fault of each rule is answered with in a posted body.
func ruleStatus() map[string]int {
	return map[string]int{
		"json": 400, "duplicate-member": 400, "case-folded-member": 400, "mixed-members": 400, "too-deep": 400, "wrong-type": 400, "missing-member": 400,
		"position": 400, "empty": 400,
		"schema": 422, "unknown-property": 422, "missing-property": 422, "id": 422, "duplicate-id": 422, "reference": 422, "unknown-count": 422, "unknown-status": 422, "unknown-measure": 422, "claim-without-url": 422,
		"unknown-side": 422, "unknown-kind": 422, "unknown-unit": 422, "link": 422, "date": 422,
		"range": 422, "foreign-crs": 422, "swapped-axes": 422, "outside": 422, "long-edge": 422,
		"missing-geometry": 422, "wrong-geometry": 422, "too-few-points": 422, "zero-area": 422, "ogc-validity": 422, "control-character": 422, "too-complex": 422,
		"self-crossing": 422, "hole-outside-shell": 422, "overlapping-rings": 422, "not-measurable": 422,
		"no-cut": 422, "methods-differ": 422, "missing-file": 422,
	}
}

// rulesOf reads the rules that the page for those who write datasets lists.
func rulesOf(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../docs/dataset.md")
	if err != nil {
		t.Fatal(err)
	}
	_, page, ok := strings.Cut(string(text), "The rules, as `demarc check` names them:")
	page, _, ended := strings.Cut(page, "\n## ")
	if !ok || !ended {
		t.Fatal("docs/dataset.md has no list of rules")
	}
	var rules []string
	for line := range strings.SplitSeq(page, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, rule := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(cells[1], -1) {
			rules = append(rules, rule[1])
		}
	}
	return rules
}

func TestAFaultOfEveryRuleHasItsStatus(t *testing.T) {
	rules, want := rulesOf(t), ruleStatus()
	for _, rule := range rules {
		class, members := classOf(fmt.Errorf("wrapped: %w", data.Fault{File: "body", Rule: rule, Place: "here"}))
		if got := class.Status(); got != want[rule] {
			t.Errorf("%s: %d, not %d", rule, got, want[rule])
		}
		if members["rule"] != rule || members["place"] != "here" {
			t.Errorf("%s: the problem tells %v", rule, members)
		}
	}
	if len(rules) != len(want) {
		t.Errorf("the page lists %d rules and the table %d", len(rules), len(want))
	}
}

func TestEveryErrorOfThePackagesBelowHasItsStatus(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{data.ErrTampered, 500},
		{fmt.Errorf("%w: %w", data.ErrTampered, data.Fault{Rule: "json"}), 500},
		{&data.NotMapped{Basis: "b"}, 404},
		{&store.Conflict{}, 409},
		{&store.Unconfirmed{}, 422},
		{store.ErrProposal, 400},
		{store.ErrUnknown, 404},
		{geojson.ErrTooLarge, 413},
		{data.ErrOutside, 422}, {geo.ErrNoCut, 422}, {geo.ErrSelfCrossing, 422}, {geo.ErrDegenerateLine, 422}, {geo.ErrCoordinate, 422},
		{geo.ErrPole, 422}, {geo.ErrWide, 422}, {geo.ErrBudget, 422}, {arrange.ErrBudget, 422},
		{data.ErrUnknown, 404},
		{tiles.ErrOutside, 404},
	} {
		class, _ := classOf(fmt.Errorf("wrapped: %w", c.err))
		if got := class.Status(); class == "" || got != c.want {
			t.Errorf("%v: %d, not %d", c.err, got, c.want)
		}
	}
	if class, _ := classOf(errors.New("anything else")); class != "" {
		t.Errorf("an error that nobody knows has the class %q", class)
	}
}
