package internal

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/referee"
)

// checkoutFile is a file of the checkout.
func checkoutFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(referee.Root(), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The unit with its drop-in, as systemd itself reads them.
func TestSystemdTakesTheUnitAndFindsItLittleExposed(t *testing.T) {
	analyze := referee.Program(t, "systemd", "systemd-analyze")
	unit := filepath.Join(t.TempDir(), "demarc.service")
	for name, text := range map[string]string{
		unit:                           strings.ReplaceAll(checkoutFile(t, "deploy/demarc.service"), "/usr/local/bin/demarc", "/bin/true"), // it need not be installed
		unit + ".d" + "/loopback.conf": checkoutFile(t, "deploy/loopback.conf"),
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"verify", "--man=no", unit}, {"security", "--offline=yes", "--threshold=12", unit}} { // 1.2 of 10
		out, err := exec.Command(analyze, args...).CombinedOutput()
		if err != nil || args[0] == "verify" && strings.Contains(string(out), "demarc") {
			t.Errorf("systemd-analyze %v: %v\n%s", args, err, out)
		}
	}
}

func TestPackagesOfTheWebAreOfOneVersionAndRunNothingWhenInstalled(t *testing.T) {
	out, err := exec.Command("git", "-C", referee.Root(), "ls-files", "*package.json").Output()
	if err != nil {
		t.Skipf("no checkout: %v", err)
	}
	exact := regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	for name := range strings.FieldsSeq(string(out)) {
		var p struct{ Dependencies, DevDependencies map[string]string }
		if err := json.Unmarshal([]byte(checkoutFile(t, name)), &p); err != nil {
			t.Fatal(err)
		}
		if len(p.Dependencies)+len(p.DevDependencies) == 0 {
			t.Errorf("%s names no package", name)
		}
		for _, packages := range []map[string]string{p.Dependencies, p.DevDependencies} {
			for of, version := range packages {
				if !exact.MatchString(version) {
					t.Errorf("%s: %s is %s, which is no version", name, of, version)
				}
			}
		}
	}
	for _, name := range []string{"Makefile", "deploy/Dockerfile"} {
		installs := 0
		for line := range strings.Lines(checkoutFile(t, name)) {
			if !strings.Contains(line, "npm ") || !regexp.MustCompile(`npm (ci|i|install)\b`).MatchString(line) {
				continue
			}
			installs++
			if !strings.Contains(line, "npm ci") || !strings.Contains(line, "--ignore-scripts") {
				t.Errorf("%s: %s", name, line)
			}
		}
		if installs == 0 {
			t.Errorf("%s installs nothing: this test looks at nothing", name)
		}
	}
}
