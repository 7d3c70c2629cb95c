package server

import "net/http"

// healthz answers 200 while the process runs.
func (s *Server) healthz(*http.Request) (*answer, error) {
	return s.json(typeJSON, cacheNone, map[string]any{"status": "ok"})
}

// readyz answers 200 once a good snapshot is served, 503 before.
func (s *Server) readyz(*http.Request) (*answer, error) {
	current := s.current.Load()
	if current == nil {
		return nil, errNotReady
	}
	return s.json(typeJSON, cacheNone, map[string]any{"status": "ready", "snapshots": snapshotNames(current)})
}

// version answers with the build and the snapshots it serves.
func (s *Server) version(*http.Request) (*answer, error) {
	return s.json(typeJSON, cacheNone, map[string]any{"build": s.options.Version, "snapshots": snapshotNames(s.current.Load())})
}

// snapshotNames maps each dataset to the name of its snapshot.
func snapshotNames(c *catalogue) map[string]string {
	names := map[string]string{}
	if c != nil {
		for id, p := range c.places {
			names[id] = p.snapshot.Name()
		}
	}
	return names
}
