package main

import (
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// replicas are three servers of one database, each with a copy of its own, and
// clients that ask them again and again.
type replicas struct {
	servers []served
	asked   atomic.Int64
	failed  atomic.Int64
	first   atomic.Pointer[string] // what failed first
	stop    func()
}

// drilled are the questions of the clients.
var drilled = []string{"/v1/gaza/share?as_of=2026-01-20", "/v1/gaza/shares?as_of=2026-01-20", "/v1/gaza/series", "/v1/gaza/claims", "/v1/gaza",
	"/tiles/gaza/10/610/417.mvt?as_of=2026-01-20", "/tiles/gaza.json", "/v1/gaza/history"}

// withLoad starts three replicas and the clients.
func withLoad(t *testing.T, url string) *replicas {
	t.Helper()
	r := &replicas{}
	for n := range 3 { // with time for each answer, since a busy machine is no fault of replicas
		r.servers = append(r.servers, serve(t, "--timeout", "1m", "--store", url, "--store-copy", filepath.Join(t.TempDir(), fmt.Sprint("copy", n)), "--base-url", "https://maps.example.org"))
		eventually(t, r.servers[n].urls["clients"]+"/readyz", `"gaza"`)
	}
	ended, pause := make(chan struct{}), 2*time.Millisecond
	if testing.Short() {
		pause = 20 * time.Millisecond
	}
	var load sync.WaitGroup
	for worker := range 3 {
		load.Go(func() {
			for n := worker; ; n++ {
				select {
				case <-ended:
					return
				case <-time.After(pause):
				}
				path := drilled[n%len(drilled)]
				response, err := http.Get(r.servers[n%3].urls["clients"] + path)
				if err == nil {
					_, err = io.Copy(io.Discard, response.Body)
					response.Body.Close()
				}
				r.asked.Add(1)
				if err != nil || response.StatusCode != http.StatusOK {
					r.failed.Add(1)
					said := fmt.Sprintf("%s: %v %+v", path, err, response)
					r.first.CompareAndSwap(nil, &said)
				}
			}
		})
	}
	r.stop = sync.OnceFunc(func() { close(ended); load.Wait() })
	t.Cleanup(r.stop)
	return r
}

// agree waits until all replicas serve a snapshot and returns how long that took.
func (r *replicas) agree(t *testing.T, snapshot string) time.Duration {
	t.Helper()
	begun := time.Now()
	for _, s := range r.servers {
		for end := begun.Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			if _, body := get(t, s.urls["clients"]+"/readyz"); strings.Contains(body, snapshot) {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("a replica never serves %s", snapshot)
			}
		}
	}
	return time.Since(begun)
}

// sameETags checks that every question has one answer, whoever is asked.
func (r *replicas) sameETags(t *testing.T) {
	t.Helper()
	for _, path := range drilled {
		var tags []string
		for _, s := range r.servers {
			response, err := http.Get(s.urls["clients"] + path)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			tags = append(tags, response.Header.Get("ETag"))
		}
		if slices.Sort(tags); tags[0] != tags[2] || tags[0] == "" {
			t.Errorf("%s: %q", path, tags)
		}
	}
}

// none checks that no request failed.
func (r *replicas) none(t *testing.T) {
	t.Helper()
	r.stop()
	t.Logf("%d requests, %d failed", r.asked.Load(), r.failed.Load())
	if r.failed.Load() > 0 || r.asked.Load() < 100 {
		t.Errorf("%d of %d requests failed, the first: %s", r.failed.Load(), r.asked.Load(), *r.first.Load())
	}
}

// ownCluster starts a database that a test may stop or hang.
func ownCluster(t *testing.T) (cluster *referee.Cluster, url string) {
	t.Helper()
	referee.Need(t, "postgis")
	cluster, err := referee.StartPostGIS()
	if err != nil {
		referee.Absent(t, "postgis", err.Error())
	}
	t.Cleanup(cluster.Stop)
	var dir, user string
	if _, err := fmt.Sscanf(cluster.URL, "host=%s user=%s", &dir, &user); err != nil {
		t.Fatal(err)
	}
	return cluster, fmt.Sprintf("postgres://%s@/postgres?host=%s", user, dir)
}

func TestReplicasOfADatabaseAgreeAndOutliveIt(t *testing.T) {
	t.Parallel()
	cluster, url := ownCluster(t)
	publications, away := 2, time.Second
	if *referee.Long {
		publications, away = 20, 30*time.Second
	}
	folders := []string{dataset(t), dataset(t)}
	retitle(t, folders[1], "Gaza Strip", "Second Edition")
	publishing(t, url, folders[0])
	r := withLoad(t, url)
	slowest := time.Duration(0)
	for n := range publications {
		done := publishing(t, url, folders[(n+1)%2])
		slowest = max(slowest, r.agree(t, done.Entry.Snapshot))
		r.sameETags(t)
	}
	t.Logf("%d publications, all three agree after at most %v", publications, slowest)
	if slowest > soon() {
		t.Errorf("they agree after %v", slowest)
	}

	// The database goes away: nothing changes but what /readyz says.
	if err := cluster.Halt(); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	for _, s := range r.servers {
		eventually(t, s.urls["clients"]+"/readyz", `"status":"degraded"`)
	}
	if status, said := command(t, "publish", folders[0], "--store", url, "--author", "ann"); status == 0 {
		t.Errorf("published without a database: %s", said)
	}
	copied := filepath.Join(t.TempDir(), "copy")
	if status, said := command(t, "verify", "--store", copied, "--migrate"); status != 0 {
		t.Fatal(said)
	}
	empty := serve(t, "--store", url, "--store-copy", copied)
	if status, _ := get(t, empty.urls["clients"]+"/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("a server that knows nothing: %d", status)
	}
	time.Sleep(max(0, away-time.Since(began)))
	if err := cluster.Resume(); err != nil {
		t.Fatal(err)
	}
	back := time.Now()
	for _, s := range append(r.servers, empty) {
		eventually(t, s.urls["clients"]+"/readyz", `"status":"ready"`)
	}
	t.Logf("away for %v; all ready %v after it is back", away, time.Since(back))
	done := publishing(t, url, folders[(publications+1)%2])
	r.agree(t, done.Entry.Snapshot)
	r.sameETags(t)
	r.none(t)
}

func TestAServerThatStartsWithoutItsDatabaseServesWhatItKnew(t *testing.T) {
	// A copy as a server leaves it, and a database that is nowhere.
	copied, folder := filepath.Join(t.TempDir(), "copy"), dataset(t)
	done := publishing(t, copied, folder)
	s := serve(t, "--store", "postgres://nobody@/nowhere?host="+t.TempDir(), "--store-copy", copied)
	eventually(t, s.urls["clients"]+"/readyz", `"status":"degraded"`)
	status, body := get(t, s.urls["clients"]+"/v1/gaza/share?as_of=2026-01-20")
	if status != 200 || !strings.Contains(body, done.Entry.Snapshot) {
		t.Errorf("%d %s", status, body)
	}
	if status, body := get(t, s.urls["clients"]+"/readyz"); status != 200 || strings.Contains(body, "nowhere") {
		t.Errorf("%d %s", status, body)
	}
}
