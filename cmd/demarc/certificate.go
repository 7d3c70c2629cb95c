package main

import (
	"crypto/tls"
	"errors"
	"sync/atomic"
)

// certificate is the server's own, read from files that somebody else renews.
type certificate struct {
	certFile, keyFile string
	current           atomic.Pointer[tls.Certificate]
}

// newCertificate reads the files; it returns nil when neither is named.
func newCertificate(certFile, keyFile string) (*certificate, error) {
	if certFile == "" && keyFile == "" {
		return nil, nil
	}
	if certFile == "" || keyFile == "" {
		return nil, errors.New("--tls-cert and --tls-key go together")
	}
	c := &certificate{certFile: certFile, keyFile: keyFile}
	return c, c.renew()
}

// renew reads the files again; on an error the certificate stays what it was.
func (c *certificate) renew() error {
	read, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err == nil {
		c.current.Store(&read)
	}
	return err
}

// config takes TLS 1.2 and newer with Go's choice of ciphers.
func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return c.current.Load(), nil
	}}
}
