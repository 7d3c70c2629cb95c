package store

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/demarc-map/demarc/data"
)

// Damage is one thing of a store that cannot be read, or is not what was
// written. What else the store holds is not touched by it.
type Damage struct {
	File    string `json:"file"`    // or folder, in the store
	Dataset string `json:"dataset"` // "" when nothing tells
	Detail  string `json:"detail"`
}

func (d Damage) String() string {
	of := "of a dataset that nothing tells"
	if d.Dataset != "" {
		of = "of " + d.Dataset
	}
	return fmt.Sprintf("%s, %s: %s", d.File, of, d.Detail)
}

// Damaged is what is wrong with a store that is read all the same.
type Damaged struct{ All []Damage }

func (d *Damaged) Error() string {
	var said []string
	for _, one := range d.All {
		said = append(said, one.String())
	}
	return "the store is damaged; the newest whole entry of each dataset is used; demarc repair leads out: " + strings.Join(said, "; ")
}

// NewDamaged returns an error that names the damage, nil when there is none.
func NewDamaged(all []Damage) error {
	if len(all) == 0 {
		return nil
	}
	return &Damaged{all}
}

// lostSuffix ends the name of the folder of an entry that was set aside.
const lostSuffix = ".lost"

// slot is what is known of one numbered folder.
type slot struct {
	entry    Entry   // zero when it cannot be read
	damage   *Damage // nil when it can
	setAside bool    // by Repair: it is damaged, and that is settled
}

// said finds the dataset in what is left of an entry.
var said = regexp.MustCompile(`"dataset": "([^"]*)"`)

// datasetOf tells which dataset a damaged entry was of: by what is left of it,
// or by the snapshot beside it. It is "" when neither tells.
func (d *Directory) datasetOf(name string) string {
	text, err := d.folder.root.ReadFile(filepath.Join(name, entryFile))
	if found := said.FindSubmatch(text); err == nil && found != nil && data.ValidID(string(found[1])) {
		return string(found[1])
	}
	files, err := fs.ReadDir(d.folder.root.FS(), name)
	if err != nil {
		return ""
	}
	for _, file := range files {
		var snapshot struct {
			Dataset struct{ ID string } `json:"dataset.json"`
		}
		text, err := d.folder.root.ReadFile(filepath.Join(name, file.Name()))
		if err == nil && snapshotFile(data.NameOf(text)) == file.Name() && json.Unmarshal(text, &snapshot) == nil {
			return snapshot.Dataset.ID
		}
	}
	return ""
}
