package web

import "net/http"

// Scrape answers with the metrics in Prometheus' text format.
func (s *Site) Scrape(*http.Request) (*Answer, error) {
	contentType, text, err := s.Metrics.text()
	if err != nil {
		return nil, err
	}
	return &Answer{ContentType: contentType, Body: s.Body(text), Cache: CacheNone}, nil
}
