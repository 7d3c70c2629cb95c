package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/tiles"
)

// Format is a kind of archive.
type Format string

// The formats are named by the usual suffix of their files.
const (
	PMTiles Format = "pmtiles"
	MBTiles Format = "mbtiles"
)

// ErrEmpty is returned when no tile shows anything.
var ErrEmpty = errors.New("archive: no tile shows anything")

// Summary says what was written.
type Summary struct {
	Tiles    int   // that are not empty
	Contents int   // tiles that differ
	Resumed  int   // tiles found in the journal of an interrupted run
	Bytes    int64 // size of the file
}

// Write writes an edition to a file, or replaces the file. Whatever happens the
// file is never there in part. When it is interrupted, the tiles made so far stay
// in a journal, a hidden file beside it, and the next Write of the same
// goes on from there; that of anything else under the same name begins anew.
// Writers of the same name wait for each other. A link or a device is not replaced.
func Write(ctx context.Context, file string, format Format, atlas *tiles.Atlas, o Options) (Summary, error) {
	assemble, ok := map[Format]func(context.Context, string, *journal, *description) error{PMTiles: writePMTiles, MBTiles: writeMBTiles}[format]
	if !ok {
		return Summary{}, fmt.Errorf("archive: %q is no format", format)
	}
	if err := o.check(atlas); err != nil {
		return Summary{}, err
	}
	if err := atomicfile.CanReplace(file); err != nil {
		return Summary{}, err
	}
	j, err := openJournal(ctx, journalName(file), head(atlas, &o))
	if err != nil {
		return Summary{}, err
	}
	defer j.close()
	summary := Summary{Resumed: j.count}
	if err := makeTiles(ctx, j, atlas, &o); err != nil {
		return summary, err
	}
	if summary.Tiles, summary.Contents = j.count, len(j.contents); j.count == 0 {
		return summary, errors.Join(ErrEmpty, j.remove())
	}
	d, err := describe(ctx, atlas, &o, j)
	if err != nil {
		return summary, err
	}
	err = atomicfile.Replace(ctx, file, func(temporary string) error { return assemble(ctx, temporary, j, d) })
	if err != nil {
		return summary, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return summary, err
	}
	summary.Bytes = info.Size()
	return summary, j.remove()
}

// journalName is the hidden file that an archive is prepared in.
func journalName(file string) string {
	return filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".part")
}
