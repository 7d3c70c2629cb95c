package main

import (
	"io"

	"github.com/demarc-map/demarc/geojson"
)

// tally counts repairs and faults while a text is read, and keeps the first of each
// kind, so that a long text leaves no long list in memory.
type tally struct {
	report          geojson.Report // what came since the last take
	repairs, faults []told
	total, faulty   map[string]int // by rule
}

func newTally() *tally { return &tally{total: map[string]int{}, faulty: map[string]int{}} }

// reading is the text, and takes what its reader has found whenever more is read.
func (t *tally) reading(r io.Reader) io.Reader { return &counted{r, t} }

type counted struct {
	r io.Reader
	t *tally
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	c.t.take()
	return c.r.Read(p)
}

// take counts what was reported. It is called by who reports only, in the same goroutine.
func (t *tally) take() {
	for _, r := range t.report.Repairs {
		if t.total[r.Rule]++; t.total[r.Rule] <= shown {
			t.repairs = append(t.repairs, repair(r))
		}
	}
	for _, f := range t.report.Faults {
		if t.faulty[f.Rule]++; t.faulty[f.Rule] <= shown {
			t.faults = append(t.faults, fault(f))
		}
	}
	t.report.Repairs, t.report.Faults = t.report.Repairs[:0], t.report.Faults[:0]
}
