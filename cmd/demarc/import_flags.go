package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/data/intake/inspect"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// importOptions holds the flags of demarc import.
type importOptions struct {
	out, id, title, lang                          string
	territory, territoryName                      string
	territoryWhere, territoryLayer                string
	districts, districtName, districtID           string
	districtsWhere, districtsLayer                string
	party, basis, meaning                         string
	sourceTitle, publisher, licence, link         string
	attribution, disclaimer                       string
	date, dateFormat, where, points, lines, layer string
	mapping                                       string
	maps, sets, values, fromName, idsOf           []string
	status                                        string
	accuracyM                                     metres
	gapDays                                       int
	allowFuture, truncated, withGDAL              bool
	encoding                                      string

	missing []string           // flags that are needed and were not given, with what they are for
	asJSON  bool               // of the first look
	given   []inspect.Argument // flags of the command line
	reading []inspect.Argument // those of them by which a file is read
	report  reportOption
	next    appendOptions
	states  intake.States  // what was read, filled in on the way
	called  intake.Called  // likewise
	origins intake.Origins // likewise
	notes   []string       // what was left out or chosen, likewise
}

// needed are the flags without which there is no dataset, with what they are for.
var needed = []struct{ flag, what string }{
	{"out", "the folder to write"},
	{"id", "the id of the dataset: lower-case letters, digits and hyphens"},
	{"territory", "a file with the land that percentages are percentages of"},
	{"party", "whom figures are about, and who holds what nothing else says who holds"},
	{"accuracy-m", "how far the drawn boundary may be from the true one, in metres"},
	{"source-title", "what the map is called"},
	{"publisher", "who published it"},
	{"licence", "its licence"},
}

func newImportCommand() *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE... [--out FOLDER]",
		Short: "Look at foreign maps, or make a dataset folder of them",
		Long: `import without flags says what is in a file: its format, features, properties and
what they look like, what is wrong with its rings; and suggests the command that would import
it. On a terminal it asks for what is missing, and asks again before it writes.

With flags import reads polygons of held areas from foreign files and writes a dataset
folder that 'demarc check' accepts. With --date name each file is the state of
the day in its name, with --date PROPERTY of the day in that property; polygons
that do not change from one state to the next become one zone. A file without features
is a day on which nobody held anything. A state lasts until the next, unless more
than --gap-days lie between: then the days after it are not mapped, and no 0 %. Without --date
each feature is a zone and valid_from comes from a mapped or set property.

--map OURS=THEIRS takes a property of ours (id, party, basis, status, source,
accuracy_m, valid_from, valid_to, mapped_on, kind, name_…, x_…) from a foreign one, --from-name
OURS=REGEXP from the name of the file (the first group), --set OURS=VALUE gives it
one value: with --map of the same property, to features that lack theirs. A property
that no feature has is refused. --value gives properties of ours by the value of a foreign one:

  --value 'fill=#ff5252 -> party:russia,status:observed'
  --value 'name~"(.*) /// (.*)" -> party:$1,x_note:$2'
  --value 'fill=* -> party:nobody'

A value that no rule knows is refused. = goes before ~ and ~ before *; 'fill=' is for features
without it.

--where chooses features: --where 'status == "occupied" and name matches "(?i)russia"'.
Points and lines are left out and counted, or become places and control lines, whose kind
is set or mapped. Days are written YYYY-MM-DD, YYYYMMDD, by RFC 3339 or RFC 1123, or as
seconds or milliseconds since 1970; --date-format says how they are else.

--mapping names a YAML or JSON file in which any of these flags may stand by its name;
flags go before it, and files that it names are beside it.

Parties and readings keep their names; their ids are told, and --id-of NAME=ID asks for one.

Rings that cross or overlap are cleaned, and every repair is told with its areas; of
many of one kind a count and examples, and --report writes all of them to a file.

--append adds the files of later days to a folder that import made with --date, by
the same flags, which the folder keeps in import.json: give only --out. What comes
out is what an import of all files would make, in the time that the new ones take.
--replace-day puts a new state in the place of the last one.`,
		Example: `  demarc import monthly/*.geojson --date name --out ukraine --id ukraine \
    --territory outline.geojson --party Russia --basis DeepState --accuracy-m 500 \
    --source-title "DeepState map" --publisher "DeepState" --licence "GPL-3.0"
  demarc import --mapping ukraine.yaml daily/*.geojson
  demarc import --append --out ukraine daily/2025-08-02.geojson`,
		Args: cobra.MinimumNArgs(1),
		PreRunE: func(cmd *cobra.Command, _ []string) error {
			o.given, o.reading = given(cmd.Flags()), readingOf(cmd.Flags())
			if err := o.mapped(cmd.Flags()); err != nil {
				return err
			}
			if err := o.recall(cmd.Flags()); err != nil {
				return err
			}
			o.missing = missing(cmd.Flags())
			return nil
		},
		RunE: runs(runImport, &o),
	}
	o.flags(cmd.Flags())
	return cmd
}

func (o *importOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.out, "out", "", "folder to write; it may not exist yet")
	f.StringVar(&o.id, "id", "", "id of the dataset")
	f.StringVar(&o.title, "title", "", "title of the dataset (default: the id)")
	f.StringVar(&o.lang, "lang", "en", "language of the names, titles and words that are given and read, by BCP 47")
	f.StringVar(&o.party, "party", "", "name of the party that holds the zones")
	f.StringVar(&o.basis, "basis", "observed", "name of the reading of the evidence")
	f.StringVar(&o.meaning, "meaning", "", "what that reading means, in words")
	f.StringVar(&o.status, "status", "observed", "agreed, observed, published, claimed, proposed or disputed")
	f.Var(&o.accuracyM, "accuracy-m", "positional accuracy of the zones in metres")
	f.StringVar(&o.sourceTitle, "source-title", "", "title of the source")
	f.StringVar(&o.publisher, "publisher", "", "publisher of the source")
	f.StringVar(&o.licence, "licence", "", "licence of the source")
	f.StringVar(&o.link, "link", "", "http or https link to the source")
	f.StringVar(&o.attribution, "attribution", "", "how the source is attributed (default: publisher and licence)")
	f.StringVar(&o.disclaimer, "disclaimer", "Boundaries are as published by the source and are not a survey.", "what readers are told")
	f.BoolVar(&o.truncated, "allow-truncated", false, "read answers of servers that say that there is more, and note it")
	f.BoolVar(&o.withGDAL, "with-gdal", false, "let the programs of GDAL read other formats and transform other coordinate systems")
	f.StringVar(&o.encoding, "encoding", "", "how texts are written in shapefiles that do not say it, such as windows-1251")
	f.StringVar(&o.mapping, "mapping", "", "YAML or JSON file with any of these flags")
	jsonFlag(f, &o.asJSON)
	o.report.flag(f)
	o.next.flags(f)
	o.placeFlags(f)
	o.choiceFlags(f)
}

// placeFlags are those about the territory and its districts.
func (o *importOptions) placeFlags(f *pflag.FlagSet) {
	f.StringVar(&o.territory, "territory", "", "file with the territory; what several features cover together is one")
	f.StringVar(&o.territoryName, "territory-name", "", "its name (default: the title)")
	f.StringVar(&o.territoryWhere, "territory-where", "", "condition on the features that make it, as --where")
	f.StringVar(&o.territoryLayer, "territory-layer", "", "layer of a file with several")
	f.StringVar(&o.districts, "districts", "", "file with the districts of the territory, one a feature")
	f.StringVar(&o.districtName, "district-name", "", "foreign property with their names")
	f.StringVar(&o.districtID, "district-id", "", "foreign property with their ids (default: made of the names)")
	f.StringVar(&o.districtsWhere, "districts-where", "", "condition on the features that are districts, as --where")
	f.StringVar(&o.districtsLayer, "districts-layer", "", "layer of a file with several")
}

// choiceFlags are those about what counts in the files, and as what.
func (o *importOptions) choiceFlags(f *pflag.FlagSet) {
	f.StringVar(&o.layer, "layer", "", "layer to read, of files with several")
	f.StringVar(&o.where, "where", "", "condition on the features that count")
	f.StringVar(&o.points, "points", intake.LeaveOut, "what is done with points: places, leave-out or refuse")
	f.StringVar(&o.lines, "lines", intake.LeaveOut, "what is done with lines: control-lines, leave-out or refuse")
	f.StringVar(&o.date, "date", "", `where the day of a state is: "name" or a foreign property`)
	f.StringVar(&o.dateFormat, "date-format", "auto", "how days are written: a format of strftime, such as %d.%m.%Y, or auto, esri-ms, unix")
	f.BoolVar(&o.allowFuture, "allow-future", false, "take states and zones that begin after tomorrow")
	f.IntVar(&o.gapDays, "gap-days", 0, "days from one state to the next above which those between are not mapped; 0: each state lasts until the next")
	f.StringArrayVar(&o.maps, "map", nil, "OURS=THEIRS, may be given several times")
	f.StringArrayVar(&o.sets, "set", nil, "OURS=VALUE, may be given several times")
	f.StringArrayVar(&o.values, "value", nil, "THEIRS=VALUE -> OURS:VALUE,OURS:VALUE, may be given several times")
	f.StringArrayVar(&o.fromName, "from-name", nil, "OURS=REGEXP, may be given several times")
	f.StringArrayVar(&o.idsOf, "id-of", nil, "NAME=ID: the id that a party or reading of this name gets, may be given several times")
}

// languageTag is what a tag of BCP 47 looks like.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// missing lists the needed flags that were given neither on the command line nor in the mapping file.
func missing(f *pflag.FlagSet) []string {
	var out []string
	for _, n := range needed {
		if given := f.Lookup(n.flag); !given.Changed || given.Value.String() == "" {
			out = append(out, fmt.Sprintf("  --%s: %s", n.flag, n.what))
		}
	}
	return out
}

// complete refuses options with which nothing can be imported, by the flag that is to be mended.
func (o *importOptions) complete() error {
	switch {
	case !data.ValidID(o.id):
		return fmt.Errorf("--id %q: an id is made of lower-case letters a to z, digits and single hyphens between them; --title is its name in any script", o.id)
	case !languageTag.MatchString(o.lang):
		return fmt.Errorf("--lang %q is no tag of a language by BCP 47, such as uk or zh-Hant", o.lang)
	case o.districts == "" && (o.districtName != "" || o.districtID != "" || o.districtsWhere != "" || o.districtsLayer != ""):
		return errors.New("--district-name and the like are about the features of --districts, which names a file")
	case o.districts != "" && o.districtName == "":
		return errors.New("--districts wants --district-name: the foreign property with their names")
	}
	for flag, name := range map[string]string{"party": o.party, "basis": o.basis} {
		if strings.TrimSpace(name) == "" {
			return fmt.Errorf("--%s is empty", flag)
		}
	}
	return nil
}
