package referee

import (
	"testing"

	"pgregory.net/rapid"
)

// CheckUntil checks a law, and draws again where nothing that was drawn showed what
// the law is about: now and then that happens, the more so in a short run. It fails
// when that is never seen.
func CheckUntil(t *testing.T, law func(*rapid.T), seen func() bool) {
	t.Helper()
	for range 20 {
		if rapid.Check(t, law); seen() {
			return
		}
	}
	t.Error("nothing that was drawn shows what the law is about")
}
