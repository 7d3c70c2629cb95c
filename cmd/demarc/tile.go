package main

import (
	"fmt"
	"time"

	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/tiles"

	"github.com/spf13/cobra"
)

func tileCommand() *cobra.Command {
	var folder, asOf, basis string
	var decode bool
	cmd := &cobra.Command{
		Use:   "tile DATASET Z/X/Y",
		Short: "Write one vector tile to standard output, or show what is in it",
		Example: `  demarc tile gaza 10/610/417 > tile.mvt
  demarc tile gaza 10/610/417 --decode`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var z, x, y uint32
			if _, err := fmt.Sscanf(args[1], "%d/%d/%d", &z, &x, &y); err != nil || fmt.Sprintf("%d/%d/%d", z, x, y) != args[1] {
				return fmt.Errorf("%q is not a tile written Z/X/Y", args[1])
			}
			day := data.DateOf(time.Now())
			if asOf != "" {
				var err error
				if day, err = data.ParseDate(asOf); err != nil {
					return fmt.Errorf("--as-of: %w", err)
				}
			}
			snapshot, _, err := load(cmd.Context(), folder)
			if err != nil {
				return refuse(err)
			}
			if snapshot.Dataset.ID != args[0] {
				return refuse(fmt.Errorf("the dataset here is %q, not %q; --data names another folder", snapshot.Dataset.ID, args[0]))
			}
			edition, err := snapshot.Edition(basis, day)
			if err != nil {
				return refuse(err)
			}
			atlas, err := tiles.NewAtlas(cmd.Context(), snapshot, tiles.Options{})
			if err != nil {
				return refuse(err)
			}
			body, err := atlas.Tile(cmd.Context(), edition, z, x, y)
			if err != nil {
				return refuse(err)
			}
			if body == nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "the tile is empty")
				return nil
			}
			if decode {
				return refuse(tiles.Decode(cmd.OutOrStdout(), body.Identity()))
			}
			_, err = cmd.OutOrStdout().Write(body.Identity())
			return refuse(err)
		},
	}
	f := cmd.Flags()
	f.StringVar(&folder, "data", "", "dataset folder (default: the embedded dataset)")
	f.StringVar(&asOf, "as-of", "", "day, YYYY-MM-DD (default: today, UTC)")
	f.StringVar(&basis, "basis", "", "reading of the evidence (default: the dataset's default basis)")
	f.BoolVar(&decode, "decode", false, "print layers, features and geometry as text")
	return cmd
}
