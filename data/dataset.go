package data

import "github.com/paulmach/orb"

// Schema is the version of the dataset files that this package reads.
const Schema = "demarc/1"

// Dataset describes a place: everything in dataset.json.
type Dataset struct {
	Schema      string   `json:"schema"`
	ID          string   `json:"id"`
	Title       Text     `json:"title"`
	Description Text     `json:"description,omitempty"`
	Attribution Text     `json:"attribution"`
	Disclaimer  Text     `json:"disclaimer"`
	Territory   string   `json:"territory"`     // the territory asked about when a request names none
	Party       string   `json:"default_party"` // likewise
	Basis       string   `json:"default_basis"` // likewise
	Parties     []Party  `json:"parties"`
	Bases       []Basis  `json:"bases"`
	Sources     []Source `json:"sources"`
	// Things are the layers that things.geojson holds.
	Things []ThingLayer `json:"things,omitempty"`
	// ReviewedOn is the last day on which somebody looked for newer evidence and
	// found none that could be added; ReviewAfter is the day after which it is due again.
	ReviewedOn  Date `json:"reviewed_on,omitempty"`
	ReviewAfter Date `json:"review_after,omitempty"`
}

// Party is somebody who holds land.
type Party struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
}

// Basis is one named reading of the evidence.
type Basis struct {
	ID       string   `json:"id"`
	Name     Text     `json:"name"`
	Meaning  Text     `json:"meaning"`
	Measures Measure  `json:"measures,omitempty"` // HeldBy when empty
	Counts   []Status `json:"counts,omitempty"`   // statuses counted as held; agreed and observed when empty
	// Mapped lists the days for which the reading is complete, so that a day
	// without any zone means 0 %. When empty, a day is mapped when at least one
	// zone or control line of the basis is valid on it.
	Mapped []Interval `json:"mapped,omitempty"`
}

// Source says where a feature or claim comes from.
type Source struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Date      string `json:"date,omitempty"` // YYYY, YYYY-MM or YYYY-MM-DD
	Licence   string `json:"licence"`
	URL       string `json:"url,omitempty"` // http or https
	Note      string `json:"note,omitempty"`
}

// Status says how a zone or line is known.
type Status string

// The statuses, from the firmest.
const (
	Agreed    Status = "agreed"
	Observed  Status = "observed"
	Published Status = "published" // drawn on a map that a party published; nobody observed it on the ground
	Claimed   Status = "claimed"
	Proposed  Status = "proposed"
	Disputed  Status = "disputed"
)

// Statuses lists every status in that order.
func Statuses() []Status {
	return []Status{Agreed, Observed, Published, Claimed, Proposed, Disputed}
}

// Territory is a polygon that percentages are percentages of. A district is a
// territory with a parent.
type Territory struct {
	ID               string
	Name             Text
	Parent           string // "" for the whole
	Source           string
	PublishedAreaKm2 float64 // what the source says, 0 when it says nothing
	Extra            map[string]any
	Shape            orb.MultiPolygon
	AreaM2           float64
}

// Zone is a polygon held by a party.
type Zone struct {
	ID        string
	Name      Text
	Party     string
	Basis     string
	Status    Status
	Valid     Interval
	Source    string
	AccuracyM float64 // positional accuracy of its boundary
	MappedOn  Date    // day on which it was mapped, 0 when not said
	Line      string  // the control line that implies it, "" for a zone in zones.geojson
	Extra     map[string]any
	Shape     orb.MultiPolygon
}

// Side is a side of a line, seen along its direction.
type Side string

// The two sides.
const (
	Left  Side = "left"
	Right Side = "right"
)

// ControlLine is a pullback, ceasefire or deployment line. With a held side it
// implies a zone: the territory cut by it.
type ControlLine struct {
	ID        string
	Name      Text
	Kind      string // pullback, ceasefire, deployment, …
	Party     string // who holds the held side
	Basis     string
	Status    Status
	Valid     Interval
	Source    string
	AccuracyM float64
	MappedOn  Date    // day on which it was mapped, 0 when not said
	HeldSide  Side    // "" when the line implies no zone
	Territory string  // what it cuts
	ExtendM   float64 // how far each end is prolonged to reach the boundary
	Extra     map[string]any
	Shape     orb.LineString
}

// Place is a named point: a crossing, a town.
type Place struct {
	ID     string
	Name   Text
	Kind   string
	Source string
	Extra  map[string]any
	Point  orb.Point
}

// Claim is a figure somebody published.
type Claim struct {
	ID          string `json:"id"`
	StatedOn    Date   `json:"stated_on,omitempty"`
	Approximate bool   `json:"stated_on_approximate,omitempty"`
	DayUnknown  bool   `json:"stated_on_unknown,omitempty"` // no page shows the day; StatedOn is 0
	AsOf        Date   `json:"as_of,omitempty"`             // day that the figure is about; StatedOn when 0
	// Kind says what the figure is. Without one it is a share, from PercentLow to
	// PercentHigh, and Low to Against are left out; with one these two are.
	Kind        ClaimKind `json:"kind,omitempty"`
	PercentLow  *float64  `json:"percent_low,omitempty"`
	PercentHigh *float64  `json:"percent_high,omitempty"`
	Low         *float64  `json:"low,omitempty"`
	High        *float64  `json:"high,omitempty"`         // nil is "more than"
	Unit        string    `json:"unit,omitempty"`         // see ClaimKind.units
	From        Date      `json:"from,omitempty"`         // the period of a change, a rate or a move: from the state of this day
	To          Date      `json:"to,omitempty"`           // to that of this one, the first day after
	Against     string    `json:"against,omitempty"`      // the reading that a change or a distance is from, on the same day
	RecordSince Date      `json:"record_since,omitempty"` // "most since" the period that this day lies in
	Layer       string    `json:"layer,omitempty"`        // of things, that a tally counts on the held side
	Measures    string    `json:"measures"`
	Who         string    `json:"who"`
	Wording     string    `json:"wording"`         // told in our words
	Quote       string    `json:"quote,omitempty"` // the figure's own few words
	Publisher   string    `json:"publisher"`
	SeenIn      string    `json:"seen_in"`
	URL         string    `json:"url,omitempty"`           // the page that was read
	Original    string    `json:"publisher_url,omitempty"` // the publisher's own page, where that is another
	Of          string    `json:"of"`
	Party       string    `json:"party"`
	Basis       string    `json:"basis,omitempty"` // the reading it is compared under; every one when empty
	// NotCheckable says why the figure cannot be computed here, "" when it can.
	NotCheckable string `json:"not_checkable,omitempty"`
}
