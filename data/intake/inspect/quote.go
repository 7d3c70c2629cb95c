package inspect

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Line writes the command for these files.
func (s *Suggestion) Line(files []string) string {
	var b strings.Builder
	b.WriteString("demarc import")
	for _, file := range files {
		if strings.HasPrefix(file, "-") {
			file = "./" + file
		}
		b.WriteString(" " + quoted(file))
	}
	for _, a := range s.Arguments {
		b.WriteString(" \\\n  " + a.text())
	}
	return b.String()
}

// text is the argument as a shell reads it.
func (a Argument) text() string {
	if a.Value == "" {
		return "--" + a.Flag
	}
	return "--" + a.Flag + " " + quoted(a.Value)
}

// quoted writes a word so that a shell reads it as one, as it is. What a terminal
// would not show, or would obey, is written with escapes, which bash, ksh and zsh
// read and POSIX does since 2024.
func quoted(word string) string {
	switch {
	case word != "" && strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:=@%+") == "":
		return word
	case strings.ContainsFunc(word, unseen):
		return escaped(word)
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

func unseen(c rune) bool { return !strconv.IsPrint(c) || c == unicode.ReplacementChar }

// escaped writes a word as $'…'.
func escaped(word string) string {
	var b strings.Builder
	b.WriteString("$'")
	for at, c := range word {
		switch next := string(c); {
		case c == '\'' || c == '\\':
			b.WriteString(`\` + next)
		case unseen(c):
			length := len(next)
			if c == unicode.ReplacementChar {
				length = replaced(word[at:])
			}
			for _, octet := range []byte(word[at : at+length]) {
				fmt.Fprintf(&b, `\%03o`, octet)
			}
		default:
			b.WriteString(next)
		}
	}
	return b.String() + "'"
}

// replaced is the length of what stands for U+FFFD: itself, or a byte that is no UTF-8.
func replaced(text string) int {
	if strings.HasPrefix(text, string(unicode.ReplacementChar)) {
		return len(string(unicode.ReplacementChar))
	}
	return 1
}
