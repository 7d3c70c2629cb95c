package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

// tokenOptions holds the flags of demarc token and its commands.
type tokenOptions struct {
	file     string
	datasets []string // that a new token may publish
	expires  string   // how long a new token opens anything; "" for ever
	overlap  string   // how long the secret it takes the place of still does
	asJSON   bool
}

func newTokenCommand() *cobra.Command {
	var o tokenOptions
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Let people publish over HTTP: add, list, rotate and revoke tokens",
		Long: `token works on the file that serve is given by --tokens. The file holds hashes
only; a secret is shown once, when it is made. A server reads the file at each
request, so that a token which is revoked opens nothing from that moment on.
When a token was last used a running server knows: GET /tokens on its
--admin-listen, and its log.`,
	}
	cmd.PersistentFlags().StringVar(&o.file, "tokens", "tokens.json", "file with the tokens")
	cmd.AddCommand(newTokenAddCommand(&o), newTokenListCommand(&o), newTokenRotateCommand(&o), newTokenRevokeCommand(&o))
	return cmd
}

func newTokenAddCommand(o *tokenOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "add NAME --dataset ID",
		Short:   "Make a token and print its secret, this once",
		Example: `  demarc token add desk --dataset gaza --expires 90d`,
		Args:    cobra.ExactArgs(1),
		RunE:    runs(runTokenAdd, o),
	}
	cmd.Flags().StringArrayVar(&o.datasets, "dataset", nil, "dataset it may publish; may be given several times")
	cmd.Flags().StringVar(&o.expires, "expires", "", "how long it opens anything, such as 90d or 12h (default: until it is revoked)")
	_ = cmd.MarkFlagRequired("dataset") // fails only for a flag that does not exist
	return cmd
}

func runTokenAdd(ctx context.Context, std streams, o tokenOptions, args []string) error {
	for _, id := range append(slices.Clone(o.datasets), args[0]) {
		if !data.ValidID(id) {
			return fmt.Errorf("%q: names and datasets are made of lower-case letters, digits and hyphens between them", id)
		}
	}
	now := time.Now()
	token, secret := server.NewToken(args[0], o.datasets, now)
	if o.expires != "" {
		lifetime, err := readLifetime("--expires", o.expires)
		if err != nil {
			return err
		}
		token.ExpireIn(lifetime, now)
	}
	err := changeTokens(ctx, o.file, func(all []server.Token) ([]server.Token, error) {
		if len(live(all, token.ID, now)) > 0 {
			return nil, fmt.Errorf("%s has a token; rotate it, or revoke it first", token.ID)
		}
		return append(all, token), nil
	})
	if err != nil {
		return refuse(err)
	}
	_, err = fmt.Fprintln(std.out, secret)
	return refuse(err)
}

func newTokenListCommand(o *tokenOptions) *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List the tokens", Args: cobra.NoArgs, RunE: runs(runTokenList, o)}
	jsonFlag(cmd.Flags(), &o.asJSON)
	return cmd
}

func runTokenList(_ context.Context, std streams, o tokenOptions, _ []string) error {
	all, err := readTokens(o.file)
	if err != nil {
		return refuse(err)
	}
	if o.asJSON {
		return refuse(writeJSON(std.out, map[string]any{"tokens": all}))
	}
	for _, t := range all {
		state := "since " + t.Created.Format(time.RFC3339)
		switch {
		case t.Revoked != nil:
			state = "revoked " + t.Revoked.Format(time.RFC3339)
		case t.Ended(time.Now()) != "":
			state = "expired " + t.Expires.Format(time.RFC3339)
		case t.Expires != nil:
			state += " until " + t.Expires.Format(time.RFC3339)
		}
		fmt.Fprintf(std.out, "%s  %s  %s\n", t.ID, strings.Join(t.Datasets, ","), state)
	}
	return nil
}

func newTokenRevokeCommand(o *tokenOptions) *cobra.Command {
	return &cobra.Command{Use: "revoke NAME", Short: "Let a token open nothing any more", Args: cobra.ExactArgs(1), RunE: runs(runTokenRevoke, o)}
}

func runTokenRevoke(ctx context.Context, _ streams, o tokenOptions, args []string) error {
	return refuse(changeTokens(ctx, o.file, func(all []server.Token) ([]server.Token, error) {
		now := time.Now().UTC().Truncate(time.Second)
		ours := live(all, args[0], now)
		if len(ours) == 0 {
			return nil, fmt.Errorf("%s has no token", args[0])
		}
		for _, i := range ours {
			all[i].Revoked = &now
		}
		return all, nil
	}))
}
