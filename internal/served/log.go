package served

import "sync"

// Log is a list of lines that several goroutines may add to.
type Log struct {
	mu   sync.Mutex
	list []string
}

// Add adds a line.
func (l *Log) Add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, line)
}

// Write adds what a logger writes.
func (l *Log) Write(line []byte) (int, error) {
	l.Add(string(line))
	return len(line), nil
}

// All lists the lines so far.
func (l *Log) All() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]string(nil), l.list...)
}
