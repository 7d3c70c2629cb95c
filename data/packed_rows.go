package data

import (
	"github.com/demarc-map/demarc/data/pack"
)

// packer writes features as rows of blocks.
type packer struct {
	texts *pack.Texts
	paths *pack.Paths
	row   *pack.Row // being written
	err   error
}

// blockRows is how many features lie in a block: enough for one goroutine at a time.
const blockRows = 4096

// packRows writes features: a block that tells how many there are, and blocks of them,
// each with the ids of its features first.
func packRows[T any](p *packer, all []T, each func(*T) (id string)) [][]byte {
	head := pack.Row{}
	head.Uint(uint64(len(all)))
	out := [][]byte{head.Bytes}
	for from := 0; from < len(all); from += blockRows {
		part := all[from:min(from+blockRows, len(all))]
		ids := make([]string, len(part))
		p.row = &pack.Row{Texts: p.texts}
		for i := range part {
			ids[i] = each(&part[i])
		}
		first := pack.Row{}
		first.Lines(ids)
		out = append(out, append(first.Bytes, p.row.Bytes...))
	}
	return out
}

func (p *packer) territory(t *Territory) string {
	p.name(t.Name)
	p.row.Known(t.Parent)
	p.row.Known(t.Source)
	p.row.Float(t.PublishedAreaKm2)
	p.extra(t.Extra)
	p.polygons(t.Shape)
	p.row.Float(t.AreaM2)
	return t.ID
}

func (u *rows) territory(id string) Territory {
	return Territory{ID: id, Name: u.name(), Parent: u.Known(), Source: u.Known(), PublishedAreaKm2: u.Float(),
		Extra: u.extra(), Shape: u.polygons(), AreaM2: u.Float()}
}

func (p *packer) zone(z *Zone) string {
	p.name(z.Name)
	p.row.Known(z.Party)
	p.row.Known(z.Basis)
	p.row.Known(string(z.Status))
	p.interval(z.Valid)
	p.row.Known(z.Source)
	p.row.Float(z.AccuracyM)
	p.row.Int(int64(z.MappedOn))
	p.row.Known(z.Line)
	p.extra(z.Extra)
	p.polygons(z.Shape)
	return z.ID
}

func (u *rows) zone(id string) Zone {
	return Zone{ID: id, Name: u.name(), Party: u.Known(), Basis: u.Known(), Status: Status(u.Known()), Valid: u.interval(),
		Source: u.Known(), AccuracyM: u.Float(), MappedOn: Date(u.Int()), Line: u.Known(), Extra: u.extra(), Shape: u.polygons()}
}

func (p *packer) line(l *ControlLine) string {
	p.name(l.Name)
	p.row.Known(l.Kind)
	p.row.Known(l.Party)
	p.row.Known(l.Basis)
	p.row.Known(string(l.Status))
	p.interval(l.Valid)
	p.row.Known(l.Source)
	p.row.Float(l.AccuracyM)
	p.row.Int(int64(l.MappedOn))
	p.row.Known(string(l.HeldSide))
	p.row.Known(l.Territory)
	p.row.Float(l.ExtendM)
	p.extra(l.Extra)
	p.row.Uint(p.paths.Number(l.Shape))
	return l.ID
}

func (u *rows) line(id string) ControlLine {
	return ControlLine{ID: id, Name: u.name(), Kind: u.Known(), Party: u.Known(), Basis: u.Known(), Status: Status(u.Known()),
		Valid: u.interval(), Source: u.Known(), AccuracyM: u.Float(), MappedOn: Date(u.Int()), HeldSide: Side(u.Known()),
		Territory: u.Known(), ExtendM: u.Float(), Extra: u.extra(), Shape: u.path()}
}

func (p *packer) place(v *Place) string {
	p.name(v.Name)
	p.row.Known(v.Kind)
	p.row.Known(v.Source)
	p.extra(v.Extra)
	p.point(v.Point)
	return v.ID
}

func (u *rows) place(id string) Place {
	return Place{ID: id, Name: u.name(), Kind: u.Known(), Source: u.Known(), Extra: u.extra(), Point: u.point()}
}

func (p *packer) thing(t *MappedThing) string {
	p.name(t.Name)
	p.row.Known(t.Layer)
	p.row.Known(t.Kind)
	packPerhaps(p.row, t.Count)
	p.row.Known(t.Source)
	p.interval(t.Valid)
	p.extra(t.Extra)
	p.shape(t.Shape)
	return t.ID
}

func (u *rows) thing(id string) MappedThing {
	return MappedThing{ID: id, Name: u.name(), Layer: u.Known(), Kind: u.Known(), Count: unpackPerhaps(u.Reader), Source: u.Known(),
		Valid: u.interval(), Extra: u.extra(), Shape: u.shape()}
}
