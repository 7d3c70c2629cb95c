package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// The writer of manual pages is needed by releases alone, so it is linked into
// this test and not into demarc: go test ./cmd/demarc -run Manual -man FOLDER
var manFolder = flag.String("man", "", "folder to write the manual pages to")

func TestEveryCommandHasAManualPage(t *testing.T) {
	folder := *manFolder
	if folder == "" {
		folder = t.TempDir()
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	root := commands(streams{})
	root.DisableAutoGenTag = true
	day := time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC) // of the release, so that equal sources give equal pages
	if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "demarc", Manual: "demarc", Date: &day}, folder); err != nil {
		t.Fatal(err)
	}
	var check func(*cobra.Command)
	check = func(c *cobra.Command) {
		name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
		page, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Error(err)
		}
		if !bytes.Contains(page, []byte(".SH NAME")) || !bytes.Contains(page, []byte(".SH SYNOPSIS")) {
			t.Errorf("%s has no name or synopsis", name)
		}
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() && !sub.IsAdditionalHelpTopicCommand() {
				check(sub)
			}
		}
	}
	check(root)
}
