package referee

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// PostGISEnv names the environment variable with the connection string of a
// cluster that is already running; `make test` starts one for the whole suite.
const PostGISEnv = "DEMARC_TEST_POSTGIS"

// started holds the cluster of this test process; it is started by the first
// test that asks and stops with the process (see Cluster.watch).
var started = sync.OnceValues(StartPostGIS)

// PostGIS returns a connection to a private PostGIS database.
// The connection is the test's own and is closed with it.
func PostGIS(t testing.TB) *pgx.Conn {
	t.Helper()
	url := os.Getenv(PostGISEnv)
	if url == "" {
		Need(t, "postgis")
		cluster, err := started()
		if err != nil {
			Absent(t, "postgis", err.Error())
		}
		url = cluster.URL
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("connect to PostGIS: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// Cluster is a private PostgreSQL server that listens on a unix socket only.
type Cluster struct {
	URL    string // connection string for pgx
	dir    string
	server *exec.Cmd
	attr   *syscall.SysProcAttr // who runs it
}

// bin is where the server's programs are.
const bin = "/usr/lib/postgresql/15/bin/"

// StartPostGIS initialises a cluster in a temporary folder as an unprivileged
// user and starts it. On Linux the server dies with this process, even on kill -9.
func StartPostGIS() (*Cluster, error) {
	removeStale()
	dir, err := os.MkdirTemp("", "demarc-postgis-")
	if err != nil {
		return nil, err
	}
	attr, name, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	cluster := filepath.Join(dir, "cluster")
	initdb := exec.Command(bin+"initdb", "-D", cluster, "-U", name, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	EndWithThisProcess(attr, syscall.SIGQUIT)
	c := &Cluster{URL: fmt.Sprintf("host=%s user=%s dbname=postgres", dir, name), dir: dir, attr: attr}
	if err := c.Resume(); err != nil {
		c.Stop()
		return nil, err
	}
	return c, nil
}

// Resume starts the server, for the first time or after Halt.
func (c *Cluster) Resume() error {
	c.server = exec.Command(bin+"postgres", "-D", filepath.Join(c.dir, "cluster"), "-k", c.dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=128MB", "-c", "max_connections=50")
	c.server.SysProcAttr, c.server.Dir = c.attr, c.dir
	if err := c.server.Start(); err != nil {
		return err
	}
	return c.ready()
}

// Halt ends the server in good order and keeps its data; every connection breaks.
func (c *Cluster) Halt() error {
	if err := c.server.Process.Signal(syscall.SIGINT); err != nil {
		return err
	}
	return c.server.Wait()
}

// removeStale removes the folders of clusters whose server is gone: a test
// process that started one ends without a chance to clean up.
func removeStale() {
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), "demarc-postgis-*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		text, err := os.ReadFile(filepath.Join(dir, "cluster", "postmaster.pid"))
		if err != nil {
			continue // being made, or not ours to read
		}
		first, _, _ := strings.Cut(string(text), "\n")
		pid, err := strconv.Atoi(first)
		if err == nil && !lives(pid) {
			_ = os.RemoveAll(dir)
		}
	}
}

// ready waits for the server and loads the extension.
func (c *Cluster) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, c.URL)
		if err == nil {
			defer conn.Close(ctx)
			_, err = conn.Exec(ctx, "CREATE EXTENSION IF NOT EXISTS postgis")
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Stop ends the server at once and removes its folder.
func (c *Cluster) Stop() {
	if c.server != nil && c.server.Process != nil {
		_ = c.server.Process.Signal(syscall.SIGQUIT)
		_ = c.server.Wait()
	}
	_ = os.RemoveAll(c.dir)
}

// unprivileged returns how to run the server: PostgreSQL refuses to run as
// root, so root steps down to the user postgres, who is given the folder.
func unprivileged(dir string) (*syscall.SysProcAttr, string, error) {
	if os.Geteuid() != 0 {
		me, err := user.Current()
		if err != nil {
			return nil, "", err
		}
		return &syscall.SysProcAttr{}, me.Username, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, "", err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, "", err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, "", err
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, "", err
	}
	attr, err := runAs(uid, gid)
	return attr, u.Username, err
}
