package atomicfile

import (
	"fmt"
	"os"
	"strings"
)

// Temporary is the name of something that this process is writing and that will
// be called base. It is hidden.
func Temporary(base string) string { return fmt.Sprintf(".%s.%d.tmp", base, os.Getpid()) }

// IsTemporary says whether a name without folders is one of Temporary's.
func IsTemporary(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, ".tmp")
}

// isTemporaryOf says whether a name is one of Temporary(base) in any process. A
// temporary of a.b is none of a, although it begins alike.
func isTemporaryOf(name, base string) bool {
	process, ok := strings.CutPrefix(name, "."+base+".")
	if ok {
		process, ok = strings.CutSuffix(process, ".tmp")
	}
	return ok && process != "" && strings.Trim(process, "0123456789") == ""
}
