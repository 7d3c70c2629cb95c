package catalogue

import (
	"sync"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"
)

// Loaded is a snapshot of a dataset ready to be asked. It is safe for concurrent
// use.
type Loaded struct {
	Snapshot *data.Snapshot
	Atlas    *tiles.Atlas
	shown    sync.Map // data.Edition → map[string]string, see EditionHeaders
}

// Header is the header that names the snapshot, to be added to.
func (l *Loaded) Header() map[string]string {
	return map[string]string{"Demarc-Snapshot": l.Snapshot.Name()}
}

// Named gives an answer the header that names the snapshot, unless there is an
// error instead of it.
func (l *Loaded) Named(a *web.Answer, err error) (*web.Answer, error) {
	if err != nil {
		return nil, err
	}
	a.Headers = l.Header()
	return a, nil
}

// EditionHeaders say what a tile shows. They are made once an edition and only read.
func (l *Loaded) EditionHeaders(e data.Edition) map[string]string {
	if made, ok := l.shown.Load(e); ok {
		return made.(map[string]string)
	}
	made, _ := l.shown.LoadOrStore(e, map[string]string{"Demarc-Snapshot": l.Snapshot.Name(), "Demarc-Epoch": e.Epoch.String(), "Demarc-Basis": e.Basis})
	return made.(map[string]string)
}
