package tiles

import (
	"container/list"
	"sync"

	"github.com/demarc-map/demarc/data"
)

// editions holds tilesets of editions that were asked for, up to a number of
// bytes: those asked for last, however many atlases they are of. It is safe for
// concurrent use.
type editions struct {
	mu          sync.Mutex
	limit, held int64
	order       list.List // of *heldEdition, asked for last in front
	found       map[editionKey]*list.Element
}

// editionKey is an edition of one of the store's atlases.
type editionKey struct {
	atlas   uint64
	edition data.Edition
}

type heldEdition struct {
	key     editionKey
	tileset *Tileset
	bytes   int64
}

// get returns a tileset that is held, else nil.
func (s *editions) get(key editionKey) *Tileset {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.found[key]
	if !ok {
		return nil
	}
	s.order.MoveToFront(at)
	return at.Value.(*heldEdition).tileset
}

// put holds a tileset and lets go those that were not asked for longest. The
// one that was put last is held whatever it weighs.
func (s *editions) put(key editionKey, t *Tileset) {
	added := &heldEdition{key, t, t.bytes()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.found == nil {
		s.found = map[editionKey]*list.Element{}
	}
	if before, ok := s.found[key]; ok {
		s.forget(before)
	}
	s.found[key] = s.order.PushFront(added)
	s.held += added.bytes
	for s.held > s.limit && s.order.Len() > 1 {
		s.forget(s.order.Back())
	}
}

func (s *editions) forget(at *list.Element) {
	gone := s.order.Remove(at).(*heldEdition)
	delete(s.found, gone.key)
	s.held -= gone.bytes
}

// use is how many bytes are held, of how many.
func (s *editions) use() (held, limit int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held, s.limit
}
