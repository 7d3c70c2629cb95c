package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/store"
	"github.com/demarc-map/demarc/internal/referee"
)

// command runs demarc in this process and returns its exit status and what it says.
func command(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	status := run(context.Background(), args, nil, &out, &out)
	return status, out.String()
}

// publishing publishes a folder, which has to succeed.
func publishing(t *testing.T, where, folder string) store.Outcome {
	t.Helper()
	status, said := command(t, "publish", folder, "--store", where, "--author", "ann", "--json")
	var done store.Outcome
	if err := json.Unmarshal([]byte(said), &done); status != 0 || err != nil {
		t.Fatalf("%d %v %s", status, err, said)
	}
	return done
}

func TestWhatIsPublishedIsServedWithinTwoSeconds(t *testing.T) {
	t.Parallel()
	where, folder := filepath.Join(t.TempDir(), "store"), dataset(t)
	s := serve(t, "--store", where) // nothing is there yet
	if status, _ := get(t, s.urls["clients"]+"/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("an empty store: %d", status)
	}
	for _, title := range []string{"First Edition", "Second Edition", "Third Edition"} {
		from := map[string]string{"First Edition": "Gaza Strip", "Second Edition": "First Edition", "Third Edition": "Second Edition"}[title]
		retitle(t, folder, from, title)
		publishing(t, where, folder)
		begun := time.Now()
		eventually(t, s.urls["clients"]+"/v1/gaza", title)
		if took := time.Since(begun); took > soon() {
			t.Errorf("%s is served after %v", title, took)
		}
	}
	if status, said := command(t, "rollback", "1", "--store", where, "--author", "ben"); status != 0 {
		t.Fatal(said)
	}
	eventually(t, s.urls["clients"]+"/v1/gaza", "First Edition")
	if _, body := get(t, s.urls["clients"]+"/v1/gaza/history"); strings.Count(body, `"number"`) != 4 || !strings.Contains(body, "back to entry 1") {
		t.Errorf("%s", body)
	}
}

// soon is how long a publication may take to be served: two seconds, which a
// machine that does other work beside a quick run of the tests may not keep.
func soon() time.Duration {
	if *referee.Long {
		return 2 * time.Second
	}
	return 10 * time.Second
}

func TestAnEditorPublishesOverTheOperatorsDoor(t *testing.T) {
	dir, folder := t.TempDir(), dataset(t)
	where, tokens := filepath.Join(dir, "store"), filepath.Join(dir, "tokens.json")
	status, secret := command(t, "token", "add", "desk", "--dataset", "gaza", "--tokens", tokens)
	if status != 0 {
		t.Fatal(secret)
	}
	s := serve(t, "--store", where, "--admin-listen", "127.0.0.1:0", "--tokens", tokens)
	archive := exec.Command("tar", "-c", "-C", folder, "--exclude=*.go", ".")
	text, err := archive.Output()
	if err != nil {
		t.Fatal(err)
	}
	post := func() (int, string) {
		r, body := exchange(t, "POST", s.urls["operator"]+"/publish/gaza?note=by+tar", "Bearer "+strings.TrimSpace(secret), bytes.NewReader(text))
		return r.StatusCode, body
	}
	if status, body := post(); status != 200 || !strings.Contains(body, `"author":"desk"`) {
		t.Fatalf("%d %s", status, body)
	}
	if status, body := get(t, s.urls["clients"]+"/v1/gaza/share?as_of=2026-01-20"); status != 200 || !strings.Contains(body, `"percent":53.138335`) {
		t.Errorf("%d %s", status, body)
	}
	if status, said := command(t, "token", "revoke", "desk", "--tokens", tokens); status != 0 {
		t.Fatal(said)
	}
	if status, body := post(); status != 401 {
		t.Errorf("after it was revoked: %d %s", status, body)
	}
}

// TestAPublicationThatIsKilledIsThereOrNot kills demarc publish with SIGKILL at
// random moments. What was acknowledged is there, everything else whole or not.
func TestAPublicationThatIsKilledIsThereOrNot(t *testing.T) {
	kills := 20
	switch {
	case *referee.Long:
		kills = 500
	case testing.Short():
		kills = 10
	}
	dir := t.TempDir()
	where := filepath.Join(dir, "store")
	folders := []string{dataset(t), dataset(t)}
	retitle(t, folders[1], "Gaza Strip", "Second Edition")
	publishing(t, where, folders[0])
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	begun := time.Now()
	publishing(t, where, folders[1])
	usual := time.Since(begun) // in this process; a new one takes longer to start
	acknowledged, survived, torn := 2, 0, 0
	for n := range kills {
		var out bytes.Buffer
		cmd := exec.Command("demarc", "publish", folders[n%2], "--store", where, "--author", "ann")
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(3 * usual))))
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()
		names, err := os.ReadDir(where)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name.Name(), ".tmp") {
				torn++
			}
		}
		s, err := store.OpenDirectory(where)
		if err != nil {
			t.Fatal(err)
		}
		report, err := s.Verify(t.Context())
		if err != nil || !report.OK || report.Entries < acknowledged {
			t.Fatalf("after kill %d: %+v %v", n, report, err)
		}
		if strings.Contains(out.String(), "published") && report.Entries != acknowledged+1 && !strings.Contains(out.String(), "unchanged") {
			t.Errorf("after kill %d: it was acknowledged and is not there: %s", n, &out)
		}
		if report.Entries > acknowledged {
			survived++
		}
		acknowledged = report.Entries
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		for _, name := range entries(t, where) {
			if strings.HasPrefix(name, ".") {
				t.Errorf("after kill %d: %s was left behind", n, name)
			}
		}
	}
	t.Logf("%d kills: %d published all the same, %d left temporaries, which are gone", kills, survived, torn)
	publishing(t, where, folders[0])
}

func entries(t *testing.T, folder string) []string {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range all {
		names = append(names, entry.Name())
	}
	return names
}

func TestTamperedBytesAreNotServed(t *testing.T) {
	where, folder := filepath.Join(t.TempDir(), "store"), dataset(t)
	done := publishing(t, where, folder)
	hash := strings.TrimPrefix(done.Entry.Snapshot, "sha256:")
	name := filepath.Join(where, "00000001", hash+".json")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, bytes.Replace(text, []byte("34.4736"), []byte("34.4636"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, said := command(t, "verify", "--store", where); status != 1 || !strings.Contains(said, done.Entry.Snapshot) {
		t.Errorf("%d %s", status, said)
	}
	s := serve(t, "--store", where)
	for _, path := range []string{"/readyz", "/v1/gaza/share", "/tiles/gaza/10/610/417.mvt"} {
		if status, body := get(t, s.urls["clients"]+path); status != http.StatusServiceUnavailable {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	// What replaces it cannot be compared with it, and so wants to be confirmed.
	retitle(t, folder, "Gaza Strip", "Second Edition")
	if status, said := command(t, "publish", folder, "--store", where); status != 1 || !strings.Contains(said, "cannot be compared") {
		t.Errorf("%d %s", status, said)
	}
	if status, said := command(t, "publish", folder, "--store", where, "--confirm"); status != 0 {
		t.Errorf("%d %s", status, said)
	}
	eventually(t, s.urls["clients"]+"/v1/gaza", "Second Edition")
}
