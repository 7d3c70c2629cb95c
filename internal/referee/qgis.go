package referee

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The bindings of QGIS belong to the system's own Python.
const (
	qgisPython  = "/usr/bin/python3"
	qgisPackage = "/usr/lib/python3/dist-packages/qgis/core/__init__.py"
)

//go:embed inside_qgis.py
var qgisRunner []byte

// QGIS runs a Python script inside QGIS, without a window and with settings of
// its own, and decodes the JSON that the script prints into answer. It ends the
// test by Absent (component "qgis") where QGIS for Python is not installed, and
// fails it, with all that QGIS said, when the script fails.
func QGIS(t testing.TB, answer any, script string, arguments ...string) {
	t.Helper()
	if _, err := os.Stat(qgisPackage); err != nil {
		Absent(t, "qgis", "python3-qgis is not installed")
	}
	home := t.TempDir()
	runner := filepath.Join(home, "inside_qgis.py") // any name but that of the package
	if err := os.WriteFile(runner, qgisRunner, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, qgisPython, append([]string{runner, script}, arguments...)...)
	cmd.Env = append(os.Environ(), "QT_QPA_PLATFORM=offscreen", "HOME="+home, "XDG_RUNTIME_DIR="+home, "QGIS_CUSTOM_CONFIG_PATH="+home)
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); err != nil {
		t.Fatalf("QGIS, %s: %v\n%s", filepath.Base(script), err, log.Bytes())
	}
	if err := json.Unmarshal(out.Bytes(), answer); err != nil {
		t.Fatalf("QGIS, %s: %v\n%s\n%s", filepath.Base(script), err, out.Bytes(), log.Bytes())
	}
}
