package export

import "github.com/demarc-map/demarc/data"

// geoPackage is what goes into a file.
type geoPackage struct {
	snapshot *data.Snapshot
	edition  data.Edition
	tables   []table
}

// changed stands for the moment of the last change: the edition's first day, so
// that equal editions are equal files.
func (g *geoPackage) changed() string { return g.edition.Epoch.From.String() + "T00:00:00.000Z" }
