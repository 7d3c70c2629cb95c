package pages_test

import (
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/pages"
)

const page = "Text.\n\n" +
	"```sh\nfirst\nsecond\n```\n" +
	"```console\n$ one \\\n> more\nsaid … loudly\n…\nlast\n$ two\n```\n" +
	"- in a list\n\n  ```sh not run: it takes an hour\n  make all\n  ```\n" +
	"```json\n{\"a\": 1}\n```\n"

func TestBlocksAreReadWithTheirCommandsAndOutputs(t *testing.T) {
	blocks, err := pages.Blocks("page.md", page)
	if err != nil {
		t.Fatal(err)
	}
	if len(blocks) != 4 || blocks[0].Place() != "page.md:4" || blocks[2].NotRun != "it takes an hour" || blocks[2].Text != "make all\n" || blocks[2].Runs() || blocks[3].Runs() {
		t.Fatalf("%+v", blocks)
	}
	if c := blocks[0].Commands(); len(c) != 1 || c[0].Text != "first\nsecond\n" || c[0].Want != nil {
		t.Errorf("%+v", c)
	}
	c := blocks[1].Commands()
	if len(c) != 2 || c[0].Text != "one \\\nmore\n" || c[1].Text != "two\n" || c[1].Line != 13 {
		t.Fatalf("%+v", c)
	}
	for output, matches := range map[string]bool{
		"said it loudly\nlast\n":              true,
		"said it loudly\nand\nagain\nlast\n":  true,
		"said it loudly  \nlast\n":            true,
		"said it\nloudly\nlast\n":             false,
		"said it loudly\nlast\nand more\n":    false,
		"before\nsaid it loudly\nlast\n":      false,
		"said it loudly\nnot quite the last ": false,
	} {
		if c[0].Want.MatchString(output) != matches {
			t.Errorf("%q matches: %v", output, !matches)
		}
	}
	if !c[1].Want.MatchString("") || c[1].Want.MatchString("word\n") {
		t.Error("a command without output is one that says nothing")
	}
}

func TestWhatCouldGoUnrunIsAFaultWithItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		"```\nls\n```\n":                     `page.md:1: "" is no language`,
		"```bash\nls\n```\n":                 `page.md:1: "bash" is no language`,
		"```sh not run:\nls\n```\n":          `"sh not run:" is no language`,
		"```text not run: x\ncurl x\n```\n":  `command "curl "`,
		"```text\n$ ls\n```\n":               `page.md:1: a text block with the command "$ "`,
		"Text:\n\n    demarc share\n":        "page.md:3: an indented block",
		"```sh\nls\n":                        "page.md:1: a fence that is never closed",
		"```json\n{\"a\": …}\n```\n":         "page.md:1: no JSON",
		"a\n```html\n<p>\ncurl x\n</p>\n```": "page.md:2: a html block",
	} {
		if _, err := pages.Blocks("page.md", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
