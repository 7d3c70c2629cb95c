package web

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/demarc-map/demarc/body"
)

// What is awaited is made once however many ask, is held then, and has a time limit.
func TestWhatIsAwaitedIsMadeOnceAndHeld(t *testing.T) {
	c, err := NewCache(1<<20, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	made, proceed := 0, make(chan struct{})
	compute := func(ctx context.Context) (*Answer, error) {
		made++
		<-proceed
		if _, limited := ctx.Deadline(); !limited {
			t.Error("it may take for ever")
		}
		return &Answer{Body: body.NewCoder().Body([]byte("file"))}, nil
	}
	var asked, all sync.WaitGroup
	for range 20 {
		asked.Add(1)
		all.Go(func() {
			asked.Done()
			if a, err := c.WhileAwaited(t.Context(), "key", compute); err != nil || string(a.Body.Identity()) != "file" {
				t.Errorf("%v %v", a, err)
			}
		})
	}
	asked.Wait()
	close(proceed)
	all.Wait()
	if _, err := c.WhileAwaited(t.Context(), "key", compute); err != nil || made != 1 {
		t.Errorf("made %d times, %v", made, err)
	}
}

func TestWhatNobodyAwaitsEndsAndIsNotHeld(t *testing.T) {
	c, err := NewCache(1<<20, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	begun, ended := make(chan struct{}), make(chan struct{})
	ctx, leave := context.WithCancel(t.Context())
	go func() { <-begun; leave() }()
	_, err = c.WhileAwaited(ctx, "key", func(ctx context.Context) (*Answer, error) {
		defer close(ended)
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("it goes on though nobody waits")
	}
	want := errors.New("made anew")
	if _, err := c.WhileAwaited(t.Context(), "key", func(context.Context) (*Answer, error) { return nil, want }); !errors.Is(err, want) {
		t.Errorf("%v", err)
	}
}
