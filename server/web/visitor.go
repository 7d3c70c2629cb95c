package web

import (
	"context"
	"net/http"
	"net/netip"
	"time"
)

// visitor is who asks, as the context of a request carries it.
type visitor struct {
	client  netip.Prefix             // not valid where it is not known
	control *http.ResponseController // of the connection
}

type visitorKey struct{}

// visit puts the visitor into the context of a request.
func visit(r *http.Request, w http.ResponseWriter, f Forwarding) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitorKey{}, &visitor{clientOf(f.Client(r)), http.NewResponseController(w)}))
}

// visitorOf returns who asks; an empty one where nobody said.
func visitorOf(ctx context.Context) *visitor {
	if v, ok := ctx.Value(visitorKey{}).(*visitor); ok {
		return v
	}
	return &visitor{}
}

// clientOf is what one client has: its IPv4 address or IPv6 /64.
func clientOf(address netip.Addr) netip.Prefix {
	bits := 32
	if address.Is6() {
		bits = 64
	}
	prefix, err := address.Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return prefix
}

// hangUp ends what the visitor is sending, at once.
func (v *visitor) hangUp() {
	if v.control != nil {
		_ = v.control.SetReadDeadline(time.Now()) // a connection without deadlines ends by its own limits
	}
}
