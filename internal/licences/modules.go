package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// systems are those a release is built for, as .goreleaser.yaml has them.
var systems = []string{"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64"}

// minimum is the percentage of a licence's words that have to be known ones.
const minimum = 75

// licenceFile matches the names under which modules keep licences and notices.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)([.-].*)?$`)

// readByHand are files with many words of no licence that is known, or of
// licences of what is not linked, with what somebody who read them found to apply.
// A new version has to be read again.
var readByHand = map[string][]string{
	// Bitstream Vera's with Arev's glyphs, under the same words, and changes in the public domain.
	"github.com/go-fonts/dejavu v0.3.2 LICENSE-DejaVu": {"Bitstream-Vera"},
	// Go, musl with parts under BSD, MIT or in the public domain, go-netdb, nixpkgs.
	"modernc.org/libc v1.77.1 LICENSE-3RD-PARTY.md": {"BSD-2-Clause", "BSD-3-Clause", "MIT"},
	// Where the picture in its README is from.
	"modernc.org/memory v1.12.1 LICENSE-LOGO": nil,
	// Its section 1 is what is linked; the rest is of its tests and tools.
	"modernc.org/sqlite v1.60.0 LICENSE-3RD-PARTY.md": {"BSD-3-Clause", "MIT", "blessing"},
	// SQLite's dedication to the public domain.
	"modernc.org/sqlite v1.60.0 LICENSE-SQLITE": {"blessing"},
}

// linked returns the modules in the binary of any system, and Go's own library.
func linked(root string) ([]component, error) {
	folders := map[[2]string]string{} // by path and version
	for _, system := range systems {
		goos, goarch, _ := strings.Cut(system, "/")
		cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/demarc")
		cmd.Dir, cmd.Stderr = root, os.Stderr
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
			var p struct {
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if m := p.Module; m != nil && !m.Main {
				folders[[2]string{m.Path, m.Version}] = m.Dir
			}
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	// The version of Go is the builder's; demarc version tells it.
	folders[[2]string{"Go's standard library", ""}] = strings.TrimSpace(string(goroot))

	var all []component
	for id, folder := range folders {
		c, err := read(id[0], id[1], folder)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return sorted(all), nil
}

// read finds the licences in the top folder of a module. A module without one,
// or with one whose words are not known, is an error.
func read(name, version, folder string) (component, error) {
	c := component{Name: name, Version: version}
	files, err := os.ReadDir(folder)
	if err != nil {
		return c, err
	}
	for _, file := range files {
		if file.IsDir() || !licenceFile.MatchString(file.Name()) {
			continue
		}
		body, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return c, err
		}
		c.texts = append(c.texts, text{file.Name(), string(body)})
		if strings.HasPrefix(strings.ToLower(file.Name()), "notice") {
			continue // it goes with the copy, and grants nothing
		}
		licences, known := readByHand[name+" "+version+" "+file.Name()]
		if !known {
			found := licensecheck.Scan(body)
			if found.Percent < minimum {
				return c, fmt.Errorf("%s %s: %s: only %.0f%% of its words are of a licence that is known", name, version, file.Name(), found.Percent)
			}
			for _, m := range found.Match {
				if !m.IsURL {
					licences = append(licences, m.ID)
				}
			}
		}
		c.Licences = append(c.Licences, licences...)
	}
	if len(c.Licences) == 0 {
		return c, fmt.Errorf("%s %s: no licence in %s", name, version, folder)
	}
	slices.Sort(c.Licences)
	c.Licences = slices.Compact(c.Licences)
	return c, nil
}
