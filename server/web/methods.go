package web

import "net/http"

// Resource computes one answer. The request's context carries the deadline.
type Resource func(*http.Request) (*Answer, error)

// Methods are the resources of one path.
type Methods struct {
	Get, Post  Resource
	Refuse     *Problem // answer to every request when not nil
	Private    bool     // for the operator: no page of another origin may ask, and there is no rate limit and no deadline
	NoDeadline bool     // what its answers cost is bounded by the store that holds them
	Repeats    bool     // its answers depend on nothing but a request's spelling
	Bytes      int64    // of a body, where it is not the usual limit
	Unlimited  bool     // asked by the operator's own machinery, so never refused for asking often
}

func (m Methods) allow() string {
	if m.Post == nil {
		return "GET, HEAD, OPTIONS"
	}
	if m.Get == nil {
		return "POST, OPTIONS"
	}
	return "GET, HEAD, POST, OPTIONS"
}

// common are the headers of every answer of a path.
func (m Methods) common() http.Header {
	common := http.Header{"X-Content-Type-Options": {"nosniff"}}
	if !m.Private {
		common["Access-Control-Allow-Origin"] = []string{"*"}
		common["Access-Control-Expose-Headers"] = []string{"ETag, Content-Range, Content-Disposition, Retry-After, X-Request-Id, Demarc-Snapshot, Demarc-Epoch, Demarc-Basis, Content-Crs"}
	}
	return common
}
