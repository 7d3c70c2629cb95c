package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestServesHTTPSFromTLS12On(t *testing.T) {
	certFile, keyFile, pool := selfSigned(t)
	s := serve(t, "--tls-cert", certFile, "--tls-key", keyFile)
	address := strings.TrimPrefix(s.urls["clients"], "https://")
	for version, accepted := range map[uint16]bool{tls.VersionTLS10: false, tls.VersionTLS11: false, tls.VersionTLS12: true, tls.VersionTLS13: true} {
		// HTTP/1.1, since HTTP/2 itself refuses what is older than TLS 1.2.
		dialer := &tls.Dialer{Config: &tls.Config{RootCAs: pool, MinVersion: version, MaxVersion: version, NextProtos: []string{"http/1.1"}}}
		conn, err := dialer.DialContext(t.Context(), "tcp", address)
		if err == nil {
			conn.Close()
		}
		if (err == nil) != accepted || err != nil && !strings.Contains(err.Error(), "protocol version") {
			t.Errorf("%s: %v", tls.VersionName(version), err)
		}
	}
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: pool}}}
	r, err := client.Get(s.urls["clients"] + "/v1")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.ProtoMajor != 2 || !strings.Contains(string(body), `"https://`) {
		t.Errorf("%s, links %s: %v", r.Proto, body, err)
	}
	if got := r.Header.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("unasked, browsers are bound to HTTPS: %s", got)
	}
}

func TestTheDoorsWithSecretsSpeakTLSWhereTheServerDoes(t *testing.T) {
	certFile, keyFile, pool := selfSigned(t)
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("correct-horse-battery\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "--tls-cert", certFile, "--tls-key", keyFile, "--hsts", "8760h", "--admin-listen", "127.0.0.1:0", "--admin-token-file", token,
		"--metrics-listen", "127.0.0.1:0", "--pprof-listen", "127.0.0.1:0")
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: pool}}}
	for door, path := range map[string]string{"clients": "/v1", "operator": "/tokens", "profiler": "/debug/pprof/cmdline", "metrics": "/metrics"} {
		scheme, address, _ := strings.Cut(s.urls[door], "://")
		if want := map[bool]string{true: "http", false: "https"}[door == "metrics"]; scheme != want {
			t.Errorf("the %s listener is said to be at %s", door, s.urls[door])
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.urls[door]+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer correct-horse-battery")
		r, err := client.Do(request)
		if err != nil {
			t.Errorf("%s: %v", door, err)
			continue
		}
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", door, r.Status)
		}
		if got, want := r.Header.Get("Strict-Transport-Security"), map[bool]string{true: "max-age=31536000"}[door == "clients"]; got != want {
			t.Errorf("%s: Strict-Transport-Security %q, not %q", door, got, want)
		}
		if door == "metrics" {
			continue
		}
		if r, err := http.Get("http://" + address + path); err == nil {
			if r.Body.Close(); r.StatusCode != http.StatusBadRequest {
				t.Errorf("%s answers in the clear: %s", door, r.Status)
			}
		}
	}
}

func TestADoorOnANetworkInTheClearIsWantedInWords(t *testing.T) {
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("correct-horse-battery\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	door := []string{"--admin-listen", "0.0.0.0:0", "--admin-token-file", token}
	var said strings.Builder
	if status := run(context.Background(), append([]string{"serve", "--listen", "127.0.0.1:0"}, door...), nil, io.Discard, &said); status != exitUsage || !strings.Contains(said.String(), "--clear-doors") {
		t.Errorf("exit status %d: %s", status, &said)
	}
	if s := serve(t, append(door, "--clear-doors")...); !strings.HasPrefix(s.urls["operator"], "http://") {
		t.Errorf("%v", s.urls)
	}
	for address, loopback := range map[string]bool{"127.0.0.1:1": true, "127.8.8.8:1": true, "[::1]:1": true, "localhost:1": true, "[::ffff:127.0.0.1]:1": true,
		":1": false, "0.0.0.0:1": false, "[::]:1": false, "10.0.0.5:1": false, "maps.example.org:1": false, "127.0.0.1.example.org:1": false, "": false} {
		if onLoopback(address) != loopback {
			t.Errorf("%q is taken for the other kind", address)
		}
	}
}

func selfSigned(t *testing.T) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certText, keyText := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	certFile, keyFile = filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	for name, text := range map[string][]byte{certFile: certText, keyFile: keyText} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(certText)
	return certFile, keyFile, pool
}
