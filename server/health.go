package server

import "net/http"

// healthz answers 200 while the process runs.
func (s *Server) healthz(*http.Request) (*answer, error) {
	return s.json(typeJSON, cacheNone, map[string]any{"status": "ok"})
}

// readyz answers 200 once a good snapshot is served, 503 before. When the last
// reload was refused the status is degraded and the faults are named; their
// words, which may be about data not published yet, stay with the operator.
func (s *Server) readyz(*http.Request) (*answer, error) {
	current, err := s.served()
	if err != nil {
		return nil, err
	}
	ready := map[string]any{"status": "ready", "snapshots": snapshotNames(current)}
	if last := s.lastReload.Load(); last != nil && !last.OK {
		ready["status"], ready["refused_at"] = "degraded", last.At
		ready["detail"] = "the last reload was refused; what was served before still is"
		named := []map[string]string{}
		for _, f := range last.Faults[:min(len(last.Faults), 20)] {
			named = append(named, map[string]string{"file": f.File, "feature": f.Feature, "rule": f.Rule})
		}
		ready["faults"] = named
	}
	if t := s.trouble.Load(); t != nil {
		ready["status"], ready["store"] = "degraded", map[string]any{"since": t.since, "detail": "the store cannot be followed; what was served before still is"}
	}
	return s.json(typeJSON, cacheNone, ready)
}

// version answers with the build and the snapshots it serves.
func (s *Server) version(*http.Request) (*answer, error) {
	v := map[string]any{"build": s.options.Version, "snapshots": snapshotNames(s.current.Load())}
	if last := s.lastReload.Load(); last != nil {
		v["last_reload"] = map[string]any{"at": last.At, "ok": last.OK}
	}
	return s.json(typeJSON, cacheNone, v)
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
