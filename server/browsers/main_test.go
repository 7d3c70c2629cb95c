package browsers

import (
	"testing"

	"github.com/demarc-map/demarc/internal/served"
)

func TestMain(m *testing.M) { served.Main(m) }
