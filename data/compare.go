package data

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Difference is what two snapshots of a dataset do not have in common.
type Difference struct {
	Dataset  string          `json:"dataset"`
	From     string          `json:"from"` // snapshot
	To       string          `json:"to"`   // snapshot
	Features []FeatureChange `json:"features"`
	Figures  []FigureChange  `json:"figures"`
}

// FeatureChange is a feature, claim or dataset.json that differs.
type FeatureChange struct {
	File    string   `json:"file"`
	Feature string   `json:"feature,omitempty"`
	Change  string   `json:"change"`            // added, removed or changed
	Members []string `json:"members,omitempty"` // of a changed one: properties, and "geometry"
}

// FigureChange is a run of days on which the headline figure under a basis,
// the default party's share of the default territory, is not what it was.
type FigureChange struct {
	Basis  string   `json:"basis"`
	Days   Interval `json:"days"`
	Before *float64 `json:"percent_before"` // nil: not mapped
	After  *float64 `json:"percent_after"`
}

// jumpPoints is by how many percentage points a headline figure may move, from
// one epoch to the next or from one snapshot to another, without a second look.
const jumpPoints = 5.0

// Alarms says, in words, which changes are so large that a person should look
// at them twice: a figure that moves by more than 5 points, or becomes none.
func (d *Difference) Alarms() []string {
	var out []string
	for _, f := range d.Figures {
		switch {
		case f.Before == nil:
		case f.After == nil:
			out = append(out, fmt.Sprintf("on %s the figure under %q is no longer mapped (it was %.2f %%)", f.Days, f.Basis, *f.Before))
		case *f.After == 0:
			out = append(out, fmt.Sprintf("on %s the figure under %q becomes 0 (it was %.2f %%)", f.Days, f.Basis, *f.Before))
		case math.Abs(*f.After-*f.Before) > jumpPoints:
			out = append(out, fmt.Sprintf("on %s the figure under %q goes from %.2f to %.2f %%", f.Days, f.Basis, *f.Before, *f.After))
		}
	}
	return out
}

// Compare tells what changes from one snapshot to another: features by file
// and id, figures by basis and day.
func Compare(ctx context.Context, from, to *Snapshot) (Difference, error) {
	d := Difference{Dataset: to.Dataset.ID, From: from.name, To: to.name, Features: []FeatureChange{}, Figures: []FigureChange{}}
	before, err := from.members(ctx)
	if err != nil {
		return d, err
	}
	after, err := to.members(ctx)
	if err != nil {
		return d, err
	}
	for key, old := range before {
		if now, ok := after[key]; !ok {
			d.Features = append(d.Features, FeatureChange{File: key[0], Feature: key[1], Change: "removed"})
		} else if changed := differing(old, now); len(changed) > 0 {
			d.Features = append(d.Features, FeatureChange{File: key[0], Feature: key[1], Change: "changed", Members: changed})
		}
	}
	for key := range after {
		if _, ok := before[key]; !ok {
			d.Features = append(d.Features, FeatureChange{File: key[0], Feature: key[1], Change: "added"})
		}
	}
	slices.SortFunc(d.Features, func(a, b FeatureChange) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Feature, b.Feature))
	})
	return d, d.compareFigures(ctx, from, to)
}

// members returns everything a snapshot holds: by file and id, texts by name.
func (c *Contents) members(ctx context.Context) (map[[2]string]map[string]string, error) {
	out := map[[2]string]map[string]string{}
	add := func(file, id string, v any) error {
		text, err := json.Marshal(v, json.Deterministic(true))
		if err != nil {
			return err
		}
		var raw map[string]jsontext.Value
		if err := json.Unmarshal(text, &raw); err != nil {
			return err
		}
		members := make(map[string]string, len(raw))
		for name, value := range raw {
			if err := value.Canonicalize(); err != nil {
				return err
			}
			members[name] = string(value)
		}
		out[[2]string{file, id}] = members
		return nil
	}
	if err := add(datasetFile, "", c.Dataset); err != nil {
		return nil, err
	}
	for _, claim := range c.Claims {
		if err := add(claimsFile, claim.ID, claim); err != nil {
			return nil, err
		}
	}
	for file, items := range c.sections() {
		for item := range items {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if err := add(file, item.ID, item.Properties); err != nil {
				return nil, err
			}
			hash := sha256.New()
			w := newCanonicalWriter(hash)
			w.coordinates(item.Shape)
			if err := w.end(); err != nil {
				return nil, err
			}
			out[[2]string{file, item.ID}]["geometry"] = hex.EncodeToString(hash.Sum(nil))
		}
	}
	return out, nil
}

// differing lists the names whose texts differ.
func differing(a, b map[string]string) []string {
	var out []string
	names := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if a[name] != b[name] {
			out = append(out, name)
		}
	}
	return out
}

// compareFigures compares the headline figures on the first day of every epoch
// of the reading in either snapshot; on the days between, neither changes.
func (d *Difference) compareFigures(ctx context.Context, from, to *Snapshot) error {
	bases := append(ids(to.Dataset.Bases, func(b Basis) string { return b.ID }), ids(from.Dataset.Bases, func(b Basis) string { return b.ID })...)
	slices.Sort(bases)
	for _, basis := range slices.Compact(bases) {
		days := firstDays(basis, from, to)
		for i, day := range days {
			before, err := headlineOn(ctx, from, basis, day)
			if err != nil {
				return err
			}
			after, err := headlineOn(ctx, to, basis, day)
			if err != nil {
				return err
			}
			if before == nil && after == nil || before != nil && after != nil && *before == *after {
				continue
			}
			change := FigureChange{Basis: basis, Days: Interval{From: day}, Before: before, After: after}
			if i+1 < len(days) {
				change.Days.To = days[i+1]
			}
			d.Figures = append(d.Figures, change)
		}
	}
	return nil
}

// firstDays returns the first days of the epochs of a reading in the snapshots that have it.
func firstDays(basis string, all ...*Snapshot) []Date {
	var days []Date
	for _, s := range all {
		if reading, ok := s.readings[basis]; ok {
			for _, e := range reading.epochs {
				days = append(days, e.From)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// headlineOn returns the headline figure of a day in percent, nil when it is not mapped.
func headlineOn(ctx context.Context, s *Snapshot, basis string, day Date) (*float64, error) {
	if _, ok := s.BasisByID(basis); !ok {
		return nil, nil
	}
	share, err := s.Share(ctx, Query{Basis: basis, AsOf: day})
	var gap *NotMapped
	if errors.As(err, &gap) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &share.Percent, nil
}
