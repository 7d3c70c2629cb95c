package server_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/demarc-map/demarc/internal/served"
	"github.com/demarc-map/demarc/server"
)

func TestDrawnMapsOfManyDaysKeepNoShareWaiting(t *testing.T) {
	days, some := 160, int64(32)
	if testing.Short() {
		days, some = 8, 8
	}
	url := served.Gaza(t, server.Options{Now: func() time.Time { return time.Date(2031, 12, 31, 12, 0, 0, 0, time.UTC) }, Timeout: time.Minute})
	var drawn, refused, other atomic.Int64
	var asked sync.WaitGroup
	for day := range days {
		asked.Go(func() {
			response, body := served.Ask(t, "GET", url+"/map.png?as_of="+time.Date(2031, 1, 1+day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
			switch {
			case response.StatusCode == 200 && strings.HasPrefix(string(body), "\x89PNG"):
				drawn.Add(1)
			case response.StatusCode == 503 && response.Header.Get("Retry-After") != "":
				refused.Add(1)
			default:
				other.Add(1)
			}
		})
	}
	time.Sleep(50 * time.Millisecond)
	begun := time.Now()
	for n := range 5 { // of days that nobody asked about
		if response, body := served.Ask(t, "GET", fmt.Sprintf("%s/v1/gaza/share?as_of=2030-05-%02d", url, n+1)); response.StatusCode != 200 {
			t.Errorf("a share: %d %s", response.StatusCode, body)
		}
	}
	took := time.Since(begun)
	asked.Wait()
	t.Logf("%d drawn, %d refused; five shares in %v", drawn.Load(), refused.Load(), took)
	if drawn.Load() < some || other.Load() != 0 {
		t.Errorf("%d drawn, %d refused, %d something else", drawn.Load(), refused.Load(), other.Load())
	}
	if took > 5*time.Second { // each map alone took half a second of all processors
		t.Errorf("five shares in %v", took)
	}
	_, metrics := served.Ask(t, "GET", url+"/metrics")
	plates := regexp.MustCompile(`demarc_memory_held_bytes\{part="pictures"\} (\S+)`).FindStringSubmatch(string(metrics))
	if len(plates) != 2 || plates[1] == "0" || !strings.Contains(string(metrics), `demarc_gate_refused_total{gate="figures"} 0`) {
		t.Errorf("pictures hold %v", plates)
	}
}
