package main

import (
	"bytes"
	"io"
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
	request, err := http.NewRequestWithContext(t.Context(), "POST", s.urls["operator"]+"/publish/gaza", bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+secret)
	r, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(body)
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
