package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/server"
	"github.com/demarc-map/demarc/tiles"
	"github.com/demarc-map/demarc/tiles/archive"
)

// site writes answers of a server, asked in this process, as files that any
// file server serves.
type site struct {
	dir   string
	web   *server.Server
	tiles archive.Options
	files int
	bytes int64
	page  sitePage
}

// writeSite writes the folder of a site, whole or not at all: for every epoch
// and reading a page with its figures and map, the answers as JSON, the
// features, and the tiles as PMTiles.
func writeSite(ctx context.Context, e *exportJob) (string, error) {
	e.file = filepath.Clean(e.file) // site/ is site
	if _, err := os.Stat(e.file); err == nil {
		return "", fmt.Errorf("%s is there already; a site is written to a new folder, and a link turned to it", e.file)
	}
	if e.baseURL == "" {
		return "", errors.New("a site wants --base-url, what the links of its answers begin with: a server of the same data")
	}
	around := contextsOf([]datasetOptions{e.place})
	web, err := server.New(server.Options{BaseURL: e.baseURL, Version: build(), Timeout: copyTimeout, Context: around})
	if err != nil {
		return "", err
	}
	if err := web.Publish(ctx, e.snapshot); err != nil {
		return "", err
	}
	s := &site{web: web, tiles: e.tiles}
	s.tiles.Maker = maker()
	err = atomicfile.NewFolder(ctx, e.file, func(temporary string) error {
		s.dir = temporary
		return s.write(ctx, e.snapshot, e.day)
	})
	return fmt.Sprintf("%d files, %d bytes", s.files, s.bytes), err
}

// dayOf is the day that stands for all of an epoch: the one asked about when it
// is in it, else the first.
func dayOf(epoch data.Epoch, asked data.Date) data.Date {
	if epoch.Contains(asked) {
		return asked
	}
	return epoch.From
}

// begun are the epochs that do not lie after today, about which nothing is answered.
func begun(epochs []data.Epoch, today data.Date) []data.Epoch {
	for i, e := range epochs {
		if e.From > today {
			return epochs[:i]
		}
	}
	return epochs
}

// errNotThere means that there is no such answer.
var errNotThere = errors.New("not found")

// write writes every file of the site.
func (s *site) write(ctx context.Context, snapshot *data.Snapshot, day data.Date) error {
	id := snapshot.Dataset.ID
	for path, file := range map[string]string{"/v1": "v1/index.json", "/v1/" + id: "v1/dataset.json", "/v1/" + id + "/claims": "v1/claims.json",
		"/v1/" + id + "/quality": "v1/quality.json", "/v1/" + id + "/snapshot": "v1/snapshot.json"} {
		if err := s.keep(ctx, path, nil, file); err != nil {
			return err
		}
	}
	atlas, err := tiles.NewAtlas(ctx, snapshot, tiles.Options{Store: tiles.NewStore(16 << 20)})
	if err != nil {
		return err
	}
	s.page = sitePage{snapshot: snapshot}
	for _, epoch := range begun(snapshot.Epochs, data.DateOf(time.Now())) {
		err := s.keep(ctx, "/v1/"+id+"/shares", url.Values{"as_of": {dayOf(epoch, day).String()}}, "v1/shares-"+epoch.From.String()+".json")
		if err != nil && !errors.Is(err, errNotThere) { // no reading maps it
			return err
		}
	}
	for _, basis := range snapshot.Dataset.Bases {
		if err := s.keep(ctx, "/v1/"+id+"/series", url.Values{"basis": {basis.ID}}, "v1/series-"+basis.ID+".json"); err != nil {
			return err
		}
		for _, epoch := range begun(snapshot.Epochs, data.DateOf(time.Now())) {
			if err := s.edition(ctx, atlas, basis.ID, dayOf(epoch, day)); err != nil {
				return err
			}
		}
	}
	return s.pages()
}

// edition writes what is shown on a day under a reading, nothing when it maps nothing then.
func (s *site) edition(ctx context.Context, atlas *tiles.Atlas, basis string, on data.Date) error {
	snapshot := atlas.Snapshot()
	id := snapshot.Dataset.ID
	edition, err := snapshot.Edition(basis, on)
	var gap *data.NotMapped
	if errors.As(err, &gap) {
		return nil
	}
	if err != nil {
		return err
	}
	share, err := snapshot.Share(ctx, data.Query{Basis: basis, AsOf: on})
	if err != nil {
		return err
	}
	name := edition.Epoch.From.String() + "-" + basis
	query := url.Values{"as_of": {on.String()}, "basis": {basis}}
	if err := s.keep(ctx, "/v1/"+id+"/share", query, "v1/share-"+name+".json"); err != nil {
		return err
	}
	if err := s.keep(ctx, "/export/"+id+".geojson", query, "export/"+name+".geojson"); err != nil {
		return err
	}
	if err := s.keep(ctx, "/map.svg", url.Values{"area": {id}, "as_of": {on.String()}, "basis": {basis}}, "map-"+name+".svg"); err != nil {
		return err
	}
	o := s.tiles
	o.Edition = edition
	file := filepath.Join(s.dir, "tiles", name+".pmtiles")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	summary, err := archive.Write(ctx, file, archive.PMTiles, atlas, o)
	if err != nil {
		return err
	}
	s.files, s.bytes = s.files+1, s.bytes+summary.Bytes
	shares, err := snapshot.Shares(ctx, "", on)
	if err != nil {
		return err
	}
	s.page.add(name, share, shares)
	return nil
}

// keep writes the server's answer to a path as a file.
func (s *site) keep(ctx context.Context, path string, query url.Values, file string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://site"+path+"?"+query.Encode(), nil)
	if err != nil {
		return err
	}
	w := &answered{header: http.Header{}, status: http.StatusOK}
	s.web.ServeHTTP(w, request)
	if w.status == http.StatusNotFound {
		return fmt.Errorf("%s: %w", path, errNotThere)
	}
	if w.status != http.StatusOK {
		return fmt.Errorf("%s: %d: %s", path, w.status, &w.body)
	}
	return s.put(file, w.body.Bytes())
}

// answered is an answer in memory.
type answered struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answered) Header() http.Header            { return a.header }
func (a *answered) WriteHeader(status int)         { a.status = status }
func (a *answered) Write(text []byte) (int, error) { return a.body.Write(text) }

func (s *site) put(file string, text []byte) error {
	name := filepath.Join(s.dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	s.files, s.bytes = s.files+1, s.bytes+int64(len(text))
	return os.WriteFile(name, text, 0o644)
}

// pages writes the page of every edition; index.html is that of the default
// reading's last.
func (s *site) pages() error {
	for i := range s.page.editions {
		var text bytes.Buffer
		if err := s.page.write(&text, i); err != nil {
			return err
		}
		if err := s.put(s.page.editions[i].name+".html", text.Bytes()); err != nil {
			return err
		}
		if i == s.page.front() {
			if err := s.put("index.html", text.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}
