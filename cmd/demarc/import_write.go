package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/intake"
	"github.com/demarc-map/demarc/internal/atomicfile"
)

// write writes a new folder whole or not at all, and reads it as the server would
// before it gets its name.
func (o *importOptions) write(ctx context.Context, std streams, contents *data.Contents) (snapshot *data.Snapshot, report *data.Report, err error) {
	defer waiting(std.log, "writing and checking "+o.id)()
	err = atomicfile.NewFolder(ctx, o.out, func(temporary string) error {
		sums := map[string]string{}
		if err := contents.Write(func(name string) (io.WriteCloser, error) {
			file, err := os.OpenFile(filepath.Join(temporary, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			return summed(file, func(sum string) { sums[name] = sum }), err
		}); err != nil {
			return err
		}
		*contents = data.Contents{} // which is large, and needed no more
		if snapshot, report, err = data.Read(ctx, os.DirFS(temporary)); err != nil {
			o.origins.Trace(report.Faults, o.foreign, o.asRead())
			if e := refused(&report.Report, o.report.rest()); e != nil {
				return e
			}
			return err
		}
		text, err := o.keep(sums).Text()
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(temporary, intake.KeptFile), text, 0o644)
	})
	return snapshot, report, err
}

// summed is a file whose SHA-256 is told when it is closed.
func summed(file *os.File, tell func(sum string)) io.WriteCloser {
	hash := sha256.New()
	return &summing{io.MultiWriter(file, hash), func() error {
		tell(hex.EncodeToString(hash.Sum(nil)))
		return file.Close()
	}}
}

type summing struct {
	io.Writer
	close func() error
}

// Close implements io.Closer.
func (s *summing) Close() error { return s.close() }

// check reads files as the server would.
func check(ctx context.Context, files map[string][]byte) (*data.Snapshot, *data.Report, error) {
	return data.Read(ctx, data.Files(files))
}
