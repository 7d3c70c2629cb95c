package server

import (
	"github.com/demarc-map/demarc/data"
	"github.com/demarc-map/demarc/server/web"
	"github.com/demarc-map/demarc/tiles"

	"github.com/prometheus/client_golang/prometheus"
)

// counts tell what is served and what tiles leave out; web.Metrics counts answers.
type counts struct {
	dropped, merged    prometheus.Counter
	reloads            *prometheus.CounterVec
	degraded, reloaded prometheus.Gauge
	snapshots          *prometheus.GaugeVec
	evidence, review   *prometheus.GaugeVec
}

func newCounts(m *web.Metrics, version Version) *counts {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	c := &counts{
		dropped: counter("demarc_tile_features_dropped_total", "Features left out by the size budget, summed over the tiles served."),
		merged:  counter("demarc_tile_polygons_merged_total", "Polygons too small to draw on their own, summed over the tiles served."),
		reloads: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "demarc_reloads_total", Help: "Attempts to load the datasets, by result."},
			[]string{"result"}),
		degraded: gauge("demarc_degraded", "1 while the last reload was refused and the snapshots before it are served."),
		reloaded: gauge("demarc_last_good_load_timestamp_seconds", "When what is served was loaded."),
		snapshots: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "demarc_snapshot_info", Help: "1 for each snapshot that is served."},
			[]string{"dataset", "snapshot"}),
		evidence: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "demarc_evidence_timestamp_seconds", Help: "The newest day on which something that counts under a reading was mapped, as of the last load."},
			[]string{"dataset", "basis"}),
		review: prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "demarc_review_after_timestamp_seconds", Help: "The day after which somebody should look for newer evidence, of the datasets that say one."},
			[]string{"dataset"}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "demarc_build_info", Help: "1, for the build that runs.",
		ConstLabels: prometheus.Labels{"version": version.Version, "commit": version.Commit, "go": version.Go}})
	info.Set(1)
	m.MustRegister(c.dropped, c.merged, c.reloads, c.degraded, c.reloaded, c.snapshots, c.evidence, c.review, info)
	return c
}

// served tells which snapshots are served from a day on, and how old they are.
func (c *counts) served(today data.Date, snapshots []*data.Snapshot) {
	c.snapshots.Reset()
	c.evidence.Reset()
	c.review.Reset()
	for _, s := range snapshots {
		id := s.Dataset.ID
		c.snapshots.WithLabelValues(id, s.Name()).Set(1)
		for _, b := range s.Dataset.Bases {
			if newest := s.NewestBy(b.ID, today); newest != 0 {
				c.evidence.WithLabelValues(id, b.ID).Set(float64(newest.Time().Unix()))
			}
		}
		if after := s.Dataset.ReviewAfter; after != 0 {
			c.review.WithLabelValues(id).Set(float64(after.Time().Unix()))
		}
	}
}

// tile counts what a tile leaves out, whenever it is sent; nil when that is nothing.
func (c *counts) tile(n tiles.Notes) func() {
	if n == (tiles.Notes{}) {
		return nil
	}
	return func() {
		c.dropped.Add(float64(n.Dropped))
		c.merged.Add(float64(n.Merged))
	}
}
