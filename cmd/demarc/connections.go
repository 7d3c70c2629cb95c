package main

import (
	"container/list"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// connections bounds the connections of one listener, all together and those of
// one address. Beyond either, the one that has been idle longest makes room: it
// is between two requests, or has not yet asked anything.
type connections struct {
	most, each int            // of all and of one address; each is without bound when 0
	exempt     []netip.Prefix // addresses that speak for many

	mu     sync.Mutex
	room   sync.Cond
	open   int
	of     map[netip.Addr]int
	idle   list.List // of *connection, the longest idle in front
	closed bool
}

func newConnections(most, each int, exempt []netip.Prefix) *connections {
	c := &connections{most: most, each: each, exempt: exempt, of: map[netip.Addr]int{}}
	c.room.L = &c.mu
	return c
}

// connection is one of them.
type connection struct {
	net.Conn
	all     *connections
	address netip.Addr
	once    sync.Once
	at      *list.Element // in connections.idle, nil while it is at work
	said    atomic.Bool   // something came since it was idle
}

// Read notes that something came.
func (c *connection) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if n > 0 {
		c.said.Store(true)
	}
	return n, err
}

// CloseWrite ends what is sent and goes on reading: net/http does so after an
// answer that comes before the end of a request, which a reset would destroy.
func (c *connection) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close closes it and makes room. One that is closed while the client may still
// be sending is read for a moment: what nobody reads would be answered by a reset,
// and that takes the answer with it.
func (c *connection) Close() error {
	c.once.Do(func() {
		if c.said.Load() && c.CloseWrite() == nil && c.SetReadDeadline(time.Now().Add(linger)) == nil {
			_, _ = io.CopyN(io.Discard, c.Conn, lingerBytes) // an end either way
		}
		c.all.leave(c)
	})
	return c.Conn.Close()
}

// Bounds of what is read of a connection that is to be closed.
const (
	linger      = 500 * time.Millisecond
	lingerBytes = 1 << 20
)

// enter counts a connection that was accepted once there is room for it, and
// returns nil when the listener was closed meanwhile.
func (c *connections) enter(conn net.Conn) *connection {
	entered := &connection{Conn: conn, all: c, address: addressOf(conn)}
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.full(entered.address) {
		if c.closed {
			return nil
		}
		if gone := c.longestIdle(entered.address); gone != nil {
			c.idle.Remove(gone.at)
			gone.at = nil
			c.mu.Unlock()
			gone.said.Store(false)
			_ = gone.Close() // it is gone either way
			c.mu.Lock()
			continue
		}
		if c.open < c.most { // only this address has too many, all at work
			return nil
		}
		c.room.Wait()
	}
	c.open++
	c.of[entered.address]++
	entered.at = c.idle.PushBack(entered)
	return entered
}

// full reports whether there is no room for a connection from an address.
func (c *connections) full(from netip.Addr) bool { return c.open >= c.most || c.tooMany(from) }

func (c *connections) tooMany(from netip.Addr) bool {
	return c.each > 0 && c.of[from] >= c.each && !slices.ContainsFunc(c.exempt, func(p netip.Prefix) bool { return p.Contains(from) })
}

// longestIdle returns the connection that makes room, of the same address where
// that has too many.
func (c *connections) longestIdle(from netip.Addr) *connection {
	own := c.tooMany(from)
	for at := c.idle.Front(); at != nil; at = at.Next() {
		if one := at.Value.(*connection); !own || one.address == from {
			return one
		}
	}
	return nil
}

// leave counts a connection that is closed.
func (c *connections) leave(one *connection) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if one.at != nil {
		c.idle.Remove(one.at)
		one.at = nil
	}
	c.open--
	if c.of[one.address]--; c.of[one.address] == 0 {
		delete(c.of, one.address)
	}
	c.room.Signal()
}

// state hears from net/http what a connection does.
func (c *connections) state(conn net.Conn, now http.ConnState) {
	one, ok := conn.(*connection)
	if wrapped, encrypted := conn.(interface{ NetConn() net.Conn }); encrypted {
		one, ok = wrapped.NetConn().(*connection)
	}
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch now {
	case http.StateActive:
		if one.at != nil {
			c.idle.Remove(one.at)
			one.at = nil
		}
	case http.StateIdle:
		one.said.Store(false)
		if one.at == nil {
			one.at = c.idle.PushBack(one)
		}
	default: // enter and leave know of the others
	}
	c.room.Signal() // an idle one can make room
}

// close lets nobody wait any more.
func (c *connections) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.room.Broadcast()
}

// addressOf is the address of the other end; not valid for what is no TCP connection.
func addressOf(conn net.Conn) netip.Addr {
	if end, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		return end.AddrPort().Addr().Unmap().WithZone("")
	}
	return netip.Addr{}
}
