package web

import (
	"context"
	"errors"
	"net/netip"
	"runtime"
	"testing"
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
	for len(g.seats) < 2 { // until it sits in the queue
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
	if len(g.seats)+len(g.working) != 0 {
		t.Error("a seat was not given back")
	}
}

func TestOneClientLeavesHalfOfAGateToOthers(t *testing.T) {
	g := NewGate(2, 6)
	of := func(address string) context.Context {
		return context.WithValue(t.Context(), visitorKey{}, &visitor{client: clientOf(netip.MustParseAddr(address))})
	}
	enter := func(ctx context.Context) (refused bool) {
		ended := make(chan bool, 1)
		waiting := len(g.seats)
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
			if len(g.seats) > waiting {
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
