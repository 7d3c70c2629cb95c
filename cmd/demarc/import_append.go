package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/geojson"
	"github.com/demarc-map/demarc/internal/atomicfile"
)

// appending is one run of demarc import --append.
type appending struct {
	importOptions
	std    streams
	kept   *intake.Kept
	before map[string][]byte // the dataset's files
	report *geojson.Report
	said   []string // what is printed once all is written
}

// runAppend adds files to the folder of a dataset, which is replaced whole or not at all.
func runAppend(ctx context.Context, std streams, o importOptions, plan intake.Plan, args []string) error {
	a := &appending{importOptions: o, std: std, report: &geojson.Report{}}
	err := atomicfile.ReplaceFolder(ctx, o.out, func(temporary string) error { return a.fill(ctx, temporary, plan, args) })
	printNotes(std.log, a.report.Notes)
	say(std.log, repairs(a.report.Repairs, o.report.rest()))
	if err != nil {
		return refuse(err)
	}
	say(std.out, a.said)
	return nil
}

// fill writes what is new in the folder.
func (a *appending) fill(ctx context.Context, temporary string, plan intake.Plan, args []string) (err error) {
	if a.kept, err = readKept(a.out); err != nil { // again, now that nobody else writes to it
		return err
	}
	if a.before, err = readDataset(a.out); err != nil {
		return err
	}
	names, err := a.names()
	if err != nil {
		return err
	}
	a.kept.Remember(names)
	appended, err := a.read(ctx, intake.Next{Plan: plan, Names: names, Replace: a.next.replaceDay}, args)
	if err != nil {
		return err
	}
	dataset, changed, err := a.dataset(appended.States, appended.Titles, names)
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	for name, text := range a.before {
		files[name] = text
	}
	if changed {
		if files["dataset.json"], err = written(&data.Contents{Dataset: *dataset}, "dataset.json"); err != nil {
			return err
		}
	}
	if err := a.check(ctx, files, dataset, appended); err != nil {
		return err
	}
	kept := *a.kept
	kept.Days, kept.Empty, kept.Parties, kept.Bases = appended.Days, appended.Empty, names.Parties.All(), names.Bases.All()
	delete(files, "zones.geojson")
	kept.Checked = intake.CheckedFiles(described(build()), files)
	kept.Checked.Files["zones.geojson"] = intake.Sum(appended.Zones)
	text, err := kept.Text()
	if err != nil {
		return err
	}
	a.tell(appended)
	return errors.Join(os.WriteFile(filepath.Join(temporary, "dataset.json"), files["dataset.json"], 0o644),
		os.WriteFile(filepath.Join(temporary, intake.KeptFile), text, 0o644), writePieces(filepath.Join(temporary, "zones.geojson"), appended.Zones))
}

// read reads the new files, and makes the zones of them and those before.
func (a *appending) read(ctx context.Context, next intake.Next, args []string) (*intake.Appended, error) {
	for _, name := range args {
		next.Files = append(next.Files, a.foreign(name))
	}
	read := 0
	draw, end := progress(a.std.log, "files")
	defer end()
	done := func() {
		if read++; draw != nil {
			draw(read, len(args))
		}
	}
	appended, err := a.kept.Append(ctx, a.before["zones.geojson"], next, a.report, done)
	if errors.Is(err, intake.ErrLayout) { // somebody wrote the file anew
		snapshot, _, e := check(ctx, a.before)
		if e != nil {
			return nil, e
		}
		var zones []byte
		if zones, err = written(&data.Contents{Zones: snapshot.Zones}, "zones.geojson"); err != nil {
			return nil, err
		}
		appended, err = a.kept.Append(ctx, zones, next, a.report, done)
	}
	if err != nil {
		return nil, err
	}
	if err := a.importOptions.report.write(ctx, a.report, nil); err != nil {
		return nil, err
	}
	return appended, refused(a.report, a.importOptions.report.rest())
}

// written is one file of a dataset.
func written(c *data.Contents, name string) ([]byte, error) {
	files, err := c.Files()
	return files[name], err
}

// check reads the new dataset as the server would. Of one whose files are as they
// were when this program accepted them, what is older than the day before the new
// ones needs no second look: nothing of it has changed.
func (a *appending) check(ctx context.Context, files map[string][]byte, dataset *data.Dataset, appended *intake.Appended) error {
	defer waiting(a.std.log, "checking "+a.id)()
	whole := appended.Tail == nil || !a.kept.Checked.Same(intake.CheckedFiles(described(build()), a.before))
	checked := map[string][]byte{}
	for name, text := range files {
		checked[name] = text
	}
	if whole {
		checked["zones.geojson"] = joined(appended.Zones)
	} else {
		tail := *dataset
		tail.Bases = appended.Tails(tail.Bases)
		description, err := written(&data.Contents{Dataset: tail}, "dataset.json")
		if err != nil {
			return err
		}
		checked["dataset.json"], checked["zones.geojson"] = description, appended.Tail
		delete(checked, "claims.json") // which say nothing about zones
		delete(checked, "places.geojson")
	}
	_, report, err := check(ctx, checked)
	if err != nil {
		appended.Origins.Trace(report.Faults, a.foreign, a.asRead())
		if e := refused(&report.Report, a.importOptions.report.rest()); e != nil {
			return e
		}
		return err
	}
	if whole {
		var out strings.Builder
		report.Repairs = nil
		printReport(&out, report, a.importOptions.report.rest())
		a.said = append(a.said, strings.TrimSuffix(out.String(), "\n"))
		return a.importOptions.report.write(ctx, a.report, report.Quality)
	}
	news := appended.News(report.Quality)
	a.said = append(a.said, notes(news, a.importOptions.report.rest())...)
	return a.importOptions.report.write(ctx, a.report, news)
}

func joined(pieces [][]byte) []byte {
	var out []byte
	for _, piece := range pieces {
		out = append(out, piece...)
	}
	return out
}

// readDataset reads the files of a dataset folder.
func readDataset(folder string) (map[string][]byte, error) {
	root, err := os.OpenRoot(folder) // links inside the folder cannot lead out of it
	if err != nil {
		return nil, err
	}
	defer root.Close()
	files := map[string][]byte{}
	entries, err := os.ReadDir(folder)
	for _, entry := range entries {
		if !data.IsFile(entry.Name()) {
			continue
		}
		text, e := root.ReadFile(entry.Name())
		if e != nil {
			return nil, e
		}
		files[entry.Name()] = text
	}
	return files, err
}

func writePieces(name string, pieces [][]byte) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for _, piece := range pieces {
		if _, err := file.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// tell says what was added.
func (a *appending) tell(appended *intake.Appended) {
	days := make([]string, len(appended.Added))
	for i, day := range appended.Added {
		days[i] = day.String()
	}
	if len(days) > shown {
		days = append(days[:1], fmt.Sprintf("… %d days …", len(days)-2), days[len(days)-1])
	}
	for _, note := range appended.Notes {
		a.said = append(a.said, "noted: "+note)
	}
	if n := len(appended.Others); n > 0 {
		a.said = append(a.said, fmt.Sprintf("noted: zones that no import made stay as they are: %s", firstOf(appended.Others)))
	}
	for _, gap := range appended.Between() {
		said := "are taken to be like the day before; imported with --gap-days they would be gaps"
		if a.gapDays > 0 && int(gap.To-gap.From) > a.gapDays {
			said = fmt.Sprintf("are not mapped (--gap-days %d)", a.gapDays)
		}
		a.said = append(a.said, fmt.Sprintf("noted: %d days without a state, after %s and before %s, %s", gap.To-gap.From-1, gap.From, gap.To, said))
	}
	a.said = append(a.said, fmt.Sprintf("appended to %s: %s: %d zones begin, %d end, %d go on", a.out, strings.Join(days, ", "), len(appended.Begun), appended.Ended, appended.GoOn))
}

// firstOf lists the first of names for a person, and says how many more there are.
func firstOf(names []string) string {
	if len(names) <= shown {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:shown], ", "), len(names)-shown)
}
