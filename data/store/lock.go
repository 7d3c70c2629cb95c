package store

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/demarc-map/demarc/internal/atomicfile"
)

// lockFile is locked by whoever publishes, and says who that is. It
// stays there; the lock ends with its process.
const lockFile = "lock"

// lock keeps every other publisher out until the file it returns is closed. It
// returns a *Conflict that names the holder when somebody else has it.
func (f *folder) lock(dataset string) (io.Closer, error) {
	file, err := f.root.OpenFile(lockFile, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	held, err := atomicfile.TryLock(file)
	if err == nil && !held {
		holder, _ := io.ReadAll(io.LimitReader(file, 200)) // only to tell; it may be empty
		_ = file.Close()
		said := strings.TrimSpace(string(holder))
		if said == "" {
			said = "a process that has not said who it is"
		}
		return nil, &Conflict{Dataset: dataset, Holder: said}
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	// A disk that is full keeps nobody from holding the lock.
	if file.Truncate(0) == nil {
		_, _ = fmt.Fprintf(io.NewOffsetWriter(file, 0), "process %d on %s since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
	}
	return file, nil
}
