package foreign

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/demarc-map/demarc/geojson"
)

// longestInfo is how many bytes of what ogrinfo prints are read.
const longestInfo = 4 << 20

// byGDAL reads a file by GDAL that is refused for its format or coordinate system,
// where the user asked for that. It returns the refusal for any other.
func (in *input) byGDAL(ctx context.Context, path string, refused error) (*Source, error) {
	var bad geojson.Fault
	if in.Run == nil || !errors.As(refused, &bad) || bad.Rule != "foreign-crs" && bad.Rule != "unknown-format" {
		return nil, refused
	}
	if path == "" {
		return nil, in.fault(bad.Rule, bad.Place, bad.Detail+"; GDAL reads files on disk, and this is none")
	}
	path, err := filepath.Abs(path) // so that it is no flag, and no address of a network
	if err != nil {
		return nil, err
	}
	s, err := in.transformed(ctx, in.packed(path))
	if err == nil || ctx.Err() != nil {
		return s, err
	}
	var own geojson.Fault
	if errors.As(err, &own) {
		return nil, own
	}
	return nil, in.fault(bad.Rule, bad.Place, fmt.Sprintf("%s; --with-gdal: %v", bad.Detail, err))
}

// pathIn is the path of the file in an archive on disk; "" where that is none, or
// would lead out of it.
func (in *input) pathIn(archive string) string {
	switch {
	case archive == "" || in.inside == "":
		return archive
	case !fs.ValidPath(in.inside):
		return ""
	}
	return archive + "/" + in.inside
}

// transformed is a layer of a file as ogr2ogr prints it, in longitude and latitude.
func (in *input) transformed(ctx context.Context, name string) (*Source, error) {
	version, err := printed(ctx, in, "ogr2ogr", "--version")
	if err != nil {
		return nil, err
	}
	layers, driver, err := layersOfGDAL(ctx, in, name)
	if err != nil {
		return nil, err
	}
	at, err := in.chooseLayer(layers)
	if err != nil {
		return nil, err
	}
	of := []string{name}
	if len(layers) > 1 {
		of = append(of, layers[at].Name)
	}
	if strings.HasPrefix(layers[at].Name, "-") && len(layers) > 1 {
		return nil, in.fault("layer", layers[at].Name, "its name begins like a flag of ogr2ogr")
	}
	crs, features, err := in.crsOfGDAL(ctx, of, layers[at].Name)
	if err != nil {
		return nil, err
	}
	layers[at].Features = features
	out, err := in.Run(ctx, "ogr2ogr", append([]string{"-f", "GeoJSON", "-t_srs", "OGC:CRS84", "/vsistdout/"}, of...)...)
	if err != nil {
		return nil, err
	}
	by := "ogr2ogr " + versionOf(version)
	if called, is := coordinateSystem(crs); is {
		in.note("read by %s", by)
	} else {
		in.note("transformed from %s by %s", called, by)
	}
	over := in.fault("too-large", "", fmt.Sprintf("ogr2ogr prints more than %d bytes of it", in.Limit))
	return &Source{Format: driver, Layers: layers, text: faulty{in, &bounded{out, in.Limit, over}}, release: out.Close}, nil
}

// faulty is a text whose errors are faults of the file.
type faulty struct {
	in *input
	r  io.Reader
}

// Read implements io.Reader.
func (f faulty) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	if err != nil && err != io.EOF {
		err = f.in.broken(err)
	}
	return n, err
}

// printed is all that a program prints.
func printed(ctx context.Context, in *input, program string, arguments ...string) (string, error) {
	out, err := in.Run(ctx, program, arguments...)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(out, longestInfo))
	return string(text), errors.Join(err, out.Close())
}

// layerOfGDAL is a line of ogrinfo that names a layer: "1: zones (Multi Polygon)".
var layerOfGDAL = regexp.MustCompile(`^\d+: (.*?)(?: \(title: .*?\))?(?: \([A-Z0-9][A-Za-z0-9, ]*\))?$`)

// layersOfGDAL lists the layers of a file, and the driver that reads it.
func layersOfGDAL(ctx context.Context, in *input, name string) (layers []Layer, driver string, err error) {
	text, err := printed(ctx, in, "ogrinfo", "-ro", name)
	if err != nil {
		return nil, "", err
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if _, after, found := strings.Cut(line, "using driver `"); found {
			driver, _, _ = strings.Cut(after, "'")
		}
		if m := layerOfGDAL.FindStringSubmatch(line); m != nil {
			layers = append(layers, Layer{Name: m[1], Features: -1})
		}
	}
	return layers, driver, lines.Err()
}

// crsOfGDAL is the coordinate system of a layer as WKT, and how many features it has, -1
// where that is not known.
func (in *input) crsOfGDAL(ctx context.Context, of []string, layer string) (wkt string, features int, err error) {
	text, err := printed(ctx, in, "ogrinfo", append([]string{"-ro", "-so", "-al"}, of...)...)
	if err != nil {
		return "", -1, err
	}
	features = -1
	if _, after, found := strings.Cut(text, "Feature Count: "); found {
		count, _, _ := strings.Cut(after, "\n")
		if n, err := strconv.Atoi(strings.TrimSpace(count)); err == nil {
			features = n
		}
	}
	_, after, _ := strings.Cut(text, "Layer SRS WKT:\n")
	for line := range strings.Lines(after) {
		if wkt != "" && !strings.HasPrefix(line, " ") {
			break // of what comes after it
		}
		wkt += line
	}
	if wkt = strings.TrimSpace(wkt); wkt == "" || wkt == "(unknown)" {
		return "", features, in.fault("foreign-crs", layer, "the layer does not say which coordinate system its numbers are in; where you know it: "+
			in.command(fromUnknown))
	}
	return wkt, features, nil
}

// versionOf is the number in "GDAL 3.6.2, released 2023/01/02".
func versionOf(text string) string {
	version, _, _ := strings.Cut(strings.TrimPrefix(text, "GDAL "), ",")
	return geojson.Clip(strings.TrimSpace(version), 20)
}
