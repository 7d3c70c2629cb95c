package inspect

import (
	"fmt"

	"github.com/demarc-map/demarc/data/intake"
)

// advice says what may be done with a file that has no polygon.
func advice(i *Inspection) []string {
	out := []string{"There is no polygon, so nothing to import as zones."}
	if i.points > 0 {
		out = append(out, fmt.Sprintf("%s of points: they become places beside the zones of another file: demarc import ZONES_FILE %s --points places --set kind=town …", intake.Amount(i.points, "feature"), quoted(i.File)))
	}
	if i.lines > 0 {
		out = append(out, fmt.Sprintf("%s of lines: demarc split --data DATASET --line %s measures both sides of a territory that they cut; beside the zones of another file they become control lines: "+
			"demarc import ZONES_FILE %s --lines control-lines --set kind=front …", intake.Amount(i.lines, "feature"), quoted(i.File), quoted(i.File)))
	}
	return out
}
