package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// document is BENCHMARKS.md: a section for each row, in the order of rows.
type document struct {
	machine  []string
	sections map[string]string
}

const introduction = `# Benchmarks

Written by ` + "`make bench`" + `; every figure was measured by the command above it, on the machine named there. Each ratio is the median of
turns taken alternately by ours and the peer, with the smallest and largest ratio and the number of turns in brackets; "once" marks a
peer too slow to run again. Absolute times say little about another machine. See [bench/README.md](bench/README.md).
`

// mark begins a section; sections are told apart by it when the file is read back.
const mark = "<!-- row: "

// read takes over the sections of an earlier run.
func (d *document) read(path string) error {
	d.sections = map[string]string{}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, part := range strings.Split(string(text), mark)[1:] {
		name, _, found := strings.Cut(part, " -->")
		if !found {
			return fmt.Errorf("%s: a section without a name", path)
		}
		d.sections[name] = mark + part
	}
	return nil
}

func (d *document) write(path string) error {
	var text strings.Builder
	text.WriteString(introduction)
	for _, r := range rows() {
		if section, ok := d.sections[r.Name]; ok {
			text.WriteString("\n" + strings.TrimSpace(section) + "\n")
		}
	}
	return os.WriteFile(path, []byte(text.String()), 0o644)
}

// section words the result of a row and keeps it.
func (d *document) section(row Row, result Result, command string, took time.Duration) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s%s -->\n## %s\n\n    %s\n\n", mark, row.Name, row.Title, command)
	figures := Table{Head: []string{"What", "Against", "Ratio", "of", "Target", "Ours", "Peer"}}
	for _, f := range result.Figures {
		figures.Lines = append(figures.Lines, []string{f.What, f.Against, "**" + f.Ratio.String() + "**", f.Meaning, f.verdict(), f.Ours, f.Peer})
	}
	for _, table := range append([]Table{figures}, result.Tables...) {
		table.print(&text)
	}
	for _, note := range result.Notes {
		fmt.Fprintf(&text, "- %s\n", note)
	}
	for _, peer := range result.Skipped {
		fmt.Fprintf(&text, "- Skipped: %s\n", peer)
	}
	fmt.Fprintf(&text, "- Measured on %s in %v: %s.\n", time.Now().UTC().Format("2006-01-02 15:04 UTC"), took.Round(time.Second), strings.Join(d.machine, "; "))
	if d.sections == nil {
		d.sections = map[string]string{}
	}
	d.sections[row.Name] = text.String()
	return text.String()
}

// print writes a table in Markdown; a table without lines is left out.
func (t Table) print(text *strings.Builder) {
	if len(t.Lines) == 0 {
		return
	}
	if t.Title != "" {
		fmt.Fprintf(text, "%s\n\n", t.Title)
	}
	fmt.Fprintf(text, "| %s |\n|%s\n", strings.Join(t.Head, " | "), strings.Repeat("---|", len(t.Head)))
	for _, line := range t.Lines {
		fmt.Fprintf(text, "| %s |\n", strings.Join(line, " | "))
	}
	text.WriteString("\n")
}
