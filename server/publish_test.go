package server_test

import (
	"archive/tar"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// desk is a server of an empty store, its doors and the store.
type desk struct {
	web, admin *httptest.Server
	store      *store.Directory
	tokens     []server.Token
	now        time.Time
	log        *served.Log // its lines
}

const operator = "correct-horse-battery"

func newDesk(t *testing.T) *desk {
	t.Helper()
	kept, err := store.CreateDirectory(t.TempDir() + "/store")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	d := &desk{store: kept, now: served.Noon, log: &served.Log{}}
	s, err := server.New(server.Options{Store: kept, Now: func() time.Time { return d.now }, Log: slog.New(slog.NewTextHandler(d.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	load := func(ctx context.Context, o data.ReadOptions) ([]*data.Snapshot, error) {
		heads, err := kept.Heads(ctx)
		if err != nil {
			return nil, err
		}
		var all []*data.Snapshot
		for _, e := range heads {
			snapshot, err := store.Open(ctx, kept, e.Snapshot)
			if err != nil {
				return nil, err
			}
			all = append(all, snapshot)
		}
		return all, nil
	}
	d.admin = httptest.NewServer(s.Admin(server.AdminOptions{Token: operator, Load: load, Store: kept, MaxBytes: 4 << 20,
		Tokens: func() ([]server.Token, error) { return d.tokens, nil }}))
	d.web = httptest.NewServer(s)
	t.Cleanup(d.admin.Close)
	t.Cleanup(d.web.Close)
	return d
}

// send sends a request with a token to the operator's door.
func (d *desk) send(t *testing.T, method, path, token string, body io.Reader) (int, string) {
	t.Helper()
	var headers []string
	if token != "" {
		headers = []string{"Authorization", "Bearer " + token}
	}
	r, text := served.Send(t, method, d.admin.URL+path, body, headers...)
	if r.Header.Get("Access-Control-Allow-Origin") != "" || r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %v", path, r.Header)
	}
	return r.StatusCode, string(text)
}

// packed is a folder as a tar.
func packed(t *testing.T, folder fs.FS) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := w.AddFS(folder); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &out
}

func TestAnEditorPublishesRollsBackAndIsServedAtOnce(t *testing.T) {
	d := newDesk(t)
	token, secret := server.NewToken("desk-one", []string{"gaza"}, served.Noon)
	d.tokens = []server.Token{token}
	expect := func(method, path string, body io.Reader, status int, says ...string) {
		t.Helper()
		got, text := d.send(t, method, path, secret, body)
		for _, want := range says {
			if got != status || !strings.Contains(text, want) {
				t.Errorf("%s %s: %d, without %q: %.400s", method, path, got, want, text)
			}
		}
	}
	first := packed(t, edited(t, "dataset.json", "Gaza Strip", "First Edition"))
	expect("POST", "/publish/gaza?note=first", first, 200, `"published":true`, `"author":"desk-one"`, `"note":"first"`, `"ok":true`)
	_, shown := served.Ask(t, "GET", d.web.URL+"/v1/gaza")
	if !strings.Contains(string(shown), "First Edition") {
		t.Errorf("%s", shown)
	}
	expect("POST", "/publish/gaza", packed(t, edited(t, "dataset.json", "Gaza Strip", "First Edition")), 200, `"published":false`)

	without := edited(t, "dataset.json", "Gaza Strip", "Second Edition")
	delete(without, "zones.geojson")
	expect("POST", "/publish/gaza", packed(t, without), 422, "wants to be confirmed", `"reasons":[`, `"percent_after":null`)
	expect("POST", "/publish/gaza?confirm=yes", packed(t, without), 400, "true or false")
	expect("POST", "/publish/gaza?confirm=true", packed(t, without), 200, `"number":2`)
	expect("GET", "/diff/gaza?from=1", nil, 200, `"change":"removed"`, `"file":"zones.geojson"`)
	expect("GET", "/history/gaza", nil, 200, `"number":2`)
	expect("POST", "/rollback/gaza", nil, 200, `"number":3`, `"note":"back to entry 1"`)
	expect("POST", "/rollback/gaza?to=9", nil, 404, "not in the store")
	_, shown = served.Ask(t, "GET", d.web.URL+"/v1/gaza/share?as_of=2026-01-20")
	if !strings.Contains(string(shown), `"basis":"traced"`) {
		t.Errorf("%s", shown)
	}

	expect("POST", "/publish/gaza", packed(t, edited(t, "zones.geojson", `"valid_from": "2025-10-10"`, `"valid_from": "2025-10-99"`)), 422, "zones.geojson", "valid_from")
	expect("POST", "/publish/gaza", strings.NewReader("no tar"), 400, "no tar")
	expect("POST", "/publish/gaza", packed(t, fstest.MapFS{"a/dataset.json": {Data: []byte("{}")}}), 400, "a/dataset.json")
	expect("POST", "/publish/gaza", packed(t, fstest.MapFS{"dataset.json": {Data: make([]byte, 5<<20)}}), 413, "larger than 4194304")
	expect("POST", "/publish/gaza?author=eve", packed(t, without), 400, "unknown parameter")
	expect("POST", "/reload", nil, 403, "not for this")
	expect("POST", "/publish/atlantis", packed(t, without), 403, "not for this")
	report, err := d.store.Verify(context.Background())
	if err != nil || !report.OK || report.Entries != 3 {
		t.Errorf("%+v %v", report, err)
	}
}

func TestASparseFileDoesNotFillTheMemory(t *testing.T) {
	record := func(name, value string) string {
		for n := len(name) + len(value) + 3; ; n++ {
			if text := fmt.Sprintf("%d %s=%s\n", n, name, value); len(text) == n {
				return text
			}
		}
	}
	sparse := record("GNU.sparse.major", "0") + record("GNU.sparse.minor", "1") + record("GNU.sparse.size", "99999999999") +
		record("GNU.sparse.numblocks", "0") + record("GNU.sparse.map", "")
	// The writer refuses to write these, so they are put in the place of another record.
	name, value := "DEMARC.x", strings.Repeat("y", len(sparse)-len("100 DEMARC.x=\n"))
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	if err := w.WriteHeader(&tar.Header{Name: "dataset.json", Typeflag: tar.TypeReg, Format: tar.FormatPAX, PAXRecords: map[string]string{name: value}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	text := bytes.Replace(out.Bytes(), []byte(record(name, value)), []byte(sparse), 1)
	if header, err := tar.NewReader(bytes.NewReader(text)).Next(); err != nil || header.Size != 99999999999 {
		t.Fatalf("%+v %v", header, err)
	}
	if status, body := newDesk(t).send(t, "POST", "/publish/gaza", operator, bytes.NewReader(text)); status != 413 {
		t.Errorf("%d %s", status, body)
	}
}

func TestATokenOpensItsOwnDatasetsUntilItIsRevoked(t *testing.T) {
	d := newDesk(t)
	one, first := server.NewToken("one", []string{"gaza"}, served.Noon)
	two, second := server.NewToken("two", []string{"there", "elsewhere"}, served.Noon)
	d.tokens = []server.Token{one, two}
	if strings.Contains(fmt.Sprint(d.tokens), strings.TrimPrefix(first, "demarc_")) || first == second {
		t.Error("the secret is kept")
	}
	body := func() io.Reader { return packed(t, edited(t, "dataset.json", "Gaza Strip", "An Edition")) }
	for _, c := range []struct {
		token  string
		status int
	}{{"", 401}, {"x", 401}, {one.SHA256, 401}, {strings.ToUpper(first), 401}, {second, 403}, {first, 200}, {operator, 200}} {
		if status, text := d.send(t, "POST", "/publish/gaza", c.token, body()); status != c.status {
			t.Errorf("%.10q: %d %s", c.token, status, text)
		}
	}
	for _, path := range []string{"/history/gaza", "/diff/gaza"} {
		if status, _ := d.send(t, "GET", path, second, nil); status != 403 {
			t.Errorf("%s: %d", path, status)
		}
	}
	now := served.Noon
	d.tokens = slices.Clone(d.tokens)
	d.tokens[0].Revoked = &now
	if status, _ := d.send(t, "POST", "/publish/gaza", first, body()); status != 401 {
		t.Errorf("a revoked token: %d", status)
	}
}
