package server

import (
	"archive/tar"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/mapcontext"
	"github.com/demarc-map/demarc/server/web"
)

// unpacked reads the files of a tar into memory: plain files beside each other,
// as "tar -c -C FOLDER ." makes it, together not more than so many bytes, which
// a sparse file could be in a small body.
func unpacked(body io.Reader, most int64) (data.Files, error) {
	files, left := data.Files{}, most
	for archive := tar.NewReader(body); ; {
		header, err := archive.Next()
		if err == io.EOF {
			return files, nil
		}
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			return nil, err
		case err != nil:
			return nil, web.BadRequest("the body is no tar: %v", err)
		}
		name := path.Clean(header.Name)
		switch {
		case header.Typeflag == tar.TypeDir, header.Typeflag == tar.TypeXGlobalHeader:
			continue
		case path.Dir(name) == mapcontext.Folder: // which is no part of what is published
			continue
		case header.Typeflag != tar.TypeReg || strings.ContainsAny(name, `/\`) || name == "..":
			return nil, web.BadRequest("the tar holds plain files beside each other, not %q", web.Clip(header.Name))
		case files[name] != nil:
			return nil, web.BadRequest("the tar holds %q twice", web.Clip(name))
		}
		if left -= header.Size; left < 0 {
			return nil, &http.MaxBytesError{Limit: most}
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			return nil, web.BadBody(err)
		}
		files[name] = text
	}
}
