package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// Starts of the same server on the same files: the first, which reads and checks them, and
// the next, which takes what the first one kept.
const (
	startName = "demarc serve, until its first tile"
	againName = "demarc serve, started again"
)

// program builds the command and returns its path.
func (b *Bench) program() (string, error) {
	path := filepath.Join(b.out, "demarc")
	cmd := exec.CommandContext(b.ctx, "go", "build", "-o", path, "./cmd/demarc")
	cmd.Dir = referee.Root()
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, text)
	}
	return path, nil
}

// firstTile starts demarc serve on a folder and measures how long it takes
// until it answers a tile, by the wall, and the most memory it held until then.
func firstTile(ctx context.Context, program, folder, cache, path string) (v loaded, err error) {
	port, err := freePort()
	if err != nil {
		return v, err
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Minute)
	defer stop()
	base := &url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}
	cmd := exec.CommandContext(ctx, program, "serve", "--data", folder, "--cache", cache, "--listen", base.Host)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return v, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() {
		_ = cmd.Process.Kill()
		<-ended //nolint:errcheck // it is we who ended it
	}()
	for {
		if g, err := dial(ctx, base); err == nil { // 503 until a snapshot is served
			err = g.ask(g.request(path), nil)
			_ = g.Close()
			if err == nil {
				break
			}
		}
		select {
		case err := <-ended:
			ended <- err
			return v, errors.Join(errors.New("demarc serve ended"), err)
		case <-ctx.Done():
			return v, context.Cause(ctx)
		case <-time.After(20 * time.Millisecond):
		}
	}
	v.ReadS = time.Since(begun).Seconds()
	v.PeakB, err = peakOf(strconv.Itoa(cmd.Process.Pid))
	return v, err
}
