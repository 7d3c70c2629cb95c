package checked

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// suffix is that of the names of files.
const suffix = ".checked"

// patience is how long a writer waits for another one of the same file, which writes
// the same.
const patience = time.Second

// Folder keeps files. It is a data.Keeper, and safe for concurrent use, also between
// processes.
type Folder struct {
	path    string
	most    int64
	say     func(string)
	program func() (string, error)
}

// Default is the folder of the user.
func Default() (string, error) {
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "demarc", "checked"), err
}

// Open returns a folder that holds so many bytes at most. It is made when something is
// kept first. What say is told, of which nothing needs doing, is for who wants to know.
func Open(path string, most int64, say func(string)) *Folder {
	return &Folder{path, most, say, sync.OnceValues(thisProgram)}
}

// Path is where the folder is.
func (f *Folder) Path() string { return f.path }

// file is where something is kept, by this program.
func (f *Folder) file(name string) (string, error) {
	program, err := f.program()
	return filepath.Join(f.path, program+"-"+name+suffix), err
}

// Take returns what was kept under a name, nil when that is nothing.
func (f *Folder) Take(name string) []byte {
	text, err := f.take(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.say("nothing is kept of it in " + f.path)
	case err != nil:
		f.say("nothing is taken from what is kept: " + err.Error())
	default:
		f.say("taken from what is kept in " + f.path)
	}
	return text
}

func (f *Folder) take(name string) ([]byte, error) {
	if err := private(f.path); err != nil {
		return nil, err
	}
	file, err := f.file(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Lstat(file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > f.most {
		return nil, fmt.Errorf("%s is no file of this program", file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	_ = os.Chtimes(file, now, now) // it was asked for last; where that cannot be noted, it goes sooner
	return text, nil
}

// Spoilt removes what cannot be read.
func (f *Folder) Spoilt(name string, why error) {
	file, err := f.file(name)
	if err == nil {
		err = os.Remove(file)
	}
	f.say(fmt.Sprintf("%s: %v; it is made anew", file, errors.Join(why, err)))
}

// Forget removes what this and every other version of the program kept under names that
// begin so.
func (f *Folder) Forget(begin string) {
	entries, _ := os.ReadDir(f.path) // none where there is no folder
	for _, entry := range entries {
		if _, name, _ := strings.Cut(entry.Name(), "-"); !isKept(entry.Name()) || !strings.HasPrefix(name, begin) {
			continue
		}
		if err := f.remove(entry.Name()); err != nil {
			f.say(err.Error())
		}
	}
}

// Keep keeps what is written, in a file that only the user can read.
func (f *Folder) Keep(ctx context.Context, name string, write func(io.Writer) error) {
	if err := f.keep(ctx, name, write); err != nil {
		f.say("nothing is kept for the next time: " + err.Error())
		return
	}
	f.say("kept for the next time in " + f.path)
}

func (f *Folder) keep(ctx context.Context, name string, write func(io.Writer) error) error {
	file, err := f.file(name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return err
	}
	if err := private(f.path); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := atomicfile.Replace(ctx, file, func(temporary string) error { return writeFile(temporary, write) }); err != nil {
		return err
	}
	return f.bound()
}

func writeFile(name string, write func(io.Writer) error) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// private returns an error when somebody else could have written what a folder holds.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is no folder", path)
	}
	if !ours(info) {
		return fmt.Errorf("others than you can write to %s", path)
	}
	return nil
}

// isKept says whether a name is that of a file that is kept, by any version.
func isKept(name string) bool {
	return strings.HasSuffix(name, suffix) && !strings.HasPrefix(name, ".")
}
