package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
)

// Parameters are the query of a request, each name once and known.
type Parameters struct{ url.Values }

// ReadParameters refuses names that the resource does not know, names given twice
// and malformed escapes, so that a misspelt as_of is not passed over.
func ReadParameters(r *http.Request, known ...string) (Parameters, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return Parameters{}, BadRequest("the query is malformed: %v", err)
	}
	for name, all := range values {
		if !slices.Contains(known, name) {
			return Parameters{}, BadRequest("unknown parameter %q: this path takes %v", name, known)
		}
		if len(all) > 1 {
			return Parameters{}, BadRequest("parameter %q is given %d times", name, len(all))
		}
	}
	return Parameters{values}, nil
}

// Number returns a finite number in a range.
func (p Parameters) Number(name string, low, high float64) (float64, error) {
	v, err := strconv.ParseFloat(p.Get(name), 64)
	if err != nil || !(v >= low && v <= high) {
		return 0, BadRequest("%s is a number between %v and %v", name, low, high)
	}
	return v, nil
}

// Whole returns a whole number from low on. One above high counts as high, as
// OGC API asks for limits.
func (p Parameters) Whole(name string, fallback, low, high int) (int, error) {
	if !p.Has(name) {
		return fallback, nil
	}
	n, err := strconv.ParseUint(p.Get(name), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || cmp.Less(n, uint64(low)) {
		return 0, BadRequest("%s is a whole number from %d on, not %q", name, low, Clip(p.Get(name)))
	}
	return int(min(n, uint64(high))), nil
}
