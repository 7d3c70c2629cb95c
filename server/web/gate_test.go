package web

import (
	"context"
	"errors"
	"net/netip"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

func TestAGateAdmitsQueuesAndRefusesInThatOrder(t *testing.T) {
	g := NewGate(1, 1)
	leave, err := g.Enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	waiting := make(chan error)
	go func() {
		_, err := g.Enter(ctx)
		waiting <- err
	}()
	for places(g) < 2 { // until it sits in the queue
		runtime.Gosched()
	}
	if _, err := g.Enter(context.Background()); !errors.Is(err, ErrBusy) || g.shed.Load() != 1 {
		t.Errorf("beyond the queue: %v", err)
	}
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("who gives up waiting: %v", err)
	}
	leave()
	if leave, err = g.Enter(context.Background()); err != nil {
		t.Fatalf("who comes once all have left: %v", err)
	}
	leave()
	if places(g) != 0 || len(g.clients) != 0 {
		t.Error("a seat was not given back")
	}
}

// places is how many requests work and wait.
func places(g *Gate) int {
	working, waiting := g.at()
	return working + waiting
}

// Whoever asks once waits for one turn of each other client at most, however many
// requests these have waiting; and no place is ever lost.
func TestTurnsGoFromClientToClient(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		works := rapid.IntRange(1, 3).Draw(t, "at work")
		g := NewGate(works, 60)
		enter := func(address byte) (w *waiter, leave func()) {
			client := clientOf(netip.AddrFrom4([4]byte{192, 0, 2, address}))
			w = g.sit(client)
			return w, func() { g.rise(client, w) }
		}
		type entered struct {
			*waiter
			leave func()
		}
		var all []entered
		greedy := rapid.IntRange(1, 3).Draw(t, "greedy clients")
		for n := range rapid.IntRange(1, 30).Draw(t, "their requests") {
			if w, leave := enter(byte(n % greedy)); w != nil {
				all = append(all, entered{w, leave})
			}
		}
		honest, leave := enter(100)
		turns := 0
		for !came(honest) {
			at := -1
			for i := range all {
				if all[i].waiter != nil && came(all[i].waiter) && (at < 0 || rapid.Bool().Draw(t, "this one ends")) {
					at = i
				}
			}
			if at < 0 {
				t.Fatal("nobody works, and somebody waits")
			}
			all[at].leave()
			all[at].waiter = nil
			if turns++; turns > greedy {
				t.Fatalf("%d others had a turn first", turns)
			}
		}
		leave()
		for _, one := range all {
			if one.waiter != nil {
				one.leave()
			}
		}
		if places(g) != 0 || len(g.clients) != 0 {
			t.Fatalf("%d places and %d clients are left", places(g), len(g.clients))
		}
	})
}

// came reports whether the turn of a request has come.
func came(w *waiter) bool {
	select {
	case <-w.turn:
		return true
	default:
		return false
	}
}

func TestOneClientLeavesHalfOfAGateToOthers(t *testing.T) {
	g := NewGate(2, 6)
	of := func(address string) context.Context {
		return context.WithValue(t.Context(), visitorKey{}, &visitor{client: clientOf(netip.MustParseAddr(address))})
	}
	enter := func(ctx context.Context) (refused bool) {
		ended := make(chan bool, 1)
		waiting := places(g)
		go func() {
			leave, err := g.Enter(ctx)
			if err == nil {
				t.Cleanup(leave)
			}
			ended <- errors.Is(err, ErrBusy)
		}()
		for {
			select {
			case refused := <-ended:
				return refused
			default:
			}
			if places(g) > waiting {
				return false
			}
			runtime.Gosched()
		}
	}
	greedy := of("2001:db8::1")
	for n := range 4 {
		if enter(greedy) {
			t.Fatalf("request %d is refused", n)
		}
	}
	if !enter(of("2001:db8::2")) {
		t.Error("a neighbour in one /64 is taken for another client")
	}
	for _, other := range []string{"192.0.2.1", "192.0.2.2", "192.0.2.1", "198.51.100.7"} {
		if enter(of(other)) {
			t.Errorf("%s is refused", other)
		}
	}
	if !enter(of("203.0.113.5")) {
		t.Error("there are more seats than seats")
	}
}
