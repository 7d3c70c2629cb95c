package data

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data/pack"
	"github.com/demarc-map/demarc/geojson"
)

// packedHead is what of a packed snapshot is small, or seldom there.
type packedHead struct {
	Name    string
	Dataset Dataset
	Claims  []Claim
	Repairs []Repair
	Notes   []geojson.Note
	Quality Quality
}

// packSnapshot writes a snapshot with all that was measured when it was checked, and what of
// the report is no part of it. What takes no time is derived again by unpack.
func packSnapshot(w io.Writer, name string, s *Snapshot, report *Report) error {
	head, err := json.Marshal(packedHead{s.name, s.Dataset, s.Claims, s.Repairs, report.Notes, s.Quality})
	if err != nil {
		return err
	}
	out := pack.NewWriter(w, name)
	out.Block(head)
	out.Block(packFigures(s.headline))
	p := &packer{texts: pack.NewTexts(), paths: pack.NewPaths()}
	rows := slices.Concat(packRows(p, s.Territories, p.territory), packRows(p, s.Zones, p.zone), packRows(p, s.Lines, p.line),
		packRows(p, s.Places, p.place), packRows(p, s.Things, p.thing))
	if p.err != nil {
		return p.err
	}
	p.paths.Write(out)
	p.texts.Write(out)
	for _, block := range rows {
		out.Block(block)
	}
	return out.End()
}

// unpack reads what packSnapshot wrote, by so many goroutines.
func unpack(ctx context.Context, text []byte, name string, workers int) (*Snapshot, *Report, error) {
	file, err := pack.Open(text, name)
	if err != nil {
		return nil, nil, err
	}
	block, err := file.Block()
	if err != nil {
		return nil, nil, err
	}
	var head packedHead
	if err := json.Unmarshal(block, &head); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", pack.ErrDamaged, err)
	}
	s := &Snapshot{Contents: Contents{Dataset: head.Dataset, Claims: head.Claims}, Repairs: head.Repairs, Quality: head.Quality, name: head.Name}
	if block, err = file.Block(); err != nil {
		return nil, nil, err
	}
	if s.headline, err = unpackFigures(block); err != nil {
		return nil, nil, err
	}
	u := &unpacker{file: file, workers: workers}
	if err := u.contents(ctx, &s.Contents); err != nil {
		return nil, nil, err
	}
	if err := s.whole(); err != nil {
		return nil, nil, err
	}
	cutTime(s)
	report := &Report{Dataset: s.Dataset.ID, Snapshot: s.name, OK: true, Quality: &s.Quality,
		Report: geojson.Report{Faults: []Fault{}, Repairs: head.Repairs, Notes: head.Notes}}
	return s, report, nil
}

// packFigures writes the figures of headlines as a block.
func packFigures(all map[string]Figures) []byte {
	var row pack.Row
	row.Uint(uint64(len(all)))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		f := all[key]
		row.Text(key)
		for _, v := range []float64{f.HeldKm2, f.TerritoryKm2, f.Percent, f.Uncertainty.AccuracyM, f.Uncertainty.FrontKm, f.Uncertainty.PercentLow, f.Uncertainty.PercentHigh} {
			row.Float(v)
		}
		packPerhaps(&row, f.ZonesKm2)
	}
	return row.Bytes
}

func unpackFigures(block []byte) (map[string]Figures, error) {
	r := pack.NewReader(block, nil)
	const least = 1 + 7*8 + 1
	count := r.Count(least)
	all := make(map[string]Figures, count)
	for range count {
		key := r.Text()
		f := Figures{HeldKm2: r.Float(), TerritoryKm2: r.Float(), Percent: r.Float(),
			Uncertainty: Uncertainty{AccuracyM: r.Float(), FrontKm: r.Float(), PercentLow: r.Float(), PercentHigh: r.Float()}}
		f.ZonesKm2 = unpackPerhaps(r)
		all[key] = f
	}
	return all, r.End()
}

// packPerhaps writes a number that there may be none of.
func packPerhaps(row *pack.Row, v *float64) {
	if v == nil {
		row.Uint(0)
		return
	}
	row.Uint(1)
	row.Float(*v)
}

func unpackPerhaps(r *pack.Reader) *float64 {
	if r.Uint() == 0 {
		return nil
	}
	v := r.Float()
	return &v
}
