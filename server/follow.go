package server

// follow tells how it goes with following the store: nil, or why it
// cannot. What is served stays; /readyz says degraded.
func (s *state) follow(err error) {
	before := s.trouble.Load()
	switch {
	case err == nil && before != nil:
		s.trouble.Store(nil)
		s.log.Info("the store is followed again")
	case err != nil && (before == nil || before.err.Error() != err.Error()):
		now := &trouble{since: s.now().UTC(), err: err}
		if before != nil {
			now.since = before.since
		}
		s.trouble.Store(now)
		s.log.Error("the store cannot be followed as it should; what can be served is", "error", err)
	}
	s.tellDegraded()
}
