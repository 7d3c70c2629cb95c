package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/data/demo"
)

// One damaged entry takes no dataset out of service: what is whole is served
// from the start, degraded, with the file and the dataset, and repair leads out.
func TestAServerOfADamagedStoreServesWhatIsWholeAndNamesTheDamage(t *testing.T) {
	for what, harm := range map[string]func(entry string) error{
		"the entry is cut": func(entry string) error { return os.Truncate(filepath.Join(entry, "entry.json"), 100) },
		"the bytes are gone": func(entry string) error {
			files, err := filepath.Glob(filepath.Join(entry, "[0-9a-f]*[0-9a-f].json"))
			for _, file := range files {
				if filepath.Base(file) != "entry.json" {
					err = os.Remove(file)
				}
			}
			return err
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			where, folder, other := filepath.Join(t.TempDir(), "store"), dataset(t), t.TempDir()
			if err := os.CopyFS(other, demo.Files()); err != nil {
				t.Fatal(err)
			}
			for _, title := range []string{"First Edition", "Second Edition"} {
				retitle(t, folder, map[string]string{"First Edition": "Gaza Strip", "Second Edition": "First Edition"}[title], title)
				publishing(t, where, folder)
			}
			there := publishing(t, where, other).Entry
			if err := harm(filepath.Join(where, "00000002")); err != nil {
				t.Fatal(err)
			}
			s := serve(t, "--store", where)
			url := s.urls["clients"]
			eventually(t, url+"/readyz", `"degraded"`)
			if status, body := get(t, url+"/readyz"); status != http.StatusOK || !strings.Contains(body, `"dataset":"gaza"`) || !strings.Contains(body, `"file":"`) || !strings.Contains(body, there.Snapshot) {
				t.Errorf("%d %s", status, body)
			}
			for _, path := range []string{"/v1/gaza", "/v1/gaza/history", "/v1/" + there.Dataset + "/shares", "/v1/" + there.Dataset + "/history"} {
				if status, body := get(t, url+path); status != http.StatusOK {
					t.Errorf("%s: %d %s", path, status, body)
				}
			}
			if _, body := get(t, url+"/v1/gaza"); !strings.Contains(body, "First Edition") {
				t.Errorf("%s", body)
			}
			if status, said := command(t, "history", "--store", where, "--dataset", there.Dataset); status != 0 {
				t.Errorf("%d %s", status, said)
			}
			retitle(t, folder, "Second Edition", "Third Edition")
			if status, said := command(t, "publish", folder, "--store", where); status != 1 || !strings.Contains(said, "confirm") {
				t.Errorf("%d %s", status, said)
			}
			if status, said := command(t, "repair", "--store", where); status != 0 || !strings.Contains(said, "would be set aside") || !strings.Contains(said, "00000002") {
				t.Errorf("%d %s", status, said)
			}
			if status, said := command(t, "repair", "--store", where, "--confirm"); status != 0 || !strings.Contains(said, "set aside: 00000002") {
				t.Errorf("%d %s", status, said)
			}
			if status, said := command(t, "verify", "--store", where); status != 0 || !strings.Contains(said, "set aside: 00000002.lost") {
				t.Errorf("%d %s", status, said)
			}
			if status, said := command(t, "publish", folder, "--store", where); status != 0 {
				t.Errorf("%d %s", status, said)
			}
			s.stop()
			url = serve(t, "--store", where).urls["clients"]
			eventually(t, url+"/v1/gaza", "Third Edition")
			eventually(t, url+"/readyz", `"ready"`)
		})
	}
}
