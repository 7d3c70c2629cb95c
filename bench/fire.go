package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// volley is what a load generator measured.
type volley struct {
	PerSecond float64
	P50, P99  float64 // seconds
	Worst     float64
	Requests  int
	Failed    int
	Fault     string  // the first failure
	Processor float64 `json:"-"` // seconds of the server's processor time a request
	Body      []byte  // of the first answer, as sent
	Type      string  // its Content-Type and Content-Encoding
	Encoding  string
}

// fireOrder says what to fire at. Each connection is kept alive and asks again
// as soon as it has its answer, unless it keeps a pace.
type fireOrder struct {
	Base        string
	Paths       []string // asked for in turn; each once when Seconds is 0
	Connections int
	Seconds     float64
	// Pace is how many seconds lie between two requests of a connection; times
	// count from when a request was due, so that one slow answer counts for all
	// that it delays. 0 is no pause.
	Pace float64
	// Changing answers may have another length than the first, and failures are
	// counted instead of ending the volley.
	Changing bool
}

// fire loads a server from a process of its own: "fire ORDER".
func fire(ctx context.Context, args []string) (any, error) {
	var o fireOrder
	if err := json.Unmarshal([]byte(args[0]), &o); err != nil {
		return nil, err
	}
	target, err := url.Parse(o.Base)
	if err != nil {
		return nil, err
	}
	var v volley
	length := -1
	if o.Seconds > 0 { // otherwise each path is to be asked for once
		first, err := dial(ctx, target)
		if err != nil {
			return nil, err
		}
		defer first.Close()
		var body bytes.Buffer
		if err := first.ask(first.request(o.Paths[0]), &body); err != nil {
			return nil, err
		}
		v.Body, v.Type, v.Encoding = body.Bytes(), first.contentType, first.encoding
		if len(o.Paths) == 1 && !o.Changing {
			length = first.length
		}
	}
	s := &shooting{order: o, target: target, length: length, begun: time.Now()}
	times := make([][]time.Duration, o.Connections)
	var group sync.WaitGroup
	for i := range o.Connections {
		group.Go(func() { times[i] = s.shoot(ctx, i) })
	}
	group.Wait()
	took := time.Since(s.begun)
	if fault := s.fault.Load(); fault != nil {
		if !o.Changing {
			return nil, fmt.Errorf("%s: %w", o.Base, *fault)
		}
		v.Fault = (*fault).Error()
	}
	all := slices.Concat(times...)
	if len(all) == 0 {
		return nil, fmt.Errorf("%s answered nothing", o.Base)
	}
	slices.Sort(all)
	v.Requests, v.Failed = len(all), int(s.failed.Load())
	v.PerSecond = float64(len(all)) / took.Seconds()
	v.P50, v.P99, v.Worst = all[len(all)/2].Seconds(), all[len(all)*99/100].Seconds(), all[len(all)-1].Seconds()
	return v, nil
}

// shooting is what the connections share.
type shooting struct {
	order  fireOrder
	target *url.URL
	length int // that every answer must have, −1 for any
	begun  time.Time
	next   atomic.Int64 // path, when each is asked for once
	failed atomic.Int64
	fault  atomic.Pointer[error]
}

// shoot asks on one connection until the end and returns how long each answer took.
func (s *shooting) shoot(ctx context.Context, number int) (times []time.Duration) {
	g, err := dial(ctx, s.target)
	if err != nil {
		s.miss(err)
		return nil
	}
	defer func() { _ = g.Close() }() // the one that is open then
	requests := make([][]byte, len(s.order.Paths))
	for i, path := range s.order.Paths {
		requests[i] = g.request(path)
	}
	pace := time.Duration(s.order.Pace * float64(time.Second))
	end := s.begun.Add(time.Duration(s.order.Seconds * float64(time.Second)))
	due := s.begun.Add(pace * time.Duration(number) / time.Duration(s.order.Connections))
	for k := number; ; k++ {
		if s.order.Seconds == 0 {
			if k = int(s.next.Add(1)) - 1; k >= len(requests) {
				return times
			}
		}
		if pace > 0 {
			time.Sleep(time.Until(due))
		} else {
			due = time.Now()
		}
		if s.order.Seconds > 0 && !due.Before(end) {
			return times
		}
		if err := g.ask(requests[k%len(requests)], nil); err != nil || s.length >= 0 && g.length != s.length {
			if err == nil {
				err = fmt.Errorf("%d bytes came, %d before", g.length, s.length)
			}
			if s.miss(err); !s.order.Changing {
				return times
			}
			_ = g.Close()
			again, err := dial(ctx, s.target)
			if err != nil {
				s.miss(err)
				return times
			}
			g = again
		}
		times = append(times, time.Since(due))
		due = due.Add(pace)
	}
}

func (s *shooting) miss(err error) {
	s.failed.Add(1)
	s.fault.CompareAndSwap(nil, &err)
}

// volley fires from a child.
func (o fireOrder) volley(ctx context.Context) (volley, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return volley{}, err
	}
	return ask[volley](ctx, "fire", string(text))
}
