package foreign

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// coordinateSystem understands how files name a coordinate system: a code
// ("EPSG:32636", "32636", Esri's "102100"), a URN or address of the OGC, WKT of any
// version, Esri's .prj text. It returns what people call it, and whether that is
// longitude and latitude in degrees on WGS 84, in the order in which files of
// features have them.
func coordinateSystem(text string) (name string, wgs84 bool) {
	text = strings.TrimSpace(text)
	if nodes := wktNodes(text); len(nodes) > 0 {
		return systemOfWKT(nodes)
	}
	authority, code := codeOf(text)
	switch {
	case authority == "OGC" && (code == "CRS84" || code == "CRS84h"), authority == "EPSG" && (code == "4326" || code == "4979"):
		return "WGS 84", true
	case strings.EqualFold(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(text), "WGS84"):
		return "WGS 84", true
	case authority == "":
		return geojson.Clip(text, 120), false
	}
	return described(authority, code), false
}

// codeOf takes an authority and its code out of a name; "" where there is none.
func codeOf(text string) (authority, code string) {
	lower := strings.ToLower(text)
	var parts []string
	switch {
	case strings.HasPrefix(lower, "urn:"):
		parts = strings.Split(text, ":") // urn:ogc:def:crs:EPSG::32636
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
		parts = strings.FieldsFunc(text, func(c rune) bool { return c == '/' || c == '#' }) // …/def/crs/EPSG/0/32636, …/epsg.xml#4326
	default:
		authority, code, found := strings.Cut(text, ":")
		if !found {
			authority, code = "", text
		}
		if number, err := strconv.Atoi(code); authority == "" && err == nil {
			if authority = "EPSG"; number >= firstOfEsri {
				authority = "ESRI"
			}
		}
		if authority == "" || strings.ContainsAny(code, " :") {
			return "", ""
		}
		return strings.ToUpper(authority), code
	}
	code = parts[len(parts)-1]
	for _, part := range parts {
		if upper := strings.ToUpper(strings.TrimSuffix(part, ".xml")); upper == "EPSG" || upper == "OGC" || upper == "ESRI" || upper == "IAU" {
			authority = upper
		}
	}
	return authority, code
}

// firstOfEsri is the first number of Esri's own codes; lower ones are those of EPSG.
const firstOfEsri = 37000

// foreignCRS is the fault of a file whose coordinates are in another system, which
// crs names as coordinateSystem reads it. It says how they are transformed.
func (in *input) foreignCRS(crs string) geojson.Fault {
	name, _ := coordinateSystem(crs)
	return in.fault("foreign-crs", "", fmt.Sprintf("its coordinates are in %s, and longitude and latitude on WGS 84 are wanted: %s", name, in.wayOut("-t_srs OGC:CRS84")))
}

// fromUnknown are the flags for coordinates of a system that only a person can name.
const fromUnknown = "-s_srs EPSG:CODE -t_srs OGC:CRS84"

// wayOut tells how GDAL makes a file that can be read.
func (in *input) wayOut(flags string) string {
	return "--with-gdal lets GDAL do it, where that is installed, or by hand: " + in.command(flags)
}

// ExchangeAxes tells how a file that has latitude before longitude gets their order.
func ExchangeAxes(file File, options Options) string {
	in, err := unwrap(file, options)
	if err != nil {
		return longitudeFirst
	}
	defer in.opened.Close()
	return exchanged(in.command)
}

const longitudeFirst = "write longitude first"

// exchanged tells how, with the command of a file.
func exchanged(command func(flags string) string) string {
	return longitudeFirst + ", for example by " + command("-s_srs OGC:CRS84 -t_srs OGC:CRS84 -ct '+proj=axisswap +order=2,1'")
}

// command is that of ogr2ogr which makes a file that can be read.
func (in *input) command(flags string) string {
	name, stem := in.Name, in.Name
	if in.inside != "" {
		stem = path.Base(in.Name) // an archive is no folder to write to
	}
	if at := strings.LastIndexByte(stem, '.'); at > strings.LastIndexAny(stem, `/\`)+1 {
		stem = stem[:at]
	}
	made := stem + ".geojson"
	if made == name {
		made = stem + ".wgs84.geojson"
	}
	name = in.packed(name)
	command := "ogr2ogr "
	if flags != "" {
		command += flags + " "
	}
	command += argument(made) + " " + argument(name)
	if in.Layer != "" {
		command += " " + argument(in.Layer)
	}
	return command
}

// packed is the name by which GDAL reads what a file holds that is packed. GDAL knows an
// archive by its extension, and by braces round it where that is another.
func (in *input) packed(name string) string {
	for _, wrapping := range in.wrapped {
		switch wrapping {
		case "gzip":
			name = "/vsigzip/" + name
		case "zip":
			if archive, inside := strings.TrimSuffix(name, "/"+in.inside), in.inside; !strings.HasPrefix(name, "/vsi") && archive != name && !slices.Contains([]string{".zip", ".kmz"}, strings.ToLower(path.Ext(archive))) {
				name = "{" + archive + "}/" + inside
			}
			name = "/vsizip/" + name
		}
	}
	return name
}

// argument writes a word for a shell.
func argument(word string) string {
	if strings.HasPrefix(word, "-") {
		word = "./" + word
	}
	if strings.ContainsFunc(word, func(c rune) bool { return c <= ' ' || strings.ContainsRune("'\"\\$`&|;<>()*?[]#~!{}", c) }) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
