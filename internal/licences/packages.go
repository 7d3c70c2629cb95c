package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// bundled returns the packages the page may be bundled of: what the lock file
// has beside the tools.
func bundled(root string) ([]component, error) {
	body, err := os.ReadFile(filepath.Join(root, "static", "web", "package-lock.json"))
	if err != nil {
		return nil, err
	}
	return locked(body)
}

func locked(body []byte) ([]component, error) {
	var lock struct {
		Packages map[string]struct {
			Version, License           string
			Dev, DevOptional, Optional bool
		}
	}
	if err := json.Unmarshal(body, &lock); err != nil {
		return nil, fmt.Errorf("package-lock.json: %w", err)
	}
	var all []component
	for path, p := range lock.Packages {
		if path == "" || p.Dev || p.DevOptional {
			continue
		}
		name := path[strings.LastIndex(path, "node_modules/")+len("node_modules/"):]
		if p.License == "" {
			return nil, fmt.Errorf("package-lock.json: %s %s names no licence", name, p.Version)
		}
		all = append(all, component{Name: name, Version: p.Version, Licences: []string{p.License}})
	}
	return sorted(all), nil
}

// writeTexts writes the licences and notices that go with a copy. Those of
// packages are read from static/web/node_modules, where `npm ci` has put them.
func writeTexts(out io.Writer, root string, modules, packages []component) error {
	var b strings.Builder
	b.WriteString("The work of others in demarc, and its licences.\n")
	for _, p := range packages {
		folder := filepath.Join(root, "static", "web", "node_modules", filepath.FromSlash(p.Name))
		files, err := os.ReadDir(folder)
		if err != nil {
			return fmt.Errorf("the page has to be built first: %w", err)
		}
		for _, file := range files {
			if file.IsDir() || !licenceFile.MatchString(file.Name()) {
				continue
			}
			body, err := os.ReadFile(filepath.Join(folder, file.Name()))
			if err != nil {
				return err
			}
			p.texts = append(p.texts, text{file.Name(), string(body)})
		}
		if len(p.texts) == 0 {
			p.texts = []text{{"package.json", strings.Join(p.Licences, ", ")}}
		}
		modules = append(modules, p)
	}
	for _, m := range modules {
		for _, t := range m.texts {
			fmt.Fprintf(&b, "\n%s\n%s %s: %s\n\n%s\n", strings.Repeat("=", 72), m.Name, m.Version, t.name, strings.TrimRight(t.body, "\n"))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
