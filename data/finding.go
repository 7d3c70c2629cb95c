package data

// Quality is the outcome of the checks that a snapshot goes through when it is
// built. Each rule is bounded in how many findings it lists; Total counts all.
type Quality struct {
	Findings []Finding      `json:"findings"`
	Total    map[string]int `json:"total"` // findings by rule
}

// Finding is something a reader of the figures should know. It changes no
// figure: what would make one wrong is a Fault and refuses the whole snapshot,
// and nothing is dropped in between.
type Finding struct {
	Rule     string   `json:"rule"`
	Features []string `json:"features"`
	Km2      float64  `json:"km2"`
	Detail   string   `json:"detail"`
}
