package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/geojson"

	"github.com/spf13/pflag"
)

// shown is how many of a kind are told one by one; of more, so many are examples.
const shown = 3

// told is one thing to tell: in a line of its own, or as an example of its kind.
type told struct{ rule, line, example, file string }

// lines tells what was found, by its kind: what there are few of in lines of their
// own, all else in a line with a count and examples. Word is what happened, such as
// "repaired"; rest says where all of them are, "" for nowhere. Total is by rule, of
// what is not all among what is told; it may be nil.
func lines(word string, all []told, total map[string]int, rest string) []string {
	var rules, out []string
	of := map[string][]told{}
	for _, one := range all {
		if of[one.rule] == nil {
			rules = append(rules, one.rule)
		}
		of[one.rule] = append(of[one.rule], one)
	}
	for _, rule := range rules {
		kind := of[rule]
		count := max(len(kind), total[rule])
		if count <= shown {
			for _, one := range kind {
				out = append(out, word+": "+one.line)
			}
			continue
		}
		head := fmt.Sprintf("%s: %s: %d, of which %d are shown and %d more are not", word, rule, count, shown, count-shown)
		if rest != "" {
			head += "; " + rest
			if count > len(kind) {
				head += fmt.Sprintf(" (the first %d of them; %d more are only counted)", len(kind), count-len(kind))
			}
		}
		out = append(out, head)
		for _, one := range examples(kind) {
			out = append(out, "  "+one.example)
		}
	}
	return out
}

// examples picks the first of each file and, where there are few files, of the others.
func examples(kind []told) []told {
	var out, others []told
	seen := map[string]bool{}
	for _, one := range kind {
		if seen[one.file] {
			others = append(others, one)
		} else {
			out, seen[one.file] = append(out, one), true
		}
	}
	return append(out, others...)[:min(shown, len(kind))]
}

func repair(r geojson.Repair) told {
	line := strings.TrimPrefix(r.String(), "repaired: ")
	return told{r.Rule, line, line, r.File}
}

func fault(f geojson.Fault) told {
	line := strings.TrimPrefix(f.Error(), "refused: ")
	return told{f.Rule, line, line, f.File}
}

// repairs tells repairs, faults faults.
func repairs(all []geojson.Repair, rest string) []string {
	out := make([]told, len(all))
	for i, r := range all {
		out[i] = repair(r)
	}
	return lines("repaired", out, nil, rest)
}

func faults(all []geojson.Fault, rest string) []string {
	out := make([]told, len(all))
	for i, f := range all {
		out[i] = fault(f)
	}
	return lines("refused", out, nil, rest)
}

// notes tells what a reader of the figures should know.
func notes(q *data.Quality, rest string) []string {
	out := make([]told, len(q.Findings))
	for i, f := range q.Findings {
		example := fmt.Sprintf("%v: %s", f.Features, f.Detail)
		out[i] = told{f.Rule, f.Rule + " " + example, example, ""}
	}
	return lines("noted", out, q.Total, rest)
}

// say prints lines.
func say(w io.Writer, lines []string) {
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
}

// refused is the error of a report with faults, told by their kinds; nil without.
func refused(report *geojson.Report, rest string) error {
	if len(report.Faults) == 0 {
		return nil
	}
	return refuse(errors.New(strings.Join(faults(report.Faults, rest), "\n")))
}

// reportOption is --report.
type reportOption struct{ file string }

func (o *reportOption) flag(f *pflag.FlagSet) {
	f.StringVar(&o.file, "report", "", "file to write everything that was found to, one JSON object a line")
}

// rest says where everything that is found is told.
func (o reportOption) rest() string {
	if o.file == "" {
		return "--report FILE lists them"
	}
	return o.file + " lists them"
}

// write writes everything that was found to the file, one JSON object a line, when one is asked for.
func (o reportOption) write(ctx context.Context, report *geojson.Report, quality *data.Quality) error {
	if o.file == "" {
		return nil
	}
	return replaceFile(ctx, o.file, func(w io.Writer) error {
		out := &output{w: w}
		for _, f := range report.Faults {
			_ = writeJSON(out, struct { // out remembers its first error
				Found string `json:"found"`
				geojson.Fault
			}{"refused", f})
		}
		for _, r := range report.Repairs {
			_ = writeJSON(out, struct {
				Found string `json:"found"`
				geojson.Repair
			}{"repaired", r})
		}
		if quality != nil {
			for _, f := range quality.Findings {
				_ = writeJSON(out, struct {
					Found string `json:"found"`
					data.Finding
				}{"noted", f})
			}
		}
		return out.err
	})
}
