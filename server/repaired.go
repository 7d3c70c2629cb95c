package server

import "github.com/demarc-map/demarc/data"

// listedRepairs is how many repairs an answer lists.
const listedRepairs = 100

// repaired is what was repaired in what a client sent.
type repaired struct {
	Repairs []data.Repair `json:"repairs,omitempty"`
	LeftOut int           `json:"repairs_left_out,omitempty"` // repairs beyond those that are listed
}

func repairedOf(all []data.Repair) repaired {
	listed := min(len(all), listedRepairs)
	return repaired{all[:listed], len(all) - listed}
}
