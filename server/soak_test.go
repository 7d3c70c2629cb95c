package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"
	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

// edited is the Gaza dataset with text of one file replaced.
func edited(t *testing.T, file, from, to string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	names, err := gaza.Files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := gaza.Files.ReadFile(name.Name())
		if err != nil {
			t.Fatal(err)
		}
		if name.Name() == file {
			if !bytes.Contains(text, []byte(from)) {
				t.Fatalf("%s lacks %q", file, from)
			}
			text = bytes.ReplaceAll(text, []byte(from), []byte(to))
		}
		out[name.Name()] = &fstest.MapFile{Data: text}
	}
	return out
}

func reading(files fstest.MapFS) server.Load {
	return func(ctx context.Context, o data.ReadOptions) ([]*data.Snapshot, error) {
		s, _, err := data.Read(ctx, files)
		return []*data.Snapshot{s}, err
	}
}

// question is one kind of request of the load.
type question struct{ method, path, body string }

var questions = []question{
	{"GET", "/v1/gaza/share?as_of=2026-01-20", ""},
	{"GET", "/v1/gaza/shares?as_of=2026-01-20", ""},
	{"GET", "/v1/gaza/series", ""},
	{"GET", "/v1/gaza/claims", ""},
	{"GET", "/v1/gaza", ""},
	{"GET", "/v1/gaza/snapshot", ""},
	{"GET", "/tiles/gaza.json", ""},
	{"GET", "/tiles/gaza/10/610/417.mvt", ""},
	{"GET", "/tiles/gaza/12/2440/1669.mvt", ""},
	{"GET", "/export/gaza.geojson", ""},
	{"GET", "/v1/gaza/at?lon=34.52&lat=31.53&as_of=2026-01-20", ""},
	{"POST", "/v1/gaza/share?as_of=2026-01-20", `{"type":"Polygon","coordinates":[[[34.3,31.3],[34.4,31.3],[34.4,31.4],[34.3,31.4],[34.3,31.3]]]}`},
	{"POST", "/v1/gaza/split", `{"type":"LineString","coordinates":[[34.2,31.4],[34.6,31.4]]}`},
	{"GET", "/v1/gaza/displacement?percent=60&basis=line-cut&as_of=2026-01-20", ""},
	{"GET", "/v1/gaza/changes?basis=line-cut&against=traced", ""},
	{"GET", "/v1/gaza/series?every=month&to=2026-01-01", ""},
	{"GET", "/v1/gaza/parties", ""},
	{"GET", "/v1/gaza/quality", ""},
	{"GET", "/v1/gaza/near?within=500&side=free&basis=line-cut&as_of=2026-01-20", ""},
	{"GET", "/styles/gaza.json", ""},
	{"GET", "/map.svg", ""},
	{"GET", "/ogc/collections/gaza-zones/items", ""},
	{"POST", "/v1/gaza/at", `{"type":"MultiPoint","coordinates":[[34.5,31.53],[34.3,31.45]]}`},
	{"POST", "/v1/gaza/tally?basis=traced&as_of=2026-01-20&within=500", `{"type":"MultiPoint","coordinates":[[34.5,31.53],[34.3,31.45]]}`},
}

// put asks a question and returns status, body and the snapshot it is of.
func (q question) put(client *http.Client, url string) (int, string, string, error) {
	request, err := http.NewRequestWithContext(context.Background(), q.method, url+q.path, strings.NewReader(q.body))
	if err != nil {
		return 0, "", "", err
	}
	r, err := client.Do(request)
	if err != nil {
		return 0, "", "", err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	return r.StatusCode, string(body), r.Header.Get("Demarc-Snapshot"), err
}

func TestReloadsUnderLoadFailNobodyAndMixNothing(t *testing.T) {
	reloads := 50
	switch {
	case *referee.Long:
		reloads = 1000
	case testing.Short():
		reloads = 12
	}
	good := []fstest.MapFS{edited(t, "dataset.json", "Gaza Strip", "Gaza Strip"), edited(t, "zones.geojson", "34.4736,31.57119", "34.4740,31.57019")}
	broken := edited(t, "zones.geojson", `"valid_from": "2025-10-10"`, `"valid_from": "2025-10-99"`)

	s, err := server.New(server.Options{Now: func() time.Time { return served.Noon }, Heavy: 64})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	defer web.Close()
	transport := &http.Transport{MaxIdleConnsPerHost: 8}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}

	// What each question is answered by each of the two.
	want := make([][2]string, len(questions))
	var names [2]string
	for i := range good {
		done := s.Reload(context.Background(), reading(good[i]))
		if !done.OK {
			t.Fatal(done.Error)
		}
		names[i] = done.Snapshots["gaza"]
		for j, q := range questions {
			status, body, _, err := q.put(client, web.URL)
			if err != nil || status != 200 {
				t.Fatalf("%s: %d %v %s", q.path, status, err, body)
			}
			want[j][i] = body
		}
	}
	if names[0] == names[1] || want[0][0] == want[0][1] || want[7][0] == want[7][1] {
		t.Fatal("the two datasets are the same")
	}
	descriptors := openDescriptors()

	var asked atomic.Int64
	ended := make(chan struct{})
	var during atomic.Int32        // 0 before the reloads, 1 while they go on
	var took [2][4][]time.Duration // by that and by worker
	var load sync.WaitGroup
	for worker := range 4 {
		load.Go(func() {
			for n := worker; ; n++ {
				select {
				case <-ended:
					return
				default:
				}
				j := n % len(questions)
				begun := time.Now()
				status, body, name, err := questions[j].put(client, web.URL)
				phase := during.Load()
				took[phase][worker] = append(took[phase][worker], time.Since(begun))
				asked.Add(1)
				switch of := slices.Index(want[j][:], body); {
				case err != nil || status != 200:
					t.Errorf("%s: %d %v %.200s", questions[j].path, status, err, body)
				case of < 0:
					t.Errorf("%s: the answer is that of neither snapshot", questions[j].path)
				case name != "" && name != names[of]:
					// Equal bodies of both snapshots are found under the first.
					if want[j][0] != want[j][1] {
						t.Errorf("%s: the answer is of %s and says %s", questions[j].path, names[of], name)
					}
				}
				time.Sleep(time.Millisecond) // the load is bounded
			}
		})
	}
	percentile := func(phase int) time.Duration {
		all := slices.Concat(took[phase][:]...)
		slices.Sort(all)
		return all[len(all)*99/100]
	}
	for asked.Load() < 200 {
		time.Sleep(time.Millisecond)
	}
	during.Store(1)
	refused := 0
	for n := range reloads {
		files := broken
		if n%3 < 2 {
			files = good[n%3]
		}
		if done := s.Reload(context.Background(), reading(files)); done.OK != (n%3 < 2) {
			t.Errorf("reload %d: %+v", n, done)
		} else if !done.OK {
			refused++
			if len(done.Faults) == 0 || done.Snapshots["gaza"] != names[1] {
				t.Errorf("a refused reload: %+v", done)
			}
		}
	}
	close(ended)
	load.Wait()
	t.Logf("%d reloads, %d of them refused; %d questions, p99 %v before and %v during", reloads, refused, asked.Load(), percentile(0), percentile(1))
	transport.CloseIdleConnections()
	if now := openDescriptors(); descriptors > 0 && now > descriptors+16 {
		t.Errorf("%d descriptors are open, %d before", now, descriptors)
	}
}

// openDescriptors counts this process's open files, 0 where that cannot be told.
func openDescriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

func TestAPageOpenedBeforeAReloadGoesOn(t *testing.T) {
	s, err := server.New(server.Options{Now: func() time.Time { return served.Noon }})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	defer web.Close()
	var pinned, tile []string
	for n := range 4 {
		done := s.Reload(context.Background(), reading(edited(t, "dataset.json", "Gaza Strip", fmt.Sprint("Edition ", n))))
		if !done.OK {
			t.Fatal(done.Error)
		}
		pinned = append(pinned, web.URL+"/tiles/gaza/10/609/417.mvt?as_of=2026-01-20&snapshot="+done.Snapshots["gaza"])
		_, body := served.Ask(t, "GET", pinned[n])
		tile = append(tile, string(body))
	}
	for n, status := range []int{404, 200, 200, 200} { // two before the current one are kept
		r, body := served.Ask(t, "GET", pinned[n])
		if r.StatusCode != status || status == 200 && string(body) != tile[n] {
			t.Errorf("snapshot %d: %d", n, r.StatusCode)
		}
	}
}

// crowd asks each time as another client behind one proxy.
type crowd struct {
	http.Transport
	asked atomic.Int32
}

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	n := c.asked.Add(1)
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.0.%d.%d", n/256%256, n%256))
	return c.Transport.RoundTrip(r)
}

func TestBeyondTheGateHeavyRequestsAreRefusedAndAllOthersAnswered(t *testing.T) {
	const heavy = 4
	teeth := 4000
	if testing.Short() {
		teeth = 1000
	}
	url := served.Gaza(t, server.Options{Heavy: heavy / 2, Queue: heavy / 2, Timeout: time.Minute, Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	client := &http.Client{Transport: &crowd{Transport: http.Transport{DisableKeepAlives: true}}}
	work := question{"POST", "/v1/gaza/share", comb(teeth, false)}
	light := []question{questions[0], questions[7], questions[5], {"GET", "/healthz", ""}}
	for _, q := range light { // held from now on
		if status, body, _, err := q.put(client, url); status != 200 {
			t.Fatal(status, err, body)
		}
	}
	var counts [600]atomic.Int64
	var heavies, lights sync.WaitGroup
	ended := make(chan struct{})
	var slowest atomic.Int64
	lights.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-ended:
				return
			default:
			}
			begun := time.Now()
			if status, body, _, err := light[n%len(light)].put(client, url); status != 200 {
				t.Errorf("%s under overload: %d %v %s", light[n%len(light)].path, status, err, body)
			}
			slowest.Store(max(slowest.Load(), int64(time.Since(begun))))
		}
	})
	for range 10 * heavy {
		heavies.Go(func() {
			status, body, _, err := work.put(client, url)
			if err != nil {
				t.Error(err)
				return
			}
			counts[status].Add(1)
			if status == 503 && !strings.Contains(body, "busy") {
				t.Errorf("refused for another reason: %s", body)
			}
		})
	}
	heavies.Wait()
	close(ended)
	lights.Wait()
	admitted, refused := counts[200].Load(), counts[503].Load()
	t.Logf("%d admitted, %d refused, slowest light answer %v", admitted, refused, time.Duration(slowest.Load()))
	if admitted < heavy || refused == 0 || admitted+refused != 10*heavy {
		t.Errorf("%d admitted and %d refused of %d", admitted, refused, 10*heavy)
	}
	if status, body, _, err := work.put(client, url); status != 200 {
		t.Errorf("afterwards: %d %v %s", status, err, body)
	}
}
