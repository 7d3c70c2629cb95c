//go:build !linux

package main

import (
	"embed"
	"io/fs"
)

// systemFiles are none: only Linux tells of control groups.
func systemFiles() fs.FS { return embed.FS{} }

// machineBytes is 0: it is not known.
func machineBytes() uint64 { return 0 }
