package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/demarc-map/demarc/server"

	"github.com/spf13/cobra"
)

func newTokenRotateCommand(o *tokenOptions) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rotate NAME",
		Short: "Make a new secret for a token; the old one ends a little later",
		Long: `rotate prints a new secret for the same datasets. The old one goes on opening
them for --overlap, so that whoever publishes can change over without a gap,
and then ends. A name has two secrets at most. A new secret lives as long as
the old one was made to, or for --expires.`,
		Example: `  demarc token rotate desk --overlap 24h`,
		Args:    cobra.ExactArgs(1),
		RunE:    runs(runTokenRotate, o),
	}
	cmd.Flags().StringVar(&o.overlap, "overlap", "24h", "how long the old secret still opens what it did, such as 24h or 7d")
	cmd.Flags().StringVar(&o.expires, "expires", "", "how long the new secret opens anything, such as 90d (default: as long as the old one was to)")
	return cmd
}

func runTokenRotate(ctx context.Context, std streams, o tokenOptions, args []string) error {
	overlap, err := readLifetime("--overlap", o.overlap)
	if err != nil {
		return err
	}
	var lifetime time.Duration // 0 for that of the old one
	if o.expires != "" {
		if lifetime, err = readLifetime("--expires", o.expires); err != nil {
			return err
		}
	}
	secret := ""
	err = changeTokens(ctx, o.file, func(all []server.Token) ([]server.Token, error) {
		now := time.Now()
		ours := live(all, args[0], now)
		switch len(ours) {
		case 0:
			return nil, fmt.Errorf("%s has no token", args[0])
		case 1:
		default:
			if end := all[ours[0]].Expires; end != nil {
				return nil, fmt.Errorf("%s has two secrets until %s; rotate it then, or revoke both", args[0], end.Format(time.RFC3339))
			}
			return nil, fmt.Errorf("%s has two secrets; revoke both", args[0])
		}
		old := &all[ours[0]]
		if lifetime == 0 && old.Expires != nil {
			lifetime = old.Expires.Sub(old.Created)
		}
		var made server.Token
		made, secret = server.NewToken(old.ID, slices.Clone(old.Datasets), now)
		if lifetime != 0 {
			made.ExpireIn(lifetime, now)
		}
		old.ExpireIn(overlap, now)
		return append(all, made), nil
	})
	if err != nil {
		return refuse(err)
	}
	_, err = fmt.Fprintln(std.out, secret)
	return refuse(err)
}

// live are the places in a list of the tokens of a name that open something.
func live(all []server.Token, id string, now time.Time) []int {
	var out []int
	for i := range all {
		if all[i].ID == id && all[i].Ended(now) == "" {
			out = append(out, i)
		}
	}
	return out
}

// longestLifetime is in days: what lives longer need not expire.
const longestLifetime = 3650

// readLifetime reads days, such as 90d, or hours and less as Go writes them.
func readLifetime(flag, text string) (time.Duration, error) {
	lifetime, err := time.ParseDuration(text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		var n uint64
		n, err = strconv.ParseUint(days, 10, 16)
		lifetime = time.Duration(n) * 24 * time.Hour
	}
	if err != nil || lifetime < time.Second || lifetime > longestLifetime*24*time.Hour {
		return 0, fmt.Errorf("%s is a time such as 90d or 12h, up to %dd, not %q", flag, longestLifetime, text)
	}
	return lifetime, nil
}
