package web

import (
	"bytes"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/common/expfmt"
)

// Metrics count answers, by route and never by client.
type Metrics struct {
	*prometheus.Registry // for what else is counted

	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	bytes    *prometheus.CounterVec
	bugs     prometheus.Counter
}

func newMetrics() *Metrics {
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	m := &Metrics{
		Registry: prometheus.NewRegistry(),
		requests: counters("demarc_http_requests_total", "Requests answered.", "route", "status"),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "demarc_http_request_seconds", Help: "Time from the request's headers to the end of its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}}, []string{"route"}),
		bytes: counters("demarc_http_answer_bytes_total", "Bytes of answers' bodies.", "route"),
		bugs:  prometheus.NewCounter(prometheus.CounterOpts{Name: "demarc_bugs_total", Help: "Panics, each of which cost one request or one turn of what works beside them."}),
	}
	m.MustRegister(m.requests, m.seconds, m.bytes, m.bugs, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Watch counts what happens at a gate.
func (m *Metrics) Watch(name string, g *Gate) {
	labels := prometheus.Labels{"gate": name}
	m.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_gate_working", Help: "Requests at work behind a gate.", ConstLabels: labels},
			func() float64 { working, _ := g.at(); return float64(working) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_gate_waiting", Help: "Requests that wait for their turn.", ConstLabels: labels},
			func() float64 { _, waiting := g.at(); return float64(waiting) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_gate_limit", Help: "Requests that may be at work at once.", ConstLabels: labels},
			func() float64 { return float64(g.works) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "demarc_gate_refused_total", Help: "Requests refused because the queue was full.", ConstLabels: labels},
			func() float64 { return float64(g.shed.Load()) }))
}

// Memory tells how many bytes a part of the server holds, of how many.
func (m *Metrics) Memory(part string, use func() (held, limit int64)) {
	labels := prometheus.Labels{"part": part}
	m.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_memory_held_bytes", Help: "Memory that a part of the server holds, about.", ConstLabels: labels},
			func() float64 { held, _ := use(); return float64(held) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "demarc_memory_limit_bytes", Help: "Memory that a part of the server may hold.", ConstLabels: labels},
			func() float64 { _, limit := use(); return float64(limit) }))
}

// text is everything counted in Prometheus' text format.
func (m *Metrics) text() (contentType string, text []byte, err error) {
	families, err := m.Gather()
	if err != nil {
		return "", nil, err
	}
	format := expfmt.NewFormat(expfmt.TypeTextPlain)
	var out bytes.Buffer
	encoder := expfmt.NewEncoder(&out, format)
	for _, family := range families {
		if err := encoder.Encode(family); err != nil {
			return "", nil, err
		}
	}
	return string(format), out.Bytes(), nil
}

// meter counts the answers of one route.
type meter struct {
	requests *prometheus.CounterVec // by status
	ok       prometheus.Counter     // those with status 200
	seconds  prometheus.Observer
	bytes    prometheus.Counter
}

func (m *Metrics) meter(route string) *meter {
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
