package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// onLoopback says whether only this machine reaches an address to listen on.
// A name counts when it is localhost; no other is looked up.
func onLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false // listening says what is wrong with it
	}
	if host == "localhost" {
		return true
	}
	at, err := netip.ParseAddr(host)
	return err == nil && at.Unmap().IsLoopback()
}

// checkDoors refuses a door whose secrets others could hear on their way. What
// /metrics tells is none: it may be in the clear.
func (o *serveOptions) checkDoors() error {
	if o.hsts != 0 && o.tlsCert == "" {
		return errors.New("--hsts wants --tls-cert: over plain HTTP browsers do not listen to it; a proxy in front says it itself")
	}
	if o.tlsCert != "" || o.clearDoors {
		return nil
	}
	if o.edit && (o.tokens != "" || o.adminToken != "") && !onLoopback(o.listen) {
		return fmt.Errorf("--edit with tokens at --listen %s would send them in the clear: give the server --tls-cert and --tls-key, "+
			"listen on a loopback address behind a proxy, or say --clear-doors where the network is private", o.listen)
	}
	for flag, address := range map[string]string{"--admin-listen": o.admin, "--pprof-listen": o.pprof} {
		if address != "" && !onLoopback(address) {
			return fmt.Errorf("%s %s would send secrets in the clear: give the server --tls-cert and --tls-key, or the door a loopback address, "+
				"or say --clear-doors where the network is private", flag, address)
		}
	}
	return nil
}

// closeAll stops listening.
func closeAll(all []*listener) error {
	var err error
	for _, l := range all {
		err = errors.Join(err, l.accepts.Close())
	}
	return err
}

// strict has browsers ask for a handler's host by HTTPS only, for so long
// (RFC 6797); a header that comes over plain HTTP they ignore, so there is none.
func strict(h http.Handler, lifetime time.Duration) http.Handler {
	if lifetime <= 0 {
		return h
	}
	value := fmt.Sprintf("max-age=%d", int64(lifetime/time.Second))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.TLS != nil {
			w.Header().Set("Strict-Transport-Security", value)
		}
		h.ServeHTTP(w, r)
	})
}
