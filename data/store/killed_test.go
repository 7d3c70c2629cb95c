package store

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/demarc-map/demarc/internal/atomicfile"
	"github.com/demarc-map/demarc/internal/referee"
)

// killed names the store that this process, when it is started for that,
// publishes into until it kills itself at a step: "STEP PATH".
const killed = "DEMARC_TEST_KILLED"

// publishUntilKilled is that process.
func publishUntilKilled(order string) {
	var step int
	path := order[strings.IndexByte(order, ' ')+1:]
	if _, err := fmt.Sscan(order, &step); err != nil {
		panic(err)
	}
	d, err := CreateDirectory(path)
	if err != nil {
		panic(err)
	}
	n := 0
	d.folder.fault = func(string) error {
		if n++; n == step {
			me, _ := os.FindProcess(os.Getpid()) // which always is there
			_ = me.Kill()
			select {}
		}
		return nil
	}
	t := &inChild{}
	published(t, d, version(t, "here", 43), by("ann", 1))
	fmt.Println("published")
}

// inChild is a testing.TB of the killed process, which has no test to fail.
type inChild struct{ testing.TB }

func (*inChild) Helper()                           {}
func (*inChild) Fatal(args ...any)                 { panic(fmt.Sprint(args...)) }
func (*inChild) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// A process that is killed at each step of a publication, by SIGKILL, leaves
// what was acknowledged, and the next one nothing else.
func TestAPublisherThatIsKilledAtAnyStepLeavesItWholeOrNotThere(t *testing.T) {
	runs := 14 // once at each of 13 steps, and once not
	if *referee.Long {
		runs = 500
	}
	one, two := version(t, "here", 40), version(t, "here", 43)
	base, torn := quick(t), 0
	for n := range runs {
		path := filepath.Join(base, fmt.Sprint(n))
		d := opened(t, path)
		published(t, d, one, by("ann", 0))
		d.Close()
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", killed, n%14+1, path))
		out, err := child.Output()
		acknowledged := strings.Contains(string(out), "published")
		if acknowledged != (err == nil) || acknowledged != (n%14 == 13) {
			t.Fatalf("step %d: %v %s", n%14+1, err, out)
		}
		names, err := os.ReadDir(path)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(names, func(e os.DirEntry) bool { return atomicfile.IsTemporary(e.Name()) }) {
			torn++
		}
		d = opened(t, path)
		got := told(t, d, "here")
		if whole := []string{one.Name(), two.Name()}; !slices.Equal(got, whole[:1]) && !(n%14 >= 12 && slices.Equal(got, whole)) || acknowledged && len(got) != 2 {
			t.Errorf("killed at step %d: %v", n%14+1, got)
		}
		sound(t, d)
		d.Close()
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d runs, %d left something half done, which is gone", runs, torn)
	if torn < runs/2 {
		t.Errorf("only %d of %d runs left something half done", torn, runs)
	}
}
