package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// startNginx returns a running nginx that serves body, a file on the same path,
// as it is.
func startNginx(ctx context.Context, body []byte) (*program, error) {
	return start(ctx, "nginx", func(dir string, port int) ([]string, error) {
		if err := os.WriteFile(filepath.Join(dir, "answer"), body, 0o644); err != nil {
			return nil, err
		}
		settings := fmt.Sprintf(`daemon off; worker_processes auto; pid %[1]s/pid; error_log stderr;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; open_file_cache max=10;
  client_body_temp_path %[1]s/a; proxy_temp_path %[1]s/b; fastcgi_temp_path %[1]s/c; uwsgi_temp_path %[1]s/d; scgi_temp_path %[1]s/e;
  server { listen 127.0.0.1:%[2]d; root %[1]s; } }
`, dir, port)
		path := filepath.Join(dir, "nginx.conf")
		return []string{"-e", "stderr", "-c", path}, os.WriteFile(path, []byte(settings), 0o644)
	})
}
