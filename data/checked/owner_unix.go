//go:build unix

package checked

import (
	"io/fs"
	"os"
	"syscall"
)

// ours says whether a folder is the user's, and nobody else can write to it.
func ours(info fs.FileInfo) bool {
	of, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(of.Uid) == os.Geteuid() && info.Mode()&0o022 == 0
}
