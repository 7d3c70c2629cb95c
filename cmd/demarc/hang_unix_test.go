//go:build unix

package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A database that hangs closes no connection and answers nothing. The server says
// so within 15 seconds, goes on serving, and follows again when it wakes.
func TestADatabaseThatHangsIsDegradedWithinFifteenSeconds(t *testing.T) {
	t.Parallel()
	cluster, url := ownCluster(t)
	folder := dataset(t)
	publishing(t, url, folder)
	s := serve(t, "--store", url, "--store-copy", filepath.Join(t.TempDir(), "copy"))
	clients := s.urls["clients"]
	eventually(t, clients+"/readyz", `"ready"`)
	if err := cluster.Hang(); err != nil {
		t.Fatal(err)
	}
	awake := false
	t.Cleanup(func() {
		if !awake {
			_ = cluster.Wake()
		}
	})
	begun := time.Now()
	for {
		status, body := get(t, clients+"/readyz")
		if status != http.StatusOK {
			t.Fatalf("%d %s", status, body)
		}
		if strings.Contains(body, `"degraded"`) {
			break
		}
		if time.Since(begun) > 15*time.Second {
			t.Fatalf("after %v it is still ready", time.Since(begun))
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Logf("degraded after %v", time.Since(begun))
	if status, body := get(t, clients+"/v1/gaza/share?as_of=2026-01-20"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	if err := cluster.Wake(); err != nil {
		t.Fatal(err)
	}
	awake = true
	eventually(t, clients+"/readyz", `"ready"`)
	retitle(t, folder, "Gaza Strip", "Second Edition")
	publishing(t, url, folder)
	eventually(t, clients+"/v1/gaza", "Second Edition")
}
