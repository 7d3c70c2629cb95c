package main

// Row is one comparison. Its name selects it (-rows) and heads its section.
type Row struct {
	Name  string
	Title string
	Run   func(*Bench) (Result, error)
}

// rows lists every row in the order of BENCHMARKS.md.
func rows() []Row {
	return []Row{
		{"hot", "A held tile over loopback", hotTile},
		{"dynamic", "Tiles on their first visit over loopback, mixed zooms", dynamic},
		{"reload", "A dataset loaded anew under load", reload},
		{"cold-strip", "A tile made anew: strip, z6–z16", coldStrip},
		{"cold-blocks", "A tile made anew: blocks, z6–z16", coldBlocks},
		{"pyramid", "The whole pyramid of the strip, z6–z16, from file to files", pyramid},
		{"load", "From files to the first tile", load},
		{"share", "The share of a territory, not cached", share},
		{"inside", "The share in a posted polygon", inside},
		{"cached-share", "A cached share over loopback", cachedShare},
		{"series", "The share on every day of two years", series},
		{"commands", "A command about two years, and the same again", commands},
		{"union", "The union of overlapping zones", union},
		{"area", "The area of a polygon on the ellipsoid", area},
		{"tally", "Points by the side of the line", tally},
	}
}

// Result is what a row measured.
type Result struct {
	Figures []Figure
	Tables  []Table
	Skipped []string // peers that took no part, each with the reason
	Notes   []string // what a reader has to know to judge the figures
}

// Figure is one ratio of ours and a peer measured in turns.
type Figure struct {
	What, Against string
	Ratio         Spread
	Meaning       string // what the ratio is of, such as "peer's time ÷ ours"
	Ours, Peer    string // the medians themselves, with their unit
	Target        Target
}

// Target is a bound that a ratio has to keep; the zero Target is none.
type Target struct {
	AtLeast, AtMost float64
}

// Table is a detail of a row, as it is printed.
type Table struct {
	Title string
	Head  []string
	Lines [][]string

	seconds float64 // what a cold row took, for the exponent of its growth
}

func (r *Result) skip(peer, reason string) { r.Skipped = append(r.Skipped, peer+": "+reason) }
