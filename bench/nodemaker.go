package main

import (
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/demarc-map/demarc/internal/referee"
)

// node returns how to run a script of bench/, or why it cannot be run.
func node(b *Bench, script, library string, args ...string) (*exec.Cmd, error) {
	program, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(referee.Root(), "bench")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", filepath.FromSlash(library))); err != nil {
		return nil, errors.New("not installed; run npm ci in bench/")
	}
	cmd := exec.CommandContext(b.ctx, program, append([]string{"--max-old-space-size=16000", script, library}, args...)...)
	cmd.Dir = dir
	return cmd, nil
}

// nodeMaker makes tiles with a JavaScript library in a process of its own.
type nodeMaker struct {
	*dialogue
	file string // where the script leaves the tiles
}

func (w *work) nodeMaker(b *Bench, library string) (*nodeMaker, error) {
	dir, err := b.folder(w.set.Name)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(b.out, strings.ReplaceAll(strings.TrimPrefix(library, "@"), "/", "-")+".tiles")
	cmd, err := node(b, "tiles.mjs", library, filepath.Join(dir, "zones.geojson"), file)
	if err != nil {
		return nil, err
	}
	d, err := converse(cmd)
	return &nodeMaker{d, file}, err
}

// pass asks for all tiles; the script answers with the seconds of each zoom and
// leaves the tiles in the file, each behind its length in four bytes.
func (m *nodeMaker) pass(_ *Bench, w *work) (*passed, error) {
	p := &passed{tiles: make([][]byte, len(w.tiles))}
	if err := m.ask(w.tiles, &p.seconds); err != nil {
		return nil, err
	}
	text, err := os.ReadFile(m.file)
	if err != nil {
		return nil, err
	}
	for i := range p.tiles {
		n := binary.LittleEndian.Uint32(text)
		p.tiles[i], text = text[4:4+n], text[4+n:]
	}
	return p, nil
}
