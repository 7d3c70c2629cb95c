// Command verify checks PMTiles archives with go-pmtiles.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/protomaps/go-pmtiles/pmtiles"
)

func main() {
	for _, name := range os.Args[1:] {
		if err := pmtiles.Verify(log.New(os.Stderr, "", 0), name); err != nil {
			fmt.Fprintln(os.Stderr, name+":", err)
			os.Exit(1)
		}
	}
}
