package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// Report is what Verify found.
type Report struct {
	OK        bool     `json:"ok"`
	Datasets  int      `json:"datasets"`
	Entries   int      `json:"entries"`
	Snapshots int      `json:"snapshots"`
	Bytes     int64    `json:"bytes"`     // of the snapshots
	Withdrawn int      `json:"withdrawn"` // snapshots whose bytes were taken away
	Faults    []string `json:"faults"`
	Removed   []string `json:"removed"`   // temporaries of interrupted publications
	SetAside  []string `json:"set_aside"` // entries that were damaged, see Repair
}

// audit checks entries and snapshots as they come.
type audit struct {
	report Report
	chains map[string][]Entry
	hashed map[string]bool
	gone   map[string]bool // withdrawn
}

func newAudit() *audit {
	return &audit{Report{Faults: []string{}, Removed: []string{}, SetAside: []string{}}, map[string][]Entry{}, map[string]bool{}, map[string]bool{}}
}

// fault notes what is wrong.
func (a *audit) fault(err error) { a.report.Faults = append(a.report.Faults, err.Error()) }

// entry notes an entry; those of a dataset come in order. It reports whether
// the bytes of its snapshot have not been asked for yet.
func (a *audit) entry(e Entry) (first bool) {
	a.report.Entries++
	a.chains[e.Dataset] = append(a.chains[e.Dataset], e)
	first = !a.hashed[e.Snapshot]
	a.hashed[e.Snapshot] = true
	if first && a.gone[e.Snapshot] {
		a.report.Withdrawn++
		return false
	}
	return first
}

// snapshot notes what came of reading the bytes of a snapshot.
func (a *audit) snapshot(text []byte, err error) {
	a.report.Snapshots++
	a.report.Bytes += int64(len(text))
	if err != nil {
		a.fault(err)
	}
}

// end checks the chains and closes the report.
func (a *audit) end() *Report {
	a.report.Datasets = len(a.chains)
	for _, chain := range a.chains {
		if err := checkChain(chain); err != nil {
			a.fault(err)
		}
	}
	a.report.OK = len(a.report.Faults) == 0
	return &a.report
}

// Verify implements Store: it reads everything again from the disk, and
// removes what interrupted publications left unless somebody is publishing.
func (d *Directory) Verify(ctx context.Context) (*Report, error) {
	a := newAudit()
	if lock, err := d.folder.lock(""); err == nil {
		a.report.Removed, err = d.folder.sweep()
		if err == nil {
			err = d.purge()
		}
		if errors.Is(err, data.ErrTampered) {
			err = nil // it is about to be told
		}
		if err := errors.Join(err, lock.Close()); err != nil {
			return nil, err
		}
	}
	names, err := d.folder.names()
	if err != nil {
		return nil, err
	}
	there, last, err := numbered(names)
	if err != nil {
		return nil, err
	}
	for n, name := range there { // a withdrawal comes after what it withdraws
		if e, err := d.read(n); err == nil && name == folderName(n) && e.Withdraws != "" {
			a.gone[e.Withdraws] = true
		}
	}
	bytes := map[string]int{} // snapshot → folder of its first entry
	for n := 1; n <= last; n++ {
		switch name := there[n]; {
		case name == "":
			a.fault(fmt.Errorf("%s: %w: the entry is missing", folderName(n), data.ErrTampered))
		case strings.HasSuffix(name, lostSuffix):
			a.report.SetAside = append(a.report.SetAside, name)
		default:
			d.verifyEntry(a, n, bytes)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		if name != formatFile && name != lockFile && !entryFolder.MatchString(name) {
			a.fault(fmt.Errorf("%s: does not belong here", name))
		}
	}
	return a.end(), nil
}

// verifyEntry checks the entry in a folder, the bytes it relies on, and that
// the folder holds nothing else.
func (d *Directory) verifyEntry(a *audit, n int, bytes map[string]int) {
	e, err := d.read(n)
	if err != nil {
		a.fault(err)
		return
	}
	if a.entry(e) {
		bytes[e.Snapshot] = n
		a.snapshot(d.bytes(n, e.Snapshot))
	}
	files, err := fs.ReadDir(d.folder.root.FS(), folderName(n))
	if err != nil {
		a.fault(err)
	}
	for _, file := range files {
		if file.Name() != entryFile && !(file.Name() == snapshotFile(e.Snapshot) && bytes[e.Snapshot] == n) {
			a.fault(fmt.Errorf("%s: does not belong here", filepath.Join(folderName(n), file.Name())))
		}
	}
}
