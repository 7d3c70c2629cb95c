package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
)

// dataset is the description of the dataset with what new days bring: parties and
// readings first seen on them, and days that are mapped. What somebody wrote into
// it stays. Changed says whether it says anything new.
func (a *appending) dataset(states intake.States, titles intake.Titles, names intake.Called) (dataset *data.Dataset, changed bool, err error) {
	dataset = &data.Dataset{}
	if err := json.Unmarshal(a.before["dataset.json"], dataset); err != nil {
		return nil, false, fmt.Errorf("dataset.json: %w", err)
	}
	for _, named := range byID(names.Parties) {
		if !slices.ContainsFunc(dataset.Parties, func(p data.Party) bool { return p.ID == named.ID }) {
			dataset.Parties, changed = inserted(dataset.Parties, a.partyOf(named, titles.Parties[named.ID]), func(p data.Party) string { return p.ID }), true
		}
	}
	was, is := a.kept.States().Mapped(a.gapDays), states.Mapped(a.gapDays)
	for _, named := range byID(names.Bases) {
		i := slices.IndexFunc(dataset.Bases, func(b data.Basis) bool { return b.ID == named.ID })
		switch {
		case i < 0:
			dataset.Bases, changed = inserted(dataset.Bases, a.basisOf(named, titles.Bases[named.ID], states), func(b data.Basis) string { return b.ID }), true
		case reflect.DeepEqual(dataset.Bases[i].Mapped, is):
		case reflect.DeepEqual(dataset.Bases[i].Mapped, was):
			dataset.Bases[i].Mapped, changed = is, true
		default:
			return nil, false, fmt.Errorf("dataset.json: the days that are mapped under %s are not those that import wrote, so the new day cannot be added to them: take \"mapped\" back to what it was, or import all files again", named.ID)
		}
	}
	return dataset, changed, nil
}

// inserted puts one into a list by its id, before the first of a greater one.
func inserted[T any](all []T, one T, id func(T) string) []T {
	at := slices.IndexFunc(all, func(other T) bool { return cmp.Compare(id(other), id(one)) > 0 })
	if at < 0 {
		at = len(all)
	}
	return slices.Insert(all, at, one)
}
