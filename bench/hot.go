package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"demarc/bench/gen"
)

const (
	connections = 32
	nginxName   = "nginx, a file"
)

// hotTile compares a held tile of our server with the same bytes from a bare
// handler and, where it is installed, from nginx.
func hotTile(b *Bench) (Result, error) {
	// 12/2439/1670 lies in the middle of the strip.
	return overLoopback(b, "/tiles/strip/12/2439/1670.mvt?as_of="+gen.FirstDay, true,
		Target{AtLeast: 0.9}, Target{AtMost: 1.3}, Target{})
}

// cachedShare compares a share our server holds with a constant JSON answer.
func cachedShare(b *Bench) (Result, error) {
	return overLoopback(b, "/v1/strip/share?as_of="+gen.FirstDay, false, Target{}, Target{}, Target{AtMost: 1.2})
}

// overLoopback loads our server with one path, and peers with the bytes it answers.
func overLoopback(b *Bench, path string, nginx bool, perSecond, p99, p50 Target) (r Result, err error) {
	dir, err := b.folder("strip")
	if err != nil {
		return r, err
	}
	ours, base, err := serving(b, "serve", dir)
	if err != nil {
		return r, err
	}
	defer ours.close()
	volleys := func(process int, url string) func(context.Context) (volley, error) {
		return func(ctx context.Context) (volley, error) {
			before := processorTime(process)
			v, err := ask[volley](ctx, "fire", url, fmt.Sprint(connections), fmt.Sprint(pick(b, 1, 5)))
			v.Processor = (processorTime(process) - before) / float64(v.Requests)
			return v, err
		}
	}
	sample, err := ask[volley](b.ctx, "fire", base+path, "1", "0.1")
	if err != nil {
		return r, err
	}
	file := filepath.Join(b.out, "answer")
	if err := os.WriteFile(file, sample.Body, 0o644); err != nil {
		return r, err
	}
	bare, bareURL, err := serving(b, "constant", file, sample.Type, sample.Encoding)
	if err != nil {
		return r, err
	}
	defer bare.close()
	contestants := []contestant[volley]{{"demarc", volleys(ours.cmd.Process.Pid, base+path)}, {"bare net/http handler", volleys(bare.cmd.Process.Pid, bareURL+path)}}
	if nginx {
		static, url, err := startNginx(b.ctx, file)
		if err != nil {
			r.skip("nginx", err.Error())
		} else {
			defer static.stop()
			contestants = append(contestants, contestant[volley]{nginxName, volleys(0, url)})
		}
	}
	runs, err := contest(b, contestants)
	if err != nil {
		return r, err
	}
	for i := 1; i < len(runs); i++ {
		add := func(what string, pick func(volley) float64, unit func(float64) string, target Target) {
			ours, peer := values(runs[0], pick), values(runs[i], pick)
			if i > 1 {
				target = Target{} // the targets are against the bare handler
			}
			r.Figures = append(r.Figures, Figure{What: what, Against: contestants[i].name, Ratio: ratios(ours, peer), Meaning: "ours ÷ peer's",
				Ours: unit(spread(ours).Median), Peer: unit(spread(peer).Median), Target: target})
		}
		add("requests a second", func(v volley) float64 { return v.PerSecond }, func(v float64) string { return digits(v) + "/s" }, perSecond)
		if contestants[i].name != nginxName { // whose workers are processes of their own
			add("processor time a request", func(v volley) float64 { return v.Processor }, duration, Target{})
		}
		add("p50", func(v volley) float64 { return v.P50 }, duration, p50)
		add("p99", func(v volley) float64 { return v.P99 }, duration, p99)
	}
	r.Notes = append(r.Notes, fmt.Sprintf("GET %s, %d bytes (%s, %s), %d kept-alive connections, each asking again as soon as it is answered; "+
		"servers and load generator are processes of their own and share the processors. Requests and their times are by the wall's clock.", path, len(sample.Body), sample.Type, orNone(sample.Encoding), connections))
	return r, nil
}

func orNone(encoding string) string {
	if encoding == "" {
		return "not compressed"
	}
	return encoding
}
