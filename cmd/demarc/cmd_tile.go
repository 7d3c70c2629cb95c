package main

import (
	"context"
	"fmt"

	"github.com/demarc-map/demarc/tiles"

	"github.com/spf13/cobra"
)

// tileOptions holds the flags of demarc tile.
type tileOptions struct {
	place       datasetOptions
	asOf, basis string
	decode      bool
}

func newTileCommand() *cobra.Command {
	var o tileOptions
	cmd := &cobra.Command{
		Use:   "tile DATASET Z/X/Y",
		Short: "Write one vector tile to standard output, or show what is in it",
		Example: `  demarc tile gaza 10/610/417 > tile.mvt
  demarc tile gaza 10/610/417 --decode`,
		Args: cobra.ExactArgs(2),
		RunE: runs(runTile, &o),
	}
	f := cmd.Flags()
	o.place.flags(f)
	editionFlags(f, &o.asOf, &o.basis)
	f.BoolVar(&o.decode, "decode", false, "print layers, features and geometry as text")
	return cmd
}

func runTile(ctx context.Context, std streams, o tileOptions, args []string) error {
	var z, x, y uint32
	if _, err := fmt.Sscanf(args[1], "%d/%d/%d", &z, &x, &y); err != nil || fmt.Sprintf("%d/%d/%d", z, x, y) != args[1] {
		return fmt.Errorf("%q is not a tile written Z/X/Y", args[1])
	}
	day, err := dayAsked(o.asOf)
	if err != nil {
		return err
	}
	snapshot, err := o.place.load(ctx, std.log)
	if err != nil {
		return err
	}
	if snapshot.Dataset.ID != args[0] {
		return refuse(fmt.Errorf("the dataset here is %q, not %q; --data names another folder", snapshot.Dataset.ID, args[0]))
	}
	edition, err := snapshot.Edition(o.basis, day)
	if err != nil {
		return refuse(err)
	}
	atlas, err := tiles.NewAtlas(ctx, snapshot, tiles.Options{Keeper: o.place.keeper(std.log)})
	if err != nil {
		return refuse(err)
	}
	body, err := atlas.Tile(ctx, edition, z, x, y)
	if err != nil {
		return refuse(err)
	}
	if body == nil {
		fmt.Fprintln(std.log, "the tile is empty")
		return nil
	}
	if o.decode {
		return refuse(tiles.Decode(std.out, body.Identity()))
	}
	_, err = std.out.Write(body.Identity())
	return refuse(err)
}
