package internal

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/pages"
	"github.com/demarc-map/demarc/internal/referee"
)

var (
	linkInPage    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	pathInPage    = regexp.MustCompile("`((?:cmd|geo|data|tiles|server|static|internal|docs|deploy|bench)/[\\w./-]*)`")
	testInPage    = regexp.MustCompile("`((?:Test|Fuzz|Example)[A-Z]\\w*)`")
	runInPage     = regexp.MustCompile(`go test \./([\w/]+)[^` + "`\n" + `]*? -run '?([^'` + "` \n" + `]+)`)
	testInCode    = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w+)\(`)
	heading       = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notInAnAnchor = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// tests returns the names of the tests in each folder with Go code.
func tests(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := fs.WalkDir(os.DirFS(referee.Root()), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git") {
			return fs.SkipDir
		}
		if strings.HasSuffix(name, "_test.go") {
			text, err := os.ReadFile(filepath.Join(referee.Root(), name))
			if err != nil {
				return err
			}
			for _, m := range testInCode.FindAllStringSubmatch(string(text), -1) {
				all[path.Dir(name)] = append(all[path.Dir(name)], m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWhatThePagesNameIsThere(t *testing.T) {
	names, err := pages.Names()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	perFolder := tests(t)
	for _, found := range perFolder {
		for _, name := range found {
			known[name] = true
		}
	}
	for _, name := range names {
		text, err := pages.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range linkInPage.FindAllStringSubmatch(text, -1) {
			if why := brokenLink(name, m[1]); why != "" {
				t.Errorf("%s: the link to %s: %s", name, m[1], why)
			}
		}
		for _, m := range pathInPage.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(referee.Root(), m[1])); err != nil {
				t.Errorf("%s: there is no %s", name, m[1])
			}
		}
		for _, m := range testInPage.FindAllStringSubmatch(text, -1) {
			if !known[m[1]] {
				t.Errorf("%s: there is no test %s", name, m[1])
			}
		}
		for _, m := range runInPage.FindAllStringSubmatch(text, -1) {
			for part := range strings.SplitSeq(strings.ReplaceAll(m[2], `\|`, "|"), "|") {
				part, _, _ = strings.Cut(part, "/") // what follows is of a subtest
				pattern := regexp.MustCompile(part)
				if !pattern.MatchString(strings.Join(perFolder[m[1]], "\n")) {
					t.Errorf("%s: no test of ./%s matches %q", name, m[1], part)
				}
			}
		}
	}
}

// brokenLink says why a link of a page leads nowhere, or nothing. Links to
// other hosts are not followed.
func brokenLink(page, link string) string {
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return ""
	}
	file, anchor, _ := strings.Cut(link, "#")
	target := page
	if file != "" {
		target = path.Join(path.Dir(page), file)
	}
	if _, err := os.Stat(filepath.Join(referee.Root(), target)); err != nil {
		return "no such file"
	}
	if anchor == "" {
		return ""
	}
	text, err := pages.Text(target)
	if err != nil {
		return err.Error()
	}
	if strings.Contains(text, `id="`+anchor+`"`) {
		return ""
	}
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		if strings.ReplaceAll(notInAnAnchor.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-") == anchor {
			return ""
		}
	}
	return "no such heading"
}

func TestEveryPageIsInTheIndex(t *testing.T) {
	names, err := pages.Names()
	if err != nil {
		t.Fatal(err)
	}
	index, err := pages.Text("docs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		inside, ok := strings.CutPrefix(name, "docs/")
		if !ok || inside == "README.md" {
			continue
		}
		// The pages of a folder may be listed by the folder's own index.
		if folder := path.Dir(inside); !strings.Contains(index, "("+inside+")") && (folder == "." || !strings.Contains(index, "("+folder+"/README.md)")) {
			t.Errorf("docs/README.md does not name %s", name)
		}
	}
}
