package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// replaceFile writes a file whole or not at all.
func replaceFile(ctx context.Context, name string, write func(io.Writer) error) error {
	return atomicfile.Replace(ctx, name, func(temporary string) error {
		file, err := os.Create(temporary)
		if err != nil {
			return err
		}
		buffered := bufio.NewWriter(file)
		err = write(buffered)
		return errors.Join(err, buffered.Flush(), file.Close())
	})
}
