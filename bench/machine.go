package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// machine describes where and with what is measured, one line each.
func machine(ctx context.Context) []string {
	lines := []string{fmt.Sprintf("%s, %d processors, %s memory, %s/%s", first("/proc/cpuinfo", "model name"), runtime.NumCPU(),
		first("/proc/meminfo", "MemTotal"), runtime.GOOS, runtime.GOARCH), runtime.Version()}
	for _, program := range [][]string{
		{"git", "describe", "--tags", "--always", "--dirty"}, {"node", "--version"}, {"ogr2ogr", "--version"},
		{"/usr/lib/postgresql/15/bin/postgres", "--version"}, {"nginx", "-v"},
	} {
		text, err := exec.CommandContext(ctx, program[0], program[1:]...).CombinedOutput() // nginx -v writes to standard error
		name := program[0][strings.LastIndex(program[0], "/")+1:]
		switch {
		case err != nil:
			lines = append(lines, name+": not installed")
		case name == "git":
			lines = append(lines, "demarc "+strings.TrimSpace(string(text)))
		default:
			lines = append(lines, name+" "+strings.TrimSpace(string(text)))
		}
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		lines = append(lines, "load average at the start: "+strings.Join(strings.Fields(string(load))[:3], " "))
	}
	return lines
}

// first returns the value of a key in a file of "key: value" lines, "unknown" without it.
func first(path, key string) string {
	file, err := os.Open(path)
	if err != nil {
		return "unknown"
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if name, value, found := strings.Cut(lines.Text(), ":"); found && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}
