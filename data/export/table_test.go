package export

import (
	"testing"

	"github.com/demarc-map/demarc/data"
)

// A day is read from the property that the column is of, not from the time
// for which the feature is valid.
func TestAColumnOfDaysShowsItsOwnProperty(t *testing.T) {
	mapped, _ := data.ParseDate("2025-10-19")
	item := data.Item{Properties: map[string]any{"mapped_on": "2025-10-19", "never": "some day"}}
	if got := (&column{"mapped_on", "mapped_on", day}).cell(&item); got != mapped {
		t.Errorf("mapped_on is %v", got)
	}
	for _, key := range []string{"never", "absent"} {
		if got := (&column{key, key, day}).cell(&item); got != nil {
			t.Errorf("%s is %v, not empty", key, got)
		}
	}
}
