package store

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// signed is what is signed of an entry: its ID, which is a hash over all it says
// and all that was published before it, after words that no other signature has.
func signed(id string) []byte { return []byte("demarc entry " + id) }

// scheme begins every signature.
const scheme = "ed25519:"

// sign signs the ID of an entry (RFC 8032); it returns "" without a key.
func sign(id string, key ed25519.PrivateKey) string {
	if key == nil {
		return ""
	}
	return scheme + base64.StdEncoding.EncodeToString(ed25519.Sign(key, signed(id)))
}

// SignedBy reports whether one of the keys signed the entry.
func (e Entry) SignedBy(keys []ed25519.PublicKey) bool {
	text, ok := strings.CutPrefix(e.Signature, scheme)
	signature, err := base64.StdEncoding.Strict().DecodeString(text)
	if !ok || err != nil {
		return false
	}
	for _, key := range keys {
		if ed25519.Verify(key, signed(e.ID), signature) {
			return true
		}
	}
	return false
}

// PrivateKey reads a key to sign with, as openssl genpkey -algorithm ed25519
// writes it (PEM, PKCS #8).
func PrivateKey(text []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, errors.New("it holds no private key in PEM (PKCS #8)")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("its private key cannot be read") // what it says may tell of the key
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("its private key is not of Ed25519")
	}
	return private, nil
}

// PublicKey reads a key to check signatures with, as openssl pkey -pubout writes
// it (PEM, PKIX).
func PublicKey(text []byte) (ed25519.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil, errors.New("it holds no public key in PEM")
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("its public key: %w", err)
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("its public key is not of Ed25519")
	}
	return public, nil
}
