package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/demarc-map/demarc/internal/carry"

	"golang.org/x/term"
)

// waiting says on a terminal that something is going on, and for how long, once it
// takes over a second. end, which is never nil, takes that away again.
func waiting(w io.Writer, what string) (end func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	return ticking(f, what, time.Second)
}

// ticking is waiting on any writer, once each tick.
func ticking(w io.Writer, what string, tick time.Duration) (end func()) {
	stop, begun := make(chan struct{}), time.Now()
	ended := carry.Go(func() {
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		written := 0
		for {
			select {
			case <-stop:
				if written > 0 {
					fmt.Fprintf(w, "\r%s\r", strings.Repeat(" ", written))
				}
				return
			case <-ticker.C:
				text := fmt.Sprintf("%s … %d s", what, int(time.Since(begun).Seconds()))
				written = len(text)
				fmt.Fprint(w, "\r"+text)
			}
		}
	}, func(*carry.Bug) {}) // what cannot be drawn is no reason to stop
	return func() {
		close(stop)
		<-ended
	}
}
