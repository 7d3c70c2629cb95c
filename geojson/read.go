package geojson

import (
	"context"
	"errors"
	"io"
	"runtime"

	"github.com/go-json-experiment/json/jsontext"
)

// Read reads a FeatureCollection, Feature or bare geometry (RFC 7946)
// and hands each feature to each, one at a time, so that a large collection is
// never in memory as text.
//
// It is strict where a guess could change an area: duplicate members, members
// that differ from a standard one in letter case only, null or short positions,
// numbers out of range, a foreign crs, nesting beyond the limit, empty
// geometries and collections, edges longer than 180° of longitude, rings that
// cross themselves and holes outside their shell are refused. What loses
// nothing is repaired and reported: winding, a missing closing point, repeated
// points. Faults and repairs go to the report under the given file name;
// a feature with a fault is not handed on. The error is each's, ErrTooLarge, or the
// reader's, or the cause of ctx, which ends the reading at any stage; what is wrong
// with the text is in the report.
func Read(ctx context.Context, r io.Reader, file string, options Options, report *Report, each func(Feature) error) error {
	return ReadEach(ctx, r, file, options, report, func(f Feature, _ *Report) func() error {
		return func() error { return each(f) }
	})
}

// ReadEach is Read with work to do on each feature in any goroutine.
func ReadEach(ctx context.Context, r io.Reader, file string, options Options, report *Report, each Understand) error {
	if options.Depth == 0 {
		options.Depth = 64
	}
	if options.Workers == 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	g := &reader{ctx: ctx, dec: jsontext.NewDecoder(withoutMark(untilDone{ctx, r})), file: file, options: options, report: report, each: each, others: make(chan struct{}, options.Workers-1)}
	faults := len(report.Faults)
	err := g.text()
	g.abandon()
	var stop *syntaxFault
	switch {
	case errors.As(err, &stop):
		report.Refuse(Fault{File: file, Feature: g.current(), Rule: stop.rule, Place: stop.place, Detail: stop.detail})
		return nil
	case err != nil:
		return err
	case g.features == 0 && len(report.Faults) == faults:
		report.Refuse(Fault{File: file, Rule: "empty", Detail: "the text holds no feature"})
	}
	return nil
}
