package intake

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"
)

// Next is what is added to a dataset that an import made.
type Next struct {
	Files   []File
	Plan    Plan   // the import's own
	Names   Called // which know what the import called
	Replace bool   // the last day may be among them: what was known of it is forgotten
}

// Appended is a dataset's zones with those of more days.
type Appended struct {
	States
	Titles
	Zones [][]byte // zones.geojson, in pieces that follow each other
	// Tail is a zones.geojson of what holds from the day before the new ones on,
	// with lives that begin on that day at the earliest; nil for none.
	Tail    []byte
	Since   data.Date       // that day, 0 where there is none before
	Added   []data.Date     // the new days
	Begun   map[string]bool // ids of zones that begin on them
	Origins Origins         // of the zones that begin
	Ended   int             // how many of those before end on them
	GoOn    int             // and how many do not
	Notes   []string        // what was left out or chosen, a line each
	Others  []string        // ids of open zones that no import made, which stay as they are
}

// Append adds states to the zones of a dataset, in the time that the states cost:
// the same zones as those of one import of all states. Repairs and faults of the new files go to
// the report; without an answer there are faults.
func (k *Kept) Append(ctx context.Context, zones []byte, next Next, report *geojson.Report, done func()) (*Appended, error) {
	if next.Plan.Points == Places || next.Plan.Lines == ControlLines {
		return nil, errors.New("the import took points as places or lines as control lines, to which no day can be added: import all files again")
	}
	if next.Plan.Date == "" {
		return nil, errors.New("the import had no --date: its zones have days of their own and are no states to which a day can be added; import all files again")
	}
	lines, err := readZoneLines(zones)
	if err != nil {
		return nil, err
	}
	g, err := gather(ctx, next.Files, next.Plan, next.Names, report, done)
	if err != nil {
		return nil, err
	}
	read, notes := statesOf(g.states, g.empty), g.tell()
	if report.Err() != nil {
		return nil, nil
	}
	before := k.States()
	if next.Replace && len(before.Days) > 0 && slices.Contains(read.Days, before.last()) {
		if before, lines, err = withoutLast(before, lines); err != nil {
			return nil, err
		}
	}
	if k.follow(before, read.Days, report); report.Err() != nil {
		return nil, nil
	}
	a := &Appended{States: States{append(slices.Clone(before.Days), read.Days...), before.Empty + read.Empty}, Titles: g.titles(), Notes: notes, Added: read.Days, Since: before.last(), Begun: map[string]bool{}, Origins: Origins{}}
	return a, a.zones(lines, g.states)
}

// last is the last day of which there is a state, 0 for none.
func (s States) last() data.Date {
	if len(s.Days) == 0 {
		return 0
	}
	return s.Days[len(s.Days)-1]
}

// follow faults days that do not come after those before.
func (k *Kept) follow(before States, days []data.Date, report *geojson.Report) {
	last := before.last()
	for _, day := range days {
		switch {
		case day > last:
		case day == last:
			report.Refuse(data.Fault{File: KeptFile, Rule: "date", Place: "days", Detail: fmt.Sprintf("there is a state of %s already; --replace-day puts the new one in its place", day)})
		case slices.Contains(before.Days, day):
			report.Refuse(data.Fault{File: KeptFile, Rule: "date", Place: "days", Detail: fmt.Sprintf("there is a state of %s already, and others after it up to %s: import all files again to change it", day, last)})
		default:
			report.Refuse(data.Fault{File: KeptFile, Rule: "date", Place: "days", Detail: fmt.Sprintf("%s comes before the last state, of %s: only later days can be added; import all files again", day, last)})
		}
	}
}

// withoutLast forgets the last state: what began on its day, and that others ended on it.
func withoutLast(s States, lines []zoneLine) (States, []zoneLine, error) {
	last, open := s.last(), false
	var out []zoneLine
	for _, l := range lines {
		made := ours(&l)
		switch {
		case made && l.zone.Valid.From == last:
			open = true
			continue
		case made && l.zone.Valid.To == last:
			var err error
			if l, err = l.with("valid_to", nil); err != nil {
				return s, nil, err
			}
		case made && l.zone.Valid.To == 0:
			open = true
		}
		out = append(out, l)
	}
	s.Days = s.Days[:len(s.Days)-1]
	if !open {
		s.Empty--
	}
	return s, out, nil
}

var byImport = regexp.MustCompile(`^-[0-9]+$`)

// ours reports whether an import made a zone: its id says its reading and first day.
func ours(l *zoneLine) bool {
	prefix := l.zone.Basis + "-" + l.zone.Valid.From.String()
	return len(l.zone.ID) > len(prefix) && l.zone.ID[:len(prefix)] == prefix && byImport.MatchString(l.zone.ID[len(prefix):])
}

// zones makes the lines of all zones out of those before and the new states.
func (a *Appended) zones(lines []zoneLine, states []drawn) error {
	var open []data.Zone
	at := map[string]int{} // in lines
	var tail []zoneLine
	for i, l := range lines {
		if to := l.zone.Valid.To; to != 0 {
			if to > a.Since { // only of a zone that no import made
				tail = append(tail, l)
			}
			continue
		}
		shape, err := l.shape()
		if err != nil {
			return fmt.Errorf("zone %s: %w", l.zone.ID, err)
		}
		if !ours(&l) || len(shape) != 1 {
			a.Others, tail = append(a.Others, l.zone.ID), append(tail, l)
			continue
		}
		l.zone.Shape = shape
		open, at[l.zone.ID] = append(open, l.zone), i
	}
	days := a.Added
	if a.Since != 0 {
		days = append([]data.Date{a.Since}, days...)
	}
	var fresh []data.Zone
	for _, one := range lifetimes(open, states, days) {
		z := one.zone
		i, before := at[z.ID]
		if !before {
			a.Begun[z.ID], a.Origins[z.ID] = true, one.from
			fresh = append(fresh, z)
			continue
		}
		if a.GoOn++; z.Valid.To != 0 {
			a.GoOn--
			a.Ended++
			var err error
			if lines[i], err = lines[i].with("valid_to", z.Valid.To); err != nil {
				return err
			}
		}
		tail = append(tail, lines[i])
	}
	begun, err := linesOf(fresh)
	if err != nil {
		return err
	}
	for i := range tail {
		if tail[i].zone.Valid.From < a.Since {
			if tail[i], err = tail[i].with("valid_from", a.Since); err != nil {
				return err
			}
		}
	}
	if tail = append(tail, begun...); len(tail) > 0 {
		a.Tail = slices.Concat(joinedLines(tail)...)
	}
	all := append(slices.Clone(lines), begun...)
	slices.SortStableFunc(all, lineOrder)
	a.Zones = joinedLines(all)
	return nil
}

// linesOf writes zones as the lines of a file.
func linesOf(zones []data.Zone) ([]zoneLine, error) {
	if len(zones) == 0 {
		return nil, nil
	}
	files, err := (&data.Contents{Zones: zones}).Files()
	if err != nil {
		return nil, err
	}
	return readZoneLines(files["zones.geojson"])
}

// Sum names a file that is written in pieces, as Checked names files.
func Sum(pieces [][]byte) string { return sum(pieces...) }
