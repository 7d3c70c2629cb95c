package web

import (
	"context"
	"errors"
	"net/http/httptest"
	"runtime"
	"strings"
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

func TestBodiesTogetherAreBoundedAndGivenBack(t *testing.T) {
	b := newBodies(bodyChunk, 0) // four chunks for all
	post := func(n int) (func(), error) {
		return b.hold(httptest.NewRequest("POST", "/", struct{ *strings.Reader }{strings.NewReader(strings.Repeat("x", n))}))
	}
	first, err := post(2*bodyChunk - 1)
	if err != nil {
		t.Fatal(err)
	}
	if release, err := post(3 * bodyChunk); !errors.Is(err, ErrBusy) {
		t.Errorf("beyond the bytes for all: %v", err)
	} else {
		release()
	}
	first()
	for range 100 {
		release, err := post(3*bodyChunk - 1)
		if err != nil {
			t.Fatal(err)
		}
		release()
	}
}
