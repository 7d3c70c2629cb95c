package server

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/demarc-map/demarc/tiles"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/common/expfmt"
)

// metrics count what the server does, by route and never by client.
type metrics struct {
	registry        *prometheus.Registry
	requests        *prometheus.CounterVec
	seconds         *prometheus.HistogramVec
	bytes           *prometheus.CounterVec
	dropped, merged prometheus.Counter
	reloads         *prometheus.CounterVec
	degraded        prometheus.Gauge
	reloaded        prometheus.Gauge
	snapshots       *prometheus.GaugeVec
}

func newMetrics(version Version, gates map[string]*gate) *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	}
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: counters("demarc_http_requests_total", "Requests answered.", "route", "status"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "demarc_http_request_seconds", Help: "Time from the request's headers to the end of its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"route"}),
		bytes:    counters("demarc_http_answer_bytes_total", "Bytes of answers' bodies.", "route"),
		dropped:  counter("demarc_tile_features_dropped_total", "Features left out by the size budget, summed over the tiles served."),
		merged:   counter("demarc_tile_polygons_merged_total", "Polygons too small to draw on their own, summed over the tiles served."),
		reloads:  counters("demarc_reloads_total", "Attempts to load the datasets, by result.", "result"),
		degraded: gauge("demarc_degraded", "1 while the last reload was refused and the snapshots before it are served."),
		reloaded: gauge("demarc_last_good_load_timestamp_seconds", "When what is served was loaded."),
		snapshots: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "demarc_snapshot_info", Help: "1 for each snapshot that is served."},
			[]string{"dataset", "snapshot"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "demarc_build_info", Help: "1, for the build that runs.",
		ConstLabels: prometheus.Labels{"version": version.Version, "commit": version.Commit, "go": version.Go}})
	info.Set(1)
	m.registry.MustRegister(m.requests, m.seconds, m.bytes, m.dropped, m.merged, m.reloads, m.degraded, m.reloaded, m.snapshots, info,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for name, g := range gates {
		labels := prometheus.Labels{"gate": name}
		m.registry.MustRegister(
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_gate_working", Help: "Requests at work behind a gate.", ConstLabels: labels},
				func() float64 { return float64(len(g.working)) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_gate_waiting", Help: "Requests that wait for their turn.", ConstLabels: labels},
				func() float64 { return float64(max(0, len(g.seats)-len(g.working))) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_gate_limit", Help: "Requests that may be at work at once.", ConstLabels: labels},
				func() float64 { return float64(cap(g.working)) }),
			prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "demarc_gate_refused_total", Help: "Requests refused because the queue was full.", ConstLabels: labels},
				func() float64 { return float64(g.shed.Load()) }))
	}
	return m
}

// meter counts the answers of one route.
type meter struct {
	requests *prometheus.CounterVec // by status
	ok       prometheus.Counter     // those with status 200
	seconds  prometheus.Observer
	bytes    prometheus.Counter
}

func (m *metrics) meter(route string) *meter {
	requests := m.requests.MustCurryWith(prometheus.Labels{"route": route})
	return &meter{requests, requests.WithLabelValues("200"), m.seconds.WithLabelValues(route), m.bytes.WithLabelValues(route)}
}

// served counts one answer.
func (m *meter) served(status int, written int64, took time.Duration) {
	counted := m.ok
	if status != http.StatusOK {
		counted = m.requests.WithLabelValues(strconv.Itoa(status))
	}
	counted.Inc()
	m.seconds.Observe(took.Seconds())
	m.bytes.Add(float64(written))
}

// tile counts what a tile leaves out.
func (m *metrics) tile(n tiles.Notes) {
	if n != (tiles.Notes{}) {
		m.dropped.Add(float64(n.Dropped))
		m.merged.Add(float64(n.Merged))
	}
}

// scrape answers GET /metrics in Prometheus' text format.
func (s *Server) scrape(*http.Request) (*answer, error) {
	families, err := s.metrics.registry.Gather()
	if err != nil {
		return nil, err
	}
	format := expfmt.NewFormat(expfmt.TypeTextPlain)
	var text bytes.Buffer
	encoder := expfmt.NewEncoder(&text, format)
	for _, family := range families {
		if err := encoder.Encode(family); err != nil {
			return nil, err
		}
	}
	return &answer{contentType: string(format), body: s.coder.Body(text.Bytes()), cache: cacheNone}, nil
}

// Metrics answers /metrics on a listener of its own.
func (s *Server) Metrics() http.Handler {
	paths := http.NewServeMux()
	paths.Handle("/metrics", s.handle("/metrics", methods{get: s.scrape, unlimited: true}))
	return paths
}
