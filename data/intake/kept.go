package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/demarc-map/demarc/data"
)

// KeptFile is the file of a dataset folder in which an import keeps what the next
// day is read by. It is none of the dataset's own.
const KeptFile = "import.json"

const keptSchema = "demarc-import/1"

// Kept is what an import keeps of itself.
type Kept struct {
	Schema string `json:"schema"`
	// Flags are those of the command line that say how files are read, by name.
	Flags map[string][]string `json:"flags"`
	// Days are those of which there is a state, and how many of them hold nothing.
	Days  []data.Date `json:"days"`
	Empty int         `json:"empty_days,omitempty"`
	// Parties and Bases are the names that were read, in the order in which they got their ids.
	Parties []Named `json:"parties"`
	Bases   []Named `json:"bases"`
	// Checked says which files were found right as they are, and by which program.
	Checked Checked `json:"checked"`
}

// Checked names files that were accepted together.
type Checked struct {
	By    string            `json:"by"`
	Files map[string]string `json:"files"` // SHA-256 by name
}

// CheckedFiles names the files of a dataset that a program accepted.
func CheckedFiles(by string, files map[string][]byte) Checked {
	c := Checked{by, map[string]string{}}
	for name, text := range files {
		if data.IsFile(name) {
			c.Files[name] = sum(text)
		}
	}
	return c
}

// Same reports whether they are the same files, accepted by the same program.
func (c Checked) Same(other Checked) bool {
	return c.By == other.By && maps.Equal(c.Files, other.Files)
}

func sum(pieces ...[]byte) string {
	hash := sha256.New()
	for _, piece := range pieces {
		hash.Write(piece)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// ReadKept reads the file that Text writes.
func ReadKept(text []byte) (*Kept, error) {
	k := &Kept{}
	if err := json.Unmarshal(text, k); err != nil {
		return nil, fmt.Errorf("%s: %w", KeptFile, err)
	}
	if k.Schema != keptSchema {
		return nil, fmt.Errorf("%s: schema: %q is wanted, not %q", KeptFile, keptSchema, k.Schema)
	}
	if !slices.IsSorted(k.Days) {
		return nil, fmt.Errorf("%s: days: they are not in order", KeptFile)
	}
	return k, nil
}

// Text is the file's text.
func (k *Kept) Text() ([]byte, error) {
	k.Schema = keptSchema
	text, err := json.MarshalIndent(k, "", "  ")
	return append(text, '\n'), err
}

// States are the days of which there is a state.
func (k *Kept) States() States { return States{k.Days, k.Empty} }

// Remember makes names know what the import called parties and readings.
func (k *Kept) Remember(names Called) {
	names.Parties.know(k.Parties)
	names.Bases.know(k.Bases)
}
