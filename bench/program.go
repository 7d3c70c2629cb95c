package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/demarc-map/demarc/internal/referee"
)

// program is another system's server, running in a temporary folder of its own.
type program struct {
	cmd  *exec.Cmd
	dir  string
	base string // http://127.0.0.1:PORT
}

// install puts what a program needs into its folder and returns its arguments.
type install func(dir string, port int) (args []string, err error)

// start runs a program of the PATH that listens on a free port of loopback, or
// says why it cannot. What it prints is shown when it does not come to listen.
func start(ctx context.Context, name string, prepare install) (*program, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "demarc-"+name+"-")
	if err != nil {
		return nil, err
	}
	p := &program{dir: dir}
	if err := p.run(ctx, path, prepare); err != nil {
		p.stop()
		return nil, err
	}
	return p, nil
}

func (p *program) run(ctx context.Context, path string, prepare install) error {
	// Some step down to another user, who has to find the files.
	if err := os.Chmod(p.dir, 0o755); err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	args, err := prepare(p.dir, port)
	if err != nil {
		return err
	}
	said, err := os.Create(p.dir + "/said")
	if err != nil {
		return err
	}
	defer said.Close()
	p.cmd = exec.CommandContext(ctx, path, args...)
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = p.dir, said, said
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(os.Interrupt) } // a killed master would leave its workers
	p.cmd.SysProcAttr = &syscall.SysProcAttr{}
	referee.EndWithThisProcess(p.cmd.SysProcAttr, syscall.SIGTERM)
	if err := p.cmd.Start(); err != nil {
		return err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	p.base = "http://" + address
	for range 500 {
		if conn, err := new(net.Dialer).DialContext(ctx, "tcp", address); err == nil {
			return conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	text, _ := os.ReadFile(said.Name()) // for the message only
	return fmt.Errorf("it does not listen on %s: %.300s", address, text)
}

// stop ends the program and removes its folder.
func (p *program) stop() {
	if p.cmd != nil && p.cmd.Process != nil {
		_ = p.cmd.Process.Signal(os.Interrupt)
		late := time.AfterFunc(5*time.Second, func() { _ = p.cmd.Process.Kill() })
		_ = p.cmd.Wait()
		late.Stop()
	}
	_ = os.RemoveAll(p.dir)
}

// freePort returns a port that was free a moment ago.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
