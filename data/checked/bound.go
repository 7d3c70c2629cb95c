package checked

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// File is one that is kept.
type File struct {
	Name  string
	Bytes int64
	Used  time.Time // last
	Ours  bool      // kept by this program; another one's is never taken
}

// Files lists what is kept, what was used last first. A folder that is not there has none.
func (f *Folder) Files() ([]File, error) {
	entries, err := os.ReadDir(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	ours, err := f.program()
	if err != nil {
		return nil, err
	}
	var out []File
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || !isKept(entry.Name()) || !info.Mode().IsRegular() {
			continue // gone meanwhile, or none of ours
		}
		out = append(out, File{entry.Name(), info.Size(), info.ModTime(), strings.HasPrefix(entry.Name(), ours+"-")})
	}
	slices.SortFunc(out, func(a, b File) int { return cmp.Or(b.Used.Compare(a.Used), cmp.Compare(a.Name, b.Name)) })
	return out, nil
}

// bound removes what was used longest ago until the rest has room, and what writers
// left that were killed.
func (f *Folder) bound() error {
	files, err := f.Files()
	if err != nil {
		return err
	}
	sum := int64(0)
	for _, file := range files {
		if sum += file.Bytes; sum > f.most {
			err = errors.Join(err, f.remove(file.Name))
		}
	}
	return errors.Join(err, f.sweep(time.Now().Add(-abandoned)))
}

// abandoned is after how long a file that is being written belongs to nobody any more.
const abandoned = time.Hour

// sweep removes temporary files and locks that are older than a time.
func (f *Folder) sweep(before time.Time) error {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if !atomicfile.IsTemporary(name) && !strings.HasSuffix(name, suffix+".lock") {
			continue
		}
		if info, e := entry.Info(); e == nil && info.ModTime().Before(before) {
			err = errors.Join(err, f.remove(name))
		}
	}
	return err
}

// Clear removes everything, and tells how many files that were and how many bytes.
func (f *Folder) Clear() (count int, bytes int64, err error) {
	files, err := f.Files()
	if err != nil || files == nil {
		return 0, 0, err
	}
	for _, file := range files {
		if e := f.remove(file.Name); e != nil {
			err = errors.Join(err, e)
			continue
		}
		count, bytes = count+1, bytes+file.Bytes
	}
	return count, bytes, errors.Join(err, f.sweep(time.Now().Add(-abandoned)))
}

// remove removes a file, which another process may have done meanwhile.
func (f *Folder) remove(name string) error {
	if err := os.Remove(filepath.Join(f.path, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
