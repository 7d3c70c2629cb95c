package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// offline are the drivers of GDAL that are left out of its programs: those of networks
// and databases, those that read what another file names, and those that run programs.
var offline = strings.Join([]string{
	"HTTP", "WFS", "OAPIF", "OGCAPI", "CSW", "WCS", "WMS", "WMTS", "PLSCENES", "PLMOSAIC", "NGW", "EEDA", "EEDAI", "DAAS", "STACTA", "STACIT",
	"Carto", "AmigoCloud", "Elasticsearch", "MongoDBv3", "PostgreSQL", "PostGISRaster", "MySQL", "MSSQLSpatial", "ODBC", "OCI", "HANA", "OGR_OGDI",
	"VRT", "OGR_VRT", "GTI", "GMLAS", "GNMDatabase", "GNMFile", "GPSBabel", "Zarr"}, ",")

// gdalEnvironment is what the programs of GDAL see: where their own files are, and that
// they stay on this machine. What a user's own environment says of GDAL, such as a proxy with a
// password or a driver to load, they do not see.
func gdalEnvironment(of func(string) (string, bool)) []string {
	var out []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "TEMP", "SystemRoot", "LD_LIBRARY_PATH", "GDAL_DATA", "PROJ_LIB", "PROJ_DATA"} {
		if value, set := of(name); set {
			out = append(out, name+"="+value)
		}
	}
	return append(out, "LC_ALL=C.UTF-8",
		"GDAL_SKIP="+offline,
		"PROJ_NETWORK=OFF", "GML_DOWNLOAD_SCHEMA=NO",
		"CPL_VSIL_CURL_ALLOWED_EXTENSIONS=.none",                                                                             // of addresses in what a file says
		"GDAL_HTTP_PROXY=127.0.0.1:9", "GDAL_HTTPS_PROXY=127.0.0.1:9", "GDAL_HTTP_MAX_RETRY=0", "GDAL_HTTP_CONNECTTIMEOUT=1", // nobody listens there
		"GDAL_VRT_ENABLE_PYTHON=NO")
}

// longestWords is how many bytes of what a program complains of are kept.
const longestWords = 4 << 10

// runGDAL runs a program of GDAL without a shell, for foreign.File. The end of ctx ends it.
func runGDAL(ctx context.Context, program string, arguments ...string) (io.ReadCloser, error) {
	return feedGDAL(ctx, nil, program, arguments...)
}

// feedGDAL runs a program of GDAL that reads a text.
func feedGDAL(ctx context.Context, text io.Reader, program string, arguments ...string) (io.ReadCloser, error) {
	path, err := exec.LookPath(program)
	if err != nil {
		return nil, fmt.Errorf("%s of GDAL is not installed: Debian has it as gdal-bin, others as gdal", program)
	}
	ctx, cancel := context.WithCancel(ctx)
	run := exec.CommandContext(ctx, path, arguments...)
	run.Env, run.Stdin = gdalEnvironment(os.LookupEnv), text
	words := &firstBytes{most: longestWords}
	run.Stderr = words
	out, err := run.StdoutPipe()
	if err == nil {
		err = run.Start()
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return &gdalOutput{out: out, run: run, cancel: cancel, words: words, program: program}, nil
}

// gdalOutput is what a program prints. Its end is that of the program: one that failed is an
// error with its words.
type gdalOutput struct {
	out     io.Reader
	run     *exec.Cmd
	cancel  context.CancelFunc
	words   *firstBytes
	program string
	ended   error // nil while it runs
}

// Read implements io.Reader.
func (g *gdalOutput) Read(b []byte) (int, error) {
	if g.ended != nil {
		return 0, g.ended
	}
	n, err := g.out.Read(b)
	if err == nil || n > 0 {
		return n, nil
	}
	g.ended = io.EOF
	if err := g.run.Wait(); err != nil {
		g.ended = fmt.Errorf("%s: %w: %s", g.program, err, complaintOf(g.words.String()))
	}
	return 0, g.ended
}

// complaintOf is what a program complains of, without what it says of the drivers that it
// does not have anyway.
func complaintOf(words string) string {
	var out []string
	for line := range strings.Lines(words) {
		if !strings.Contains(line, "GDAL_SKIP") {
			out = append(out, strings.Fields(line)...)
		}
	}
	return strings.Join(out, " ")
}

// Close ends the program.
func (g *gdalOutput) Close() error {
	g.cancel()
	if g.ended == nil {
		g.ended = errors.New("closed")
		_ = g.run.Wait() // it was told to end
	}
	return nil
}

// firstBytes keeps the first bytes that are written to it.
type firstBytes struct {
	bytes.Buffer
	most int
}

// Write implements io.Writer.
func (f *firstBytes) Write(b []byte) (int, error) {
	f.Buffer.Write(b[:min(len(b), max(f.most-f.Len(), 0))])
	return len(b), nil
}
