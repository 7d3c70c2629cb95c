package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// NewFolder writes a folder that is not there yet. The function fills the
// temporary folder that it is told. Where it returns an error, nothing is left.
func NewFolder(ctx context.Context, name string, fill func(temporary string) error) error {
	name = filepath.Clean(name) // site/ is site
	return inTurn(ctx, name, func() error {
		if err := free(name); err != nil {
			return err
		}
		temporary, err := begin(name)
		if err != nil {
			return err
		}
		err = os.Mkdir(temporary, 0o755)
		if err == nil {
			err = fill(temporary)
		}
		if err == nil {
			err = syncTree(temporary)
		}
		if err == nil {
			err = free(name) // a rename would replace an empty folder that another program made meanwhile
		}
		if err == nil {
			return rename(temporary, name)
		}
		return errors.Join(err, os.RemoveAll(temporary))
	})
}

func free(name string) error {
	_, err := os.Lstat(name)
	if err == nil {
		return fmt.Errorf("%s is there already: %w", name, fs.ErrExist)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
