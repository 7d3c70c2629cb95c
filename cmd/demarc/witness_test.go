package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// keyPair writes a pair of keys as openssl does and returns the files.
func keyPair(t *testing.T) (private, public string) {
	t.Helper()
	pub, priv, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := x509.MarshalPKCS8PrivateKey(priv)
	if err != nil {
		t.Fatal(err)
	}
	outer, err := x509.MarshalPKIXPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	private, public = filepath.Join(dir, "key.pem"), filepath.Join(dir, "key.pub.pem")
	for name, block := range map[string]*pem.Block{private: {Type: "PRIVATE KEY", Bytes: inner}, public: {Type: "PUBLIC KEY", Bytes: outer}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return private, public
}

// Only what was signed is served by who wants it signed; what was not is named.
func TestWhatNobodySignedIsNotServedByWhoWantsSignatures(t *testing.T) {
	private, public := keyPair(t)
	_, other := keyPair(t)
	where, folder := filepath.Join(t.TempDir(), "store"), dataset(t)
	retitle(t, folder, "Gaza Strip", "Signed Edition")
	if status, said := command(t, "publish", folder, "--store", where, "--sign", private); status != 0 {
		t.Fatal(said)
	}
	if status, said := command(t, "verify", "--store", where, "--signed-by", other, "--signed-by", public); status != 0 {
		t.Errorf("%d %s", status, said)
	}
	if status, said := command(t, "verify", "--store", where, "--signed-by", other); status != 1 || !strings.Contains(said, "signed by none of the keys") {
		t.Errorf("%d %s", status, said)
	}
	s, secret := withDoor(t, "--store", where, "--signed-by", public)
	url := s.urls["clients"]
	eventually(t, url+"/readyz", `"ready"`)
	if r, body := posted(t, s, folder, secret); r.StatusCode != http.StatusForbidden || !strings.Contains(body, "--sign") {
		t.Errorf("%d %s", r.StatusCode, body)
	}
	retitle(t, folder, "Signed Edition", "Forged Edition")
	publishing(t, where, folder)
	eventually(t, url+"/readyz", "a history is not the one that was signed")
	if _, body := get(t, url+"/v1/gaza"); !strings.Contains(body, "Signed Edition") {
		t.Errorf("%s", body)
	}
	if status, said := command(t, "verify", "--store", where, "--signed-by", public); status != 1 {
		t.Errorf("%d %s", status, said)
	}
	s.stop()
	url = serve(t, "--store", where, "--signed-by", public).urls["clients"]
	if status, body := get(t, url+"/readyz"); status != 200 || !strings.Contains(body, `"degraded"`) {
		t.Errorf("after a restart: %d %s", status, body)
	}
	if _, body := get(t, url+"/v1/gaza"); !strings.Contains(body, "Signed Edition") {
		t.Errorf("after a restart: %s", body)
	}
}

// A history that was cut off is not served as ready, after a restart either, by
// who remembers how far it went.
func TestAHistoryThatWasCutOffIsNotReadyAfterARestart(t *testing.T) {
	dir, folder := t.TempDir(), dataset(t)
	where, state := filepath.Join(dir, "store"), filepath.Join(dir, "state.json")
	publishing(t, where, folder)
	retitle(t, folder, "Gaza Strip", "Second Edition")
	second := publishing(t, where, folder).Entry
	s := serve(t, "--store", where, "--state", state)
	eventually(t, s.urls["clients"]+"/readyz", `"ready"`)
	for text := ""; !strings.Contains(text, second.ID); {
		b, _ := os.ReadFile(state)
		text = string(b)
	}
	s.stop()
	if status, said := command(t, "verify", "--store", where, "--state", state, "--expect", second.Snapshot); status != 0 {
		t.Errorf("%d %s", status, said)
	}
	if err := os.RemoveAll(filepath.Join(where, "00000002")); err != nil {
		t.Fatal(err)
	}
	for what, args := range map[string][]string{"a state": {"--state", state}, "an entry": {"--expect", second.ID}, "a snapshot": {"--expect", second.Snapshot}} {
		s := serve(t, append([]string{"--store", where}, args...)...)
		if status, body := get(t, s.urls["clients"]+"/readyz"); status != 200 || !strings.Contains(body, `"degraded"`) || !strings.Contains(body, "a history is not the one") {
			t.Errorf("%s: %d %s", what, status, body)
		}
		s.stop()
		if status, said := command(t, append([]string{"verify", "--store", where}, args...)...); status != 1 || !strings.Contains(said, second.ID) && !strings.Contains(said, second.Snapshot) {
			t.Errorf("%s: %d %s", what, status, said)
		}
	}
	if err := os.RemoveAll(filepath.Join(where, "00000001")); err != nil { // and emptied
		t.Fatal(err)
	}
	if status, said := command(t, "verify", "--store", where, "--state", state); status != 1 || !strings.Contains(said, "does not reach entry 2") {
		t.Errorf("%d %s", status, said)
	}
}
