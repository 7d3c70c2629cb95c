package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/server"
)

// tokenFile is the form of the file.
type tokenFile struct {
	Tokens []server.Token `json:"tokens"`
}

// readTokens reads the tokens; a file that is not there has none.
func readTokens(name string) ([]server.Token, error) {
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return parseTokens(name, text)
}

// parseTokens reads the text of a file, nil for one that is not there.
func parseTokens(name string, text []byte) ([]server.Token, error) {
	held := tokenFile{Tokens: []server.Token{}}
	if text == nil {
		return held.Tokens, nil
	}
	if err := json.Unmarshal(text, &held); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return held.Tokens, nil
}

// changeTokens replaces the file, whole or not at all. Changes by several
// processes come one after another, and none is lost.
func changeTokens(ctx context.Context, name string, change func([]server.Token) ([]server.Token, error)) error {
	return atomicfile.Update(ctx, name, 0o600, func(old []byte) ([]byte, error) {
		all, err := parseTokens(name, old)
		if err != nil {
			return nil, err
		}
		if all, err = change(all); err != nil {
			return nil, err
		}
		text, err := json.MarshalIndent(tokenFile{all}, "", " ")
		return append(text, '\n'), err
	})
}
