package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

// Parts of what there is that the process takes, unless it is told.
const (
	partOfGroup   = 0.8  // of the limit of its control group: the kernel counts buffers too, and kills beyond it
	partOfMachine = 0.25 // of the machine, which others use as well
)

// memory says how much memory the process takes, in bytes, and by what: the flag,
// GOMEMLIMIT, the control group whose limit the files of the system tell, or a
// part of the machine, whose bytes are 0 where nobody knows. Nothing known is 2 GiB.
func memory(flag string, environment int64, system fs.FS, machine uint64) (limit int64, by string, err error) {
	if flag != "" {
		limit, err := parseBytes(flag)
		if err != nil {
			return 0, "", fmt.Errorf("--memory: %w", err)
		}
		if limit < leastMemory {
			return 0, "", fmt.Errorf("--memory: %s is too little to serve anything; 64MiB is the least", flag)
		}
		return limit, "--memory", nil
	}
	if environment < math.MaxInt64 {
		return max(environment, leastMemory), "GOMEMLIMIT", nil
	}
	if group := groupLimit(system); group > 0 {
		return max(int64(partOfGroup*float64(group)), leastMemory), "its control group", nil
	}
	if machine > 0 {
		return max(int64(partOfMachine*float64(machine)), leastMemory), "the machine", nil
	}
	return 2 << 30, "nothing else", nil
}

const leastMemory = 64 << 20

// limitMemory sets the collector's limit where GOMEMLIMIT did not, and returns it.
func limitMemory(flag string, log *slog.Logger) (uint64, error) {
	environment := debug.SetMemoryLimit(-1)
	limit, by, err := memory(flag, environment, systemFiles(), machineBytes())
	if err != nil {
		return 0, err
	}
	if environment == math.MaxInt64 {
		debug.SetMemoryLimit(limit)
	}
	log.Info("memory", "bytes", limit, "by", by)
	return uint64(limit), nil
}

// parseBytes reads a number of bytes with a unit, such as 1.5GiB or 512MB; a
// number alone is bytes.
func parseBytes(text string) (int64, error) {
	number := strings.TrimRight(text, "kKMGTiB")
	unit, known := map[string]float64{"": 1, "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12,
		"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}[text[len(number):]]
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || !known || !(value >= 0 && value*unit < 1<<60) {
		return 0, fmt.Errorf("%q is no number of bytes such as 512MiB or 1.5GiB", text)
	}
	return int64(value * unit), nil
}

// groupLimit reads the least limit of the control groups that the process is in,
// 0 when there is none: memory.max of version 2, memory.limit_in_bytes of version 1.
func groupLimit(system fs.FS) int64 {
	text, err := fs.ReadFile(system, "proc/self/cgroup")
	if err != nil {
		return 0
	}
	least := int64(math.MaxInt64)
	for line := range strings.Lines(string(text)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		root, file := "sys/fs/cgroup", "memory.max"
		switch {
		case fields[0] == "0" && fields[1] == "":
		case strings.Contains(","+fields[1]+",", ",memory,"):
			root, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
		default:
			continue
		}
		for group := path.Clean("/" + fields[2]); ; group = path.Dir(group) { // a container may see its own as the root
			if text, err := fs.ReadFile(system, path.Join(root, group, file)); err == nil {
				if n, err := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64); err == nil && n > 0 {
					least = min(least, n)
				}
			}
			if group == "/" {
				break
			}
		}
	}
	if least >= 1<<60 { // how version 1 says that there is none
		return 0
	}
	return least
}
