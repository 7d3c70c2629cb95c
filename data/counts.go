package data

// HeldMark is the mark of a zone that counts as held under its basis; one that
// does not has its status for a mark.
const HeldMark = "held"

// SharedMark is the mark of land that several parties hold at once.
const SharedMark = "shared"

// Counts reports whether a zone is held land under its basis.
func Counts(s *Snapshot, z *Zone) bool {
	basis, ok := s.BasisByID(z.Basis)
	return ok && basis.HoldsBy(z.Status)
}

// MarkOf names how a zone is drawn: HeldMark or its status.
func MarkOf(s *Snapshot, z *Zone) string {
	if Counts(s, z) {
		return HeldMark
	}
	return string(z.Status)
}
