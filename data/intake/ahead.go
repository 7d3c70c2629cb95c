package intake

import (
	"context"
	"runtime"

	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/carry"

	"github.com/paulmach/orb"
)

// ahead reads files while those before them are understood: several at a time, and
// no more than there are processors, so that memory stays that of a few files.
type ahead struct {
	ctx   context.Context
	end   context.CancelFunc
	files []File
	under []*reading // begun, in order, from the next one to be handed on
	begun int
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
	shape   orb.MultiPolygon
}

// readAhead is ready to read files.
func readAhead(ctx context.Context, files []File) *ahead {
	a := &ahead{files: files}
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

// read hands on the features of the next file, which is file i, and reports what
// was found in it.
func (a *ahead) read(i int, report *geojson.Report, each func(geojson.Feature, orb.MultiPolygon)) error {
	if len(a.files) == 1 {
		return read(a.ctx, a.files[i], 0, report, each) // by all processors
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
	for _, f := range next.features {
		each(f.feature, f.shape)
	}
	return next.err
}

func (a *ahead) begin(file File) {
	r := &reading{}
	a.under = append(a.under, r)
	r.ended = carry.Go(func() {
		r.err = read(a.ctx, file, 1, &r.report, func(f geojson.Feature, shape orb.MultiPolygon) {
			r.features = append(r.features, readFeature{f, shape})
		})
	}, func(bug *carry.Bug) { r.bug = bug })
}
