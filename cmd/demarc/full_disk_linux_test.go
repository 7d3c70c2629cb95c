package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// TestADiskThatIsFullLosesNothing publishes on a small disk until it is full.
func TestADiskThatIsFullLosesNothing(t *testing.T) {
	disk, size := t.TempDir(), "size=2m"
	if testing.Short() {
		size = "size=1m"
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, size); err != nil {
		referee.Absent(t, "mount", "no small disk can be mounted: "+err.Error())
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	where, folder := filepath.Join(disk, "store"), dataset(t)
	title, published := "Gaza Strip", 0
	for n := 0; ; n++ {
		next := strings.Repeat("e", n+1) + " Edition"
		retitle(t, folder, title, next)
		title = next
		status, said := command(t, "publish", folder, "--store", where, "--author", "ann")
		if status == 0 {
			published++
			continue
		}
		if !strings.Contains(said, "no space left") || published == 0 {
			t.Fatalf("after %d publications: %s", published, said)
		}
		break
	}
	status, said := command(t, "verify", "--store", where)
	if status != 0 || !strings.Contains(said, " 0 faults") || strings.Contains(said, "removed") {
		t.Errorf("%d %s", status, said)
	}
	if _, said = command(t, "history", "--store", where, "--json"); strings.Count(said, `"number"`) != published {
		t.Errorf("%d publications, and %s", published, said)
	}
	s := serve(t, "--store", where) // a full disk keeps nobody from reading
	if status, body := get(t, s.urls["clients"]+"/v1/gaza/share?as_of=2026-01-20"); status != 200 {
		t.Errorf("%d %s", status, body)
	}
	t.Logf("%d publications fitted", published)
}

// A disk that is full is told as that: to who publishes, and by /readyz, until
// there is room again.
func TestAFullDiskIsToldToPublishersAndByReadyz(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no small disk can be mounted: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	where, folder := filepath.Join(disk, "store"), dataset(t)
	publishing(t, where, folder)
	s, secret := withDoor(t, "--store", where)
	eventually(t, s.urls["clients"]+"/readyz", `"ready"`)
	filler := filepath.Join(disk, "filler")
	file, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = file.Write(make([]byte, 4096))
	}
	file.Close()
	retitle(t, folder, "Gaza Strip", "Second Edition")
	if r, body := posted(t, s, folder, secret); r.StatusCode != http.StatusInsufficientStorage || r.Header.Get("Retry-After") == "" || !strings.Contains(body, "the store has no space left") {
		t.Errorf("%d %v %s", r.StatusCode, r.Header, body)
	}
	eventually(t, s.urls["clients"]+"/readyz", "the store has no space left")
	if status, body := get(t, s.urls["clients"]+"/readyz"); status != http.StatusOK || !strings.Contains(body, `"degraded"`) {
		t.Errorf("%d %s", status, body)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	eventually(t, s.urls["clients"]+"/readyz", `"ready"`)
	if r, body := posted(t, s, folder, secret); r.StatusCode != http.StatusOK {
		t.Errorf("%d %s", r.StatusCode, body)
	}
}
