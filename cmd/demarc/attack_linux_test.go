package main

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/data/gaza"
	"github.com/demarc-map/demarc/internal/referee"
)

// attackLasts is how long the long form of the attack lasts.
var attackLasts = flag.Duration("attack", 2*time.Minute, "how long the mixed attack lasts, with -soak")

// attackMemory is what the attacked server may take, and attackMargin how much of
// it besides: stacks, buffers of the system's, and what the collector has not
// come to yet.
const (
	attackMemory = 512 << 20
	attackMargin = 1.25
)

// crowded writes the embedded dataset with n more zones, of which one ends on
// each of so many days.
func crowded(t *testing.T, n, days int) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"dataset.json", "territories.geojson", "zones.geojson", "control_lines.geojson", "places.geojson", "things.geojson", "claims.json"} {
		text, err := gaza.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "zones.geojson" {
			var more bytes.Buffer
			for k := range n {
				side := int(math.Ceil(math.Sqrt(float64(n))))
				x, y, d := 34.32+0.1*float64(k%side)/float64(side), 31.3+0.1*float64(k/side)/float64(side), 0.03/float64(side)
				to := ""
				if k < days {
					to = `,"valid_to":"` + time.Date(2025, 11, 1+k, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) + `"`
				}
				fmt.Fprintf(&more, `{"type":"Feature","id":"crowd-%d","properties":{"name_en":"c","party":"israel","basis":"traced","status":"published","valid_from":"2025-10-10","mapped_on":"2025-10-19","source":"gazamaps-2025-10-19","accuracy_m":100%s},"geometry":{"type":"Polygon","coordinates":[[[%.6f,%.6f],[%.6f,%.6f],[%.6f,%.6f],[%.6f,%.6f]]]}},`,
					k, to, x, y, x+d, y, x+d, y+d, x, y)
			}
			text = bytes.Replace(text, []byte(`"features": [`), append([]byte(`"features": [`), more.Bytes()...), 1)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// resident is the memory of a process that is in use, in bytes.
func resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	kilobytes, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	return kilobytes << 10
}

// Deep bodies, bodies that do not come, and days without end from many addresses
// take no more memory than was given, and keep nobody else waiting.
func TestAMixedAttackTakesNoMoreMemoryThanGivenAndKeepsNobodyWaiting(t *testing.T) {
	lasts, zones, size, holes, slowEach, patience := 4*time.Second, 200, 1<<20, 500, 100, 5*time.Second
	if *referee.Long {
		lasts, zones, size, holes, slowEach, patience = *attackLasts, 4000, 7_800_000, 25_000, 512, time.Second
	}
	cmd := exec.Command("demarc", "serve", "--listen", "127.0.0.1:0", "--memory", "512MiB", "--data", crowded(t, zones, 40))
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	lines := bufio.NewReader(log)
	url := listening(t, lines)
	go io.Copy(io.Discard, lines)

	attackers := exec.Command("nice", "-n", "19", "attackers", url, lasts.String(), fmt.Sprint(size), fmt.Sprint(holes), fmt.Sprint(slowEach))
	attackers.Stderr = os.Stderr
	if err := attackers.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), lasts)
	defer stop()
	var all sync.WaitGroup
	var peak atomic.Int64
	var mu sync.Mutex
	took := map[string][]time.Duration{}
	for n, path := range []string{"/healthz", "/v1/gaza/share?as_of=2026-01-20", "/tiles/gaza/10/610/417.mvt?as_of=2026-01-20"} {
		all.Go(func() {
			c := from(fmt.Sprintf("127.0.9.%d", n+1))
			for ctx.Err() == nil {
				begun := time.Now()
				status := send(t.Context(), c, "GET", url+path, "")
				mu.Lock()
				took[path] = append(took[path], time.Since(begun))
				mu.Unlock()
				if status != 200 {
					t.Errorf("%s: %d", path, status)
				}
				peak.Store(max(peak.Load(), resident(cmd.Process.Pid)))
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	all.Wait()
	if err := attackers.Wait(); err != nil {
		t.Errorf("the attackers: %v", err)
	}
	for path, times := range took {
		slices.Sort(times)
		p99 := times[len(times)*99/100]
		t.Logf("%s: %d answers, half within %v, 99 of 100 within %v", path, len(times), times[len(times)/2], p99)
		if p99 > patience { // of a machine that works for the attackers as well
			t.Errorf("%s: one of 100 takes more than %v", path, p99)
		}
	}
	t.Logf("peak %d MiB of %d", peak.Load()>>20, attackMemory>>20)
	if peak.Load() == 0 || float64(peak.Load()) > attackMargin*attackMemory {
		t.Errorf("the process takes %d bytes of %d", peak.Load(), attackMemory)
	}
}
