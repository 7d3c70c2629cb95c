package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

func tokenCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Let people publish over HTTP: add, list and revoke tokens",
		Long: `token works on the file that serve is given by --tokens. The file holds hashes
only; a secret is shown once, when it is made. A server reads the file at each
request, so that a token which is revoked opens nothing from that moment on.`,
	}
	cmd.PersistentFlags().StringVar(&file, "tokens", "tokens.json", "file with the tokens")
	var datasets []string
	add := &cobra.Command{
		Use:     "add NAME --dataset ID",
		Short:   "Make a token and print its secret, this once",
		Example: `  demarc token add desk --dataset gaza`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, id := range append(datasets, args[0]) {
				if !data.ValidID(id) {
					return fmt.Errorf("%q: names and datasets are made of lower-case letters, digits and hyphens between them", id)
				}
			}
			token, secret := server.NewToken(args[0], datasets, time.Now())
			err := changeTokens(cmd.Context(), file, func(all []server.Token) ([]server.Token, error) {
				if slices.ContainsFunc(all, func(t server.Token) bool { return t.ID == token.ID && t.Revoked == nil }) {
					return nil, fmt.Errorf("%s has a token; revoke it first", token.ID)
				}
				return append(all, token), nil
			})
			if err != nil {
				return refuse(err)
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), secret)
			return refuse(err)
		},
	}
	add.Flags().StringArrayVar(&datasets, "dataset", nil, "dataset it may publish; may be given several times")
	_ = add.MarkFlagRequired("dataset") // fails only for a flag that does not exist
	var asJSON bool
	list := &cobra.Command{
		Use: "list", Short: "List the tokens", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			all, err := readTokens(file)
			if err != nil {
				return refuse(err)
			}
			if asJSON {
				return refuse(writeJSON(cmd.OutOrStdout(), map[string]any{"tokens": all}))
			}
			for _, t := range all {
				state := "since " + t.Created.Format(time.RFC3339)
				if t.Revoked != nil {
					state = "revoked " + t.Revoked.Format(time.RFC3339)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s  %s\n", t.ID, strings.Join(t.Datasets, ","), state)
			}
			return nil
		},
	}
	list.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	revoke := &cobra.Command{
		Use: "revoke NAME", Short: "Let a token open nothing any more", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return refuse(changeTokens(cmd.Context(), file, func(all []server.Token) ([]server.Token, error) {
				now, found := time.Now().UTC().Truncate(time.Second), false
				for i := range all {
					if all[i].ID == args[0] && all[i].Revoked == nil {
						all[i].Revoked, found = &now, true
					}
				}
				if !found {
					return nil, fmt.Errorf("%s has no token", args[0])
				}
				return all, nil
			}))
		},
	}
	cmd.AddCommand(add, list, revoke)
	return cmd
}

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
