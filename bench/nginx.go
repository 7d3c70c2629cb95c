package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// nginx serves a file from a temporary folder.
type nginx struct {
	cmd *exec.Cmd
	dir string
}

// startNginx returns a running nginx and the URL of the file, or why there is none.
func startNginx(ctx context.Context, file string) (*nginx, string, error) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		return nil, "", err
	}
	dir, err := os.MkdirTemp("", "demarc-nginx-")
	if err != nil {
		return nil, "", err
	}
	port, err := freePort()
	if err != nil {
		return nil, "", err
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, "", err
	}
	if err := os.WriteFile(filepath.Join(dir, "answer"), body, 0o644); err != nil {
		return nil, "", err
	}
	settings := fmt.Sprintf(`daemon off; worker_processes auto; pid %[1]s/pid; error_log stderr;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10;
  client_body_temp_path %[1]s/a; proxy_temp_path %[1]s/b; fastcgi_temp_path %[1]s/c; uwsgi_temp_path %[1]s/d; scgi_temp_path %[1]s/e;
  server { listen 127.0.0.1:%[2]d; root %[1]s; } }
`, dir, port)
	path := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(settings), 0o644); err != nil {
		return nil, "", err
	}
	// The workers step down to another user, who has to find the file.
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, "", err
	}
	n := &nginx{exec.CommandContext(ctx, program, "-e", "stderr", "-c", path), dir}
	n.cmd.Cancel = func() error { return n.cmd.Process.Signal(os.Interrupt) } // a killed master would leave its workers
	if err := n.cmd.Start(); err != nil {
		return nil, "", err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	for range 100 {
		if conn, err := net.Dial("tcp", address); err == nil {
			return n, "http://" + address + "/answer", conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	n.stop()
	return nil, "", fmt.Errorf("it does not listen on %s", address)
}

func (n *nginx) stop() {
	_ = n.cmd.Process.Signal(os.Interrupt)
	_ = n.cmd.Wait()
	_ = os.RemoveAll(n.dir)
}

// freePort returns a port that was free a moment ago.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
