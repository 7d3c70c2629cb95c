package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ErrTampered means that bytes are not those that a name was given to.
var ErrTampered = errors.New("the bytes are not those the name stands for")

// NameOf returns the name of the snapshot that has these canonical bytes.
func NameOf(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// ReadCanonical reads a snapshot back from its canonical bytes and checks it as
// Read does. It returns ErrTampered, naming both, when the bytes do not have
// the wanted name, or when they do but this program would write them otherwise.
func ReadCanonical(ctx context.Context, name string, canonical []byte) (*Snapshot, error) {
	return ReadOptions{}.ReadCanonical(ctx, name, canonical)
}

// ReadCanonical is the function of that name with options.
func (o ReadOptions) ReadCanonical(ctx context.Context, name string, canonical []byte) (*Snapshot, error) {
	if got := NameOf(canonical); got != name {
		return nil, fmt.Errorf("snapshot %s: %w: they are %s", name, ErrTampered, got)
	}
	if o.Keeper == nil {
		return o.checkCanonical(ctx, name, canonical)
	}
	kept := KeptOf(name, "canonical")
	if s, _ := o.take(ctx, kept); s != nil && s.name == name {
		return s, nil
	}
	s, err := o.checkCanonical(ctx, name, canonical)
	if err == nil {
		o.Keeper.Keep(ctx, kept, func(w io.Writer) error { return packSnapshot(w, kept, s, &Report{}) })
	}
	return s, err
}

// KeptOf is the name under which something is kept of the snapshot of a name.
func KeptOf(name, what string) string { return strings.TrimPrefix(name, "sha256:") + "-" + what }

// Forget removes what was kept of a stored snapshot, which was taken away for good.
func (o ReadOptions) Forget(name string) {
	if o.Keeper != nil {
		o.Keeper.Forget(KeptOf(name, ""))
	}
}

// checkCanonical is ReadCanonical for bytes that have the name.
func (o ReadOptions) checkCanonical(ctx context.Context, name string, canonical []byte) (*Snapshot, error) {
	var documents map[string]jsontext.Value
	if err := json.Unmarshal(canonical, &documents); err != nil {
		return nil, fmt.Errorf("snapshot %s: %w", name, err)
	}
	files := make(Files, len(documents))
	for file, text := range documents {
		files[file] = text
	}
	s, _, err := o.read(ctx, files, true)
	if err != nil {
		return nil, fmt.Errorf("snapshot %s: %w", name, err)
	}
	if s.Name() != name {
		return nil, fmt.Errorf("snapshot %s: %w: this program writes the same facts as %s", name, ErrTampered, s.Name())
	}
	return s, nil
}
