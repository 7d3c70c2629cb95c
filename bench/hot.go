package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/demarc-map/demarc/bench/gen"
)

// The hot tile lies in the middle of the strip.
const (
	connections         = 32
	hotZoom, hotX, hotY = 12, 2439, 1670
	sameName            = "bare net/http handler of the same bytes, header and body"
	bareName            = "bare net/http handler of the body alone"
	nginxName           = "nginx, a file"
)

// hotTile compares a held tile of our server with the same bytes from a bare
// handler, nginx and servers of archives, and with tegola's own tile.
func hotTile(b *Bench) (r Result, err error) {
	h, err := newLoopback(b, fmt.Sprintf("/tiles/strip/%d/%d/%d.mvt?as_of=%s", hotZoom, hotX, hotY, gen.FirstDay))
	if err != nil {
		return r, err
	}
	defer h.close()
	if p, err := startNginx(b.ctx, h.sample.Body); err != nil {
		r.skip("nginx", err.Error())
	} else {
		h.add(p.stop, nginxName, fireOrder{Base: p.base, Paths: []string{"/answer"}}, 0) // whose workers are processes of their own
	}
	for _, peer := range append(archiveServers(), tegola(true)) {
		p, err := peer.begin(b, "strip")
		if err != nil {
			r.skip(peer.name, err.Error())
			continue
		}
		order := fireOrder{Base: p.base, Paths: []string{peer.path("strip", hotZoom, hotX, hotY)}, Changing: peer.changing}
		h.add(p.stop, peer.name, order, p.cmd.Process.Pid)
	}
	err = h.measure(b, &r, func(peer string) loopbackTargets {
		switch peer {
		case sameName:
			return loopbackTargets{perSecond: Target{AtLeast: 0.9}, p99: Target{AtMost: 1.3}}
		case bareName, nginxName:
			return loopbackTargets{}
		}
		return loopbackTargets{perSecond: Target{AtLeast: 2.2}}
	})
	r.Notes = append(r.Notes, "mbtileserver and go-pmtiles serve an archive that demarc wrote: the very bytes of our answer. tegola serves its own tile of the same place from its cache. nginx serves the bytes as a file with an open-file cache and is a ceiling.")
	return r, err
}

// cachedShare compares a share our server holds with a constant JSON answer.
func cachedShare(b *Bench) (r Result, err error) {
	h, err := newLoopback(b, "/v1/strip/share?as_of="+gen.FirstDay)
	if err != nil {
		return r, err
	}
	defer h.close()
	return r, h.measure(b, &r, func(peer string) loopbackTargets {
		if peer == bareName {
			return loopbackTargets{}
		}
		return loopbackTargets{p50: Target{AtMost: 1.2}}
	})
}

// loopback is our server, a bare handler of the bytes it answers on one path,
// and peers.
type loopback struct {
	path        string
	sample      volley
	contestants []contestant[volley]
	measured    []bool // whether a contestant's processor time is known
	ends        []func()
	seconds     float64
}

type loopbackTargets struct{ perSecond, p50, p99 Target }

func newLoopback(b *Bench, path string) (h *loopback, err error) {
	h = &loopback{path: path, seconds: pick(b, 1.0, 3)}
	defer func() {
		if err != nil {
			h.close()
		}
	}()
	dir, err := b.folder("strip")
	if err != nil {
		return nil, err
	}
	ours, base, err := serving(b, "serve", dir)
	if err != nil {
		return nil, err
	}
	h.add(func() { _ = ours.close() }, "demarc", fireOrder{Base: base, Paths: []string{path}}, ours.cmd.Process.Pid)
	if h.sample, err = (fireOrder{Base: base, Paths: []string{path}, Connections: 1, Seconds: 0.1}).volley(b.ctx); err != nil {
		return nil, err
	}
	file := filepath.Join(b.out, "answer")
	if err := os.WriteFile(file, h.sample.Body, 0o644); err != nil {
		return nil, err
	}
	bodyAlone := []string{"constant", file, h.sample.Type, h.sample.Encoding}
	for _, one := range []struct {
		name string
		args []string
	}{{sameName, append(slices.Clone(bodyAlone), base+path)}, {bareName, bodyAlone}} {
		bare, base, err := serving(b, one.args...)
		if err != nil {
			return nil, err
		}
		h.add(func() { _ = bare.close() }, one.name, fireOrder{Base: base, Paths: []string{path}}, bare.cmd.Process.Pid)
	}
	return h, nil
}

// add takes in a server that end stops; process is 0 where several do the work.
func (h *loopback) add(end func(), name string, order fireOrder, process int) {
	order.Connections, order.Seconds = connections, h.seconds
	h.ends, h.measured = append(h.ends, end), append(h.measured, process != 0)
	h.contestants = append(h.contestants, contestant[volley]{name, func(ctx context.Context) (volley, error) {
		before := processorTime(process)
		v, err := order.volley(ctx)
		if err == nil && v.Failed > 0 {
			err = fmt.Errorf("%d of %d requests failed: %s", v.Failed, v.Requests, v.Fault)
		}
		v.Processor = (processorTime(process) - before) / float64(v.Requests)
		return v, err
	}})
}

func (h *loopback) close() {
	for _, end := range h.ends {
		end()
	}
}

// measure runs the contest and adds its figures to r.
func (h *loopback) measure(b *Bench, r *Result, targets func(peer string) loopbackTargets) error {
	runs, err := contest(b, h.contestants)
	if err != nil {
		return err
	}
	for i := 1; i < len(runs); i++ {
		name := h.contestants[i].name
		add := func(what string, pick func(volley) float64, unit func(float64) string, target Target) {
			ours, peer := values(runs[0], pick), values(runs[i], pick)
			r.Figures = append(r.Figures, Figure{What: what, Against: name, Ratio: ratios(ours, peer), Meaning: "ours ÷ peer's",
				Ours: unit(spread(ours).Median), Peer: unit(spread(peer).Median), Target: target})
		}
		target := targets(name)
		add("requests a second", func(v volley) float64 { return v.PerSecond }, perSecond, target.perSecond)
		if h.measured[i] {
			add("processor time a request", func(v volley) float64 { return v.Processor }, duration, Target{})
		}
		add("p50", func(v volley) float64 { return v.P50 }, duration, target.p50)
		add("p99", func(v volley) float64 { return v.P99 }, duration, target.p99)
	}
	r.Notes = append(r.Notes, fmt.Sprintf("GET %s, %d bytes (%s, %s), %d kept-alive connections, each asking again as soon as it is answered; "+
		"servers and load generator are processes of their own and share the processors. Requests and their times are by the wall's clock. "+
		"The lines of our header are those the contract asks for; a handler that sends none of them is told apart, since net/http takes time for each.",
		h.path, len(h.sample.Body), h.sample.Type, orNone(h.sample.Encoding), connections))
	return nil
}

func perSecond(v float64) string { return digits(v) + "/s" }

func orNone(encoding string) string {
	if encoding == "" {
		return "not compressed"
	}
	return encoding
}
