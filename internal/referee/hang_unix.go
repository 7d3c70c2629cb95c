//go:build unix

package referee

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Hang stops every process of the cluster where it stands: connections stay
// open, and nothing answers. Wake lets them go on.
func (c *Cluster) Hang() error { return c.signal(syscall.SIGSTOP) }

// Wake ends Hang.
func (c *Cluster) Wake() error { return c.signal(syscall.SIGCONT) }

// signal sends a signal to the server and the processes it started, which it
// finds in /proc.
func (c *Cluster) signal(s syscall.Signal) error {
	server := c.server.Process.Pid
	err := c.server.Process.Signal(s)
	status, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range status {
		text, read := os.ReadFile(name)
		_, after, found := strings.Cut(string(text), ") ") // the name before may hold anything
		fields := strings.Fields(after)
		if read != nil || !found || len(fields) < 2 || fields[1] != strconv.Itoa(server) {
			continue // it ended meanwhile, or is another's
		}
		pid, wrong := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if wrong == nil {
			wrong = syscall.Kill(pid, s)
		}
		if !errors.Is(wrong, syscall.ESRCH) {
			err = errors.Join(err, wrong)
		}
	}
	return err
}
