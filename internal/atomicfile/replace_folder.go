package atomicfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ReplaceFolder replaces a folder that is there. The function reads the old one
// and writes into the temporary folder that it is told what is to be new; all else
// is taken over. Where it returns an error, the old folder stays as it was. Writers
// of the same name wait for each other. Where the system cannot exchange two folders
// in one step, a reader may for a moment find none, and the next writer puts back
// what one that was killed then had set aside.
func ReplaceFolder(ctx context.Context, name string, fill func(temporary string) error) error {
	name, err := filepath.Abs(name) // "." has another name beside its brothers
	if err != nil {
		return err
	}
	if to, err := filepath.EvalSymlinks(name); err == nil {
		name = to // a link stays one
	}
	return inTurn(ctx, name, func() error {
		if err := putBack(name); err != nil {
			return err
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is not a folder", name)
		}
		temporary, err := begin(name)
		if err != nil {
			return err
		}
		err = os.Mkdir(temporary, info.Mode().Perm())
		if err == nil {
			err = fill(temporary)
		}
		if err == nil {
			err = syncTree(temporary)
		}
		if err == nil {
			err = takeOver(name, temporary)
		}
		if err == nil {
			err = exchange(temporary, name)
		}
		return errors.Join(err, os.RemoveAll(temporary)) // the old one, when all went well
	})
}

// takeOver puts into a folder what another has and it has not.
func takeOver(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		old, name := filepath.Join(from, entry.Name()), filepath.Join(to, entry.Name())
		if _, err := os.Lstat(name); err == nil {
			continue
		}
		if entry.IsDir() {
			info, err := entry.Info()
			if err == nil {
				err = os.Mkdir(name, info.Mode().Perm())
			}
			if err == nil {
				err = takeOver(old, name)
			}
			if err != nil {
				return err
			}
			continue
		}
		if os.Link(old, name) == nil {
			continue
		}
		if err := copyFile(old, name, entry); err != nil {
			return err
		}
	}
	return syncNamesOf(to)
}

// copyFile is for file systems without links.
func copyFile(from, to string, entry fs.DirEntry) (err error) {
	info, err := entry.Info()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s cannot be taken over: it is no plain file", from)
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
