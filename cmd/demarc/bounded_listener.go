package main

import "net"

// boundedListener accepts connections within bounds.
type boundedListener struct {
	net.Listener
	bounds *connections
}

// Accept returns the next connection that there is room for. One from an address
// that has too many at work is closed at once.
func (l boundedListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if entered := l.bounds.enter(conn); entered != nil {
			return entered, nil
		}
		_ = conn.Close() // nothing was said on it
	}
}

// Close ends the wait for room too.
func (l boundedListener) Close() error {
	l.bounds.close()
	return l.Listener.Close()
}
