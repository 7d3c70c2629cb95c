package browsers

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// long asks for the long forms of the proofs under load; so does DEMARC_REQUIRE
// when it names "soak".
var long = flag.Bool("soak", strings.Contains(os.Getenv("DEMARC_REQUIRE"), "soak"), "run the long proofs under load")

// TestMain fails when a goroutine is left after all tests.
func TestMain(m *testing.M) {
	status := m.Run()
	http.DefaultClient.CloseIdleConnections()
	if err := goleak.Find(); err != nil && status == 0 {
		fmt.Fprintln(os.Stderr, err)
		status = 1
	}
	os.Exit(status)
}
