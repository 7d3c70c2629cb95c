package main

import (
	"bytes"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// withDoor runs demarc serve with the operator's door and returns it with the
// secret of a desk that may publish the strip.
func withDoor(t *testing.T, args ...string) (s served, secret string) {
	t.Helper()
	tokens := filepath.Join(t.TempDir(), "tokens.json")
	status, said := command(t, "token", "add", "desk", "--dataset", "gaza", "--tokens", tokens)
	if status != 0 {
		t.Fatal(said)
	}
	return serve(t, append([]string{"--admin-listen", "127.0.0.1:0", "--tokens", tokens}, args...)...), strings.TrimSpace(said)
}

// posted publishes a folder through the operator's door.
func posted(t *testing.T, s served, folder, secret string) (*http.Response, string) {
	t.Helper()
	text, err := exec.Command("tar", "-c", "-C", folder, "--exclude=*.go", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	return exchange(t, "POST", s.urls["operator"]+"/publish/gaza", "Bearer "+secret, bytes.NewReader(text))
}

func TestADatabaseThatIsAwayIsToldToPublishers(t *testing.T) {
	copied, folder := filepath.Join(t.TempDir(), "copy"), dataset(t)
	publishing(t, copied, folder)
	s, secret := withDoor(t, "--store", "postgres://nobody@/nowhere?host="+t.TempDir(), "--store-copy", copied)
	eventually(t, s.urls["clients"]+"/readyz", `"degraded"`)
	r, body := posted(t, s, folder, secret)
	if r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" || !strings.Contains(body, "the store cannot be reached") || strings.Contains(body, "nowhere") {
		t.Errorf("%d %v %s", r.StatusCode, r.Header, body)
	}
}
