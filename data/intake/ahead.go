package intake

import (
	"context"
	"runtime"

	"github.com/demarc-map/demarc/data/intake/foreign"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/carry"
)

// ahead reads files while those before them are understood: several at a time, and
// no more than there are processors, so that memory stays that of a few files.
type ahead struct {
	ctx     context.Context
	end     context.CancelFunc
	files   []File
	options foreign.Options
	under   []*reading // begun, in order, from the next one to be handed on
	begun   int
}

// reading is a file that is being read.
type reading struct {
	features []readFeature
	report   geojson.Report
	err      error
	bug      *carry.Bug
	ended    <-chan struct{}
}

type readFeature struct {
	feature geojson.Feature
	own     bool
}

// readAhead is ready to read files.
func readAhead(ctx context.Context, files []File, options foreign.Options) *ahead {
	a := &ahead{files: files, options: options}
	a.ctx, a.end = context.WithCancel(ctx)
	return a
}

// stop ends what is not finished, and waits for it.
func (a *ahead) stop() {
	a.end()
	for _, r := range a.under {
		<-r.ended
	}
}

// next hands on the features of the next file, and reports what was found in it.
func (a *ahead) next(report *geojson.Report, each func(f geojson.Feature, own bool)) error {
	if len(a.files) == 1 {
		return read(a.ctx, a.files[0], a.options, 0, report, each) // by all processors
	}
	for len(a.under) < runtime.GOMAXPROCS(0) && a.begun < len(a.files) {
		a.begin(a.files[a.begun])
		a.begun++
	}
	next := a.under[0]
	a.under = a.under[1:]
	<-next.ended
	if next.bug != nil {
		panic(next.bug)
	}
	report.Faults = append(report.Faults, next.report.Faults...)
	report.Repairs = append(report.Repairs, next.report.Repairs...)
	report.Notes = append(report.Notes, next.report.Notes...)
	for _, f := range next.features {
		each(f.feature, f.own)
	}
	return next.err
}

func (a *ahead) begin(file File) {
	r := &reading{}
	a.under = append(a.under, r)
	r.ended = carry.Go(func() {
		r.err = read(a.ctx, file, a.options, 1, &r.report, func(f geojson.Feature, own bool) {
			r.features = append(r.features, readFeature{f, own})
		})
	}, func(bug *carry.Bug) { r.bug = bug })
}
