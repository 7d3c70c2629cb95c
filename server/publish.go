package server

import (
	"archive/tar"
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"

	"github.com/gorilla/mux"
)

// published is what came of a publication, and what is served now.
type published struct {
	store.Outcome
	Reload Reload `json:"reload"`
}

// publish answers POST /publish/{dataset}: the body is a tar of the dataset's
// folder, the answer is given when the snapshot is durable and served.
func (s *Server) publish(d Desk) resource {
	return s.publishing(d, nil, func(ctx context.Context, r *http.Request, dataset string, _ *parameters, p store.Proposal) (store.Outcome, error) {
		files, err := unpacked(r.Body, d.MaxBytes)
		if err != nil {
			return store.Outcome{}, err
		}
		snapshot, _, err := data.Read(ctx, files)
		if err != nil {
			return store.Outcome{}, err
		}
		if snapshot.Dataset.ID != dataset {
			return store.Outcome{}, &problem{status: http.StatusUnprocessableEntity, detail: "the body holds the dataset " + snapshot.Dataset.ID}
		}
		return store.Publish(ctx, d.Store, snapshot, p)
	})
}

// rollback answers POST /rollback/{dataset}?to=: an earlier snapshot is published again.
func (s *Server) rollback(d Desk) resource {
	return s.publishing(d, []string{"to"}, func(ctx context.Context, _ *http.Request, dataset string, params *parameters, p store.Proposal) (store.Outcome, error) {
		return store.Rollback(ctx, d.Store, dataset, params.values.Get("to"), p)
	})
}

// publishing is a resource that publishes. The author is who the token belongs to.
func (s *Server) publishing(d Desk, known []string, run func(context.Context, *http.Request, string, *parameters, store.Proposal) (store.Outcome, error)) resource {
	return func(r *http.Request) (*answer, error) {
		dataset := mux.Vars(r)["dataset"]
		who, err := holding(r, dataset)
		if err != nil {
			return nil, err
		}
		params, err := s.parameters(r, append(known, "note", "confirm")...)
		if err != nil {
			return nil, err
		}
		confirm := params.values.Get("confirm")
		if params.values.Has("confirm") && confirm != "true" && confirm != "false" {
			return nil, badRequest("confirm is true or false")
		}
		ctx, cancel := unhurried(r)
		defer cancel()
		outcome, err := run(ctx, r, dataset, params, store.Proposal{Author: who.name, Note: params.values.Get("note"), At: s.options.Now(), Confirm: confirm == "true"})
		if err != nil {
			return nil, err
		}
		return s.json(typeJSON, cacheNone, published{outcome, s.Reload(ctx, d.Load)})
	}
}

// diff answers GET /diff/{dataset}?from=&to=: what changed between two entries.
func (s *Server) diff(d Desk) resource {
	return s.looking(d, []string{"from", "to"}, func(r *http.Request, chain []store.Entry, p *parameters) (any, error) {
		return store.Diff(r.Context(), d.Store, chain, p.values.Get("from"), p.values.Get("to"))
	})
}

// chain answers GET /history/{dataset}: the store's entries, also of a dataset
// that this server does not serve.
func (s *Server) chain(d Desk) resource {
	return s.looking(d, nil, func(_ *http.Request, chain []store.Entry, _ *parameters) (any, error) {
		return map[string]any{"dataset": chain[0].Dataset, "entries": chain}, nil
	})
}

// looking is a resource that reads the store.
func (s *Server) looking(d Desk, known []string, look func(*http.Request, []store.Entry, *parameters) (any, error)) resource {
	return func(r *http.Request) (*answer, error) {
		dataset := mux.Vars(r)["dataset"]
		if _, err := holding(r, dataset); err != nil {
			return nil, err
		}
		params, err := s.parameters(r, known...)
		if err != nil {
			return nil, err
		}
		chain, err := d.Store.History(r.Context(), dataset)
		if err != nil {
			return nil, err
		}
		if len(chain) == 0 {
			return nil, notFound("nothing was published of %q", clipped(dataset))
		}
		v, err := look(r, chain, params)
		if err != nil {
			return nil, err
		}
		return s.json(typeJSON, cacheNone, v)
	}
}

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
			return nil, badRequest("the body is no tar: %v", err)
		}
		name := path.Clean(header.Name)
		switch {
		case header.Typeflag == tar.TypeDir, header.Typeflag == tar.TypeXGlobalHeader:
			continue
		case header.Typeflag != tar.TypeReg || strings.ContainsAny(name, `/\`) || name == "..":
			return nil, badRequest("the tar holds plain files beside each other, not %q", clipped(header.Name))
		case files[name] != nil:
			return nil, badRequest("the tar holds %q twice", clipped(name))
		}
		if left -= header.Size; left < 0 {
			return nil, &http.MaxBytesError{Limit: most}
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			return nil, badBody(err)
		}
		files[name] = text
	}
}
