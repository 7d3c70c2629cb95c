package main

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMemoryIsWhatIsSaidElseWhatTheSystemGives(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	unit := fstest.MapFS{
		"proc/self/cgroup": file("0::/system.slice/demarc.service\n"),
		"sys/fs/cgroup/system.slice/demarc.service/memory.max": file("2147483648\n"),
		"sys/fs/cgroup/system.slice/memory.max":                file("max\n"),
	}
	nested := fstest.MapFS{
		"proc/self/cgroup":              file("0::/pod/container\n"),
		"sys/fs/cgroup/pod/memory.max":  file("536870912\n"),
		"sys/fs/cgroup/pod/container/x": file(""),
	}
	container := fstest.MapFS{
		"proc/self/cgroup":                            file("5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/\n"),
		"sys/fs/cgroup/memory/memory.limit_in_bytes":  file("1073741824\n"),
		"sys/fs/cgroup/cpu/docker/abc/memory.max":     file("1\n"),
		"sys/fs/cgroup/memory/docker/x/memory.limits": file("1\n"),
	}
	unlimited := fstest.MapFS{
		"proc/self/cgroup":                           file("4:memory:/\n"),
		"sys/fs/cgroup/memory/memory.limit_in_bytes": file("9223372036854771712\n"),
	}
	for name, c := range map[string]struct {
		flag        string
		environment int64
		system      fstest.MapFS
		machine     uint64
		want        int64
		by          string
	}{
		"the flag before all":                        {"1.5GiB", 1 << 30, unit, 8 << 30, 3 << 29, "--memory"},
		"GOMEMLIMIT before the system":               {"", 1600 << 20, unit, 8 << 30, 1600 << 20, "GOMEMLIMIT"},
		"the unit's control group":                   {"", math.MaxInt64, unit, 8 << 30, 1717986918, "its control group"},
		"the least of the groups around it":          {"", math.MaxInt64, nested, 8 << 30, 429496729, "its control group"},
		"version 1, in a container":                  {"", math.MaxInt64, container, 8 << 30, 858993459, "its control group"},
		"a group without a limit: part of a machine": {"", math.MaxInt64, unlimited, 8 << 30, 2 << 30, "the machine"},
		"nothing is known":                           {"", math.MaxInt64, fstest.MapFS{}, 0, 2 << 30, "nothing else"},
		"a tiny machine":                             {"", math.MaxInt64, fstest.MapFS{}, 128 << 20, 64 << 20, "the machine"},
	} {
		got, by, err := memory(c.flag, c.environment, c.system, c.machine)
		if err != nil || got != c.want || by != c.by {
			t.Errorf("%s: %d by %s, %v; not %d by %s", name, got, by, err, c.want, c.by)
		}
	}
	for _, wrong := range []string{"much", "-1GiB", "1GIB", "1 GiB", "NaNGiB", "1e30", "12", "1GiBGiB", "GiB"} {
		if limit, _, err := memory(wrong, math.MaxInt64, unit, 0); err == nil || !strings.Contains(err.Error(), "--memory") {
			t.Errorf("%q is %d bytes, %v", wrong, limit, err)
		}
	}
}
