package main

import (
	"fmt"
	"path/filepath"

	"github.com/demarc-map/demarc/bench/gen"
)

// folder returns a dataset folder of a generated set, written once a run.
func (b *Bench) folder(name string) (string, error) {
	dir := filepath.Join(b.out, fmt.Sprintf("%s-seed%d", name, b.seed))
	if b.written[name] {
		return dir, nil
	}
	set, err := gen.Named(name, b.seed)
	if err != nil {
		return "", err
	}
	b.say("  writing %s", dir)
	if err := set.Write(dir); err != nil {
		return "", err
	}
	b.written[name] = true
	return dir, nil
}
