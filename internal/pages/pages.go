// Package pages reads the pages people read, so that tests can hold them to
// what they say: README.md, CONTRIBUTING.md, SECURITY.md, docs/*.md and
// docs/clients/*.md.
//
// What a reader may type stands in fenced blocks, and a block's language says
// what a test does with it:
//
//	sh        run as one script; it must succeed
//	console   "$ " begins a command, "> " goes on with it, and what follows is
//	          its output, which is compared; … stands for any text in a line,
//	          and a line of … alone for any lines
//	json      read, and refused unless it is JSON
//	text, and languages such as html or nginx: shown, and not looked at
//
// "sh not run: REASON" is a block that no test runs. Any other language is a
// fault, and so is a command in a block that is only shown, so that nothing
// goes unrun silently.
package pages

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/demarc-map/demarc/internal/referee"
)

// Names returns the paths of the pages from the top of the checkout, with slashes.
func Names() ([]string, error) {
	var names []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/clients/*.md"} {
		found, err := filepath.Glob(filepath.Join(referee.Root(), filepath.FromSlash(pattern)))
		if err != nil {
			return nil, err
		}
		for _, path := range found {
			name, err := filepath.Rel(referee.Root(), path)
			if err != nil {
				return nil, err
			}
			if !slices.Contains([]string{"BENCHMARKS.md", "CHANGELOG.md"}, name) { // written by a program; history
				names = append(names, filepath.ToSlash(name))
			}
		}
	}
	return names, nil
}

// Text returns what stands in a page.
func Text(name string) (string, error) {
	text, err := os.ReadFile(filepath.Join(referee.Root(), filepath.FromSlash(name)))
	return string(text), err
}

// Block is a fenced block of a page.
type Block struct {
	Page     string
	Line     int // of its first line of text
	Language string
	NotRun   string // why no test runs it
	Text     string // ends with a newline
}

// Place says where the block is.
func (b *Block) Place() string { return fmt.Sprintf("%s:%d", b.Page, b.Line) }

var (
	fence    = regexp.MustCompile("^( *)(```+)(.*)$")
	shown    = []string{"text", "html", "css", "js", "ts", "python", "sql", "nginx", "caddy", "xml", "yaml", "r", "go"}
	command  = regexp.MustCompile(`(?m)^(\$ |(sudo |)(demarc|curl|ogrinfo|ogr2ogr|make|go|npm|npx|git|docker|systemctl|psql) )`)
	indented = regexp.MustCompile(`^( {4,}|\t)\S`)
)

// Blocks returns the fenced blocks of a page's text. The error names the page
// and line of every fault.
func Blocks(page, text string) ([]Block, error) {
	var out []Block
	var faults []string
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", page, line, fmt.Sprintf(format, args...)))
	}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		open := fence.FindStringSubmatch(lines[i])
		if open == nil {
			if indented.MatchString(lines[i]) && i > 0 && strings.TrimSpace(lines[i-1]) == "" {
				fault(i+1, "an indented block: fence it and name its language")
			}
			continue
		}
		b := Block{Page: page, Line: i + 2}
		b.Language, b.NotRun, _ = strings.Cut(strings.TrimSpace(open[3]), " not run: ")
		var body strings.Builder
		for i++; i < len(lines) && strings.TrimSpace(lines[i]) != open[2]; i++ {
			body.WriteString(strings.TrimPrefix(lines[i], open[1]) + "\n")
		}
		if i == len(lines) {
			fault(b.Line-1, "a fence that is never closed")
		}
		b.Text = body.String()
		if why := b.fault(); why != "" {
			fault(b.Line-1, "%s", why)
		}
		out = append(out, b)
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(faults, "\n"))
	}
	return out, nil
}

// fault says what is wrong with a block, or nothing.
func (b *Block) fault() string {
	switch {
	case b.Runs() || b.NotRun != "" && (b.Language == "sh" || b.Language == "console"):
		return ""
	case b.Language == "json":
		if !json.Valid([]byte(b.Text)) {
			return "no JSON"
		}
	case slices.Contains(shown, b.Language):
		if at := command.FindString(b.Text); at != "" {
			return fmt.Sprintf("a %s block with the command %q: use sh or console", b.Language, at)
		}
	default:
		return fmt.Sprintf("%q is no language of a block (see internal/pages)", b.Language)
	}
	return ""
}

// Runs says whether a test runs the block.
func (b *Block) Runs() bool {
	return b.NotRun == "" && (b.Language == "sh" || b.Language == "console")
}

// Command is something to run, and what it answers.
type Command struct {
	Line int    // of the page
	Text string // may have several lines
	Want *regexp.Regexp
}

// Commands returns what a block that runs asks to run, in order. Want is nil
// where any output will do.
func (b *Block) Commands() []Command {
	if b.Language == "sh" {
		return []Command{{Line: b.Line, Text: b.Text}}
	}
	var out []Command
	var want strings.Builder
	end := func() {
		if n := len(out); n > 0 {
			out[n-1].Want = output(want.String())
		}
		want.Reset()
	}
	for i, line := range strings.Split(strings.TrimSuffix(b.Text, "\n"), "\n") {
		if text, ok := strings.CutPrefix(line, "$ "); ok {
			end()
			out = append(out, Command{Line: b.Line + i, Text: text + "\n"})
		} else if text, ok := strings.CutPrefix(line, "> "); ok && len(out) > 0 && want.Len() == 0 {
			out[len(out)-1].Text += text + "\n"
		} else {
			want.WriteString(line + "\n")
		}
	}
	end()
	return out
}

// output is a pattern for what a page says that a command answers.
func output(text string) *regexp.Regexp {
	var pattern strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \n")
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?:.*\n)*`)
			continue
		}
		pattern.WriteString(strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*") + `[ \t]*\n`)
	}
	return regexp.MustCompile(`^` + pattern.String() + `\n*$`)
}
