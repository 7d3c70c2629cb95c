package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress returns what draws a progress bar on a terminal, and what ends it; both
// do nothing when w is not a terminal, and report is nil then.
func progress(w io.Writer, what string) (report func(done, total int), end func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(f), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString(what), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30),
	)
	// A bar that cannot be drawn is no reason to stop.
	report = func(done, total int) {
		bar.ChangeMax(total)
		_ = bar.Set(done)
	}
	return report, func() { _ = bar.Clear() }
}
