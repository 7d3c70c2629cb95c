package server

import (
	"runtime"
	"time"
)

// or returns the value, the default where it is left out.
func or[T int | int64 | uint64 | float64 | time.Duration](value, otherwise T) T {
	if value <= 0 {
		return otherwise
	}
	return value
}

// limited fills in the limits that are left out: every number that bounds memory
// or work.
func (o Options) limited() Options {
	o.MaxBytes = or(o.MaxBytes, 8<<20)
	o.Vertices = or(o.Vertices, 200_000)
	o.Points = or(o.Points, 1000)
	o.MaxExport = or(o.MaxExport, 64<<20)
	o.Timeout = or(o.Timeout, 10*time.Second)
	o.Heavy = or(o.Heavy, 2*runtime.GOMAXPROCS(0))
	o.Queue = or(o.Queue, 2*o.Heavy)
	o.Burst = or(o.Burst, max(1, int(10*o.Rate)))

	m := &o.Memory
	m.Total = or(m.Total, 2<<30)
	m.Tiles = or(m.Tiles, m.Total/8)
	m.Editions = or(m.Editions, int64(m.Total/8))
	m.Past = or(m.Past, m.Total/8)
	m.Work = or(m.Work, int64(m.Total/8))
	m.Exports = or(m.Exports, 3*m.Total/32)
	m.Bodies = or(m.Bodies, int64(m.Total/16))
	m.Repeats = or(m.Repeats, m.Total/32)
	m.Answers = or(m.Answers, m.Total/64)
	m.Pictures = or(m.Pictures, m.Total/64)
	m.Cells = or(m.Cells, int64(m.Total/64))
	o.MaxExport = min(o.MaxExport, int64(m.Exports)*2/5) // with its compressed form it is held about twice
	m.Clients = or(m.Clients, 1<<15)
	m.Earlier = or(m.Earlier, 2)
	m.Warm = or(m.Warm, 32)
	return o
}

// figuresWaiting is how many requests wait for a share, for each that is at work:
// a share is small work, and many ask for one at once.
const figuresWaiting = 16

// editionsWaiting is how many editions wait to be made: a reader who goes through
// a history asks for each of its days.
const editionsWaiting = 64

// picturesWaiting is how many drawn maps wait to be made.
const picturesWaiting = 64

// publishedBytes is the size of a dataset that is published, unless AdminOptions
// say otherwise.
const publishedBytes = 64 << 20

// adminTimeout bounds what the operator asks for.
const adminTimeout = 10 * time.Minute
