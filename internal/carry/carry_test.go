package carry

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// bugOf runs work and returns the bug that it panics with, nil when it is none.
func bugOf(t *testing.T, work func()) (bug *Bug) {
	t.Helper()
	defer func() { bug, _ = recover().(*Bug) }()
	work()
	return nil
}

func TestAWorkersPanicIsThatOfWait(t *testing.T) {
	for name, others := range map[string]error{"alone": nil, "beside an error": errors.New("no")} {
		bug := bugOf(t, func() {
			group, ctx := NewGroup(context.Background())
			group.Go(func() error { return others })
			group.Go(func() error { panic("spoilt") })
			if others == nil {
				group.Go(func() error { <-ctx.Done(); return ctx.Err() }) // the panic ends it
			}
			_ = group.Wait()
		})
		if bug == nil || bug.Value != "spoilt" || len(bug.Stack) == 0 {
			t.Errorf("%s: %v", name, bug)
		}
	}
}

func TestABugKeepsTheStackItHadFirst(t *testing.T) {
	first := Recover(func() { panic("spoilt") })
	if again := Recover(func() { panic(first) }); again != first {
		t.Errorf("%v", again)
	}
	if err := Caught(func() error { panic(first) }); !errors.Is(err, first) {
		t.Errorf("%v", err)
	}
	if err := Caught(func() error { return context.Canceled }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestThePanicOfAGoroutineIsToldBeforeItsEnd(t *testing.T) {
	var told *Bug
	<-Go(func() { panic("spoilt") }, func(bug *Bug) { told = bug })
	if told == nil || told.Value != "spoilt" {
		t.Errorf("told %v", told)
	}
}

func TestManyWhoAskShareOneComputationAndItsPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var flights Flights[string, int]
		var begun, met atomic.Int32
		proceed := make(chan struct{})
		for range 20 {
			go func() {
				if bugOf(t, func() {
					_, _ = flights.Do(t.Context(), "key", func(context.Context) (int, error) {
						begun.Add(1)
						<-proceed
						panic("spoilt")
					})
				}) != nil {
					met.Add(1)
				}
			}()
		}
		synctest.Wait()
		close(proceed)
		synctest.Wait()
		if begun.Load() != 1 || met.Load() != 20 {
			t.Errorf("%d computations, %d met the panic", begun.Load(), met.Load())
		}
		if v, err := flights.Do(t.Context(), "key", func(context.Context) (int, error) { return 7, nil }); v != 7 || err != nil {
			t.Errorf("after a panic: %d, %v", v, err)
		}
	})
}

func TestAComputationEndsWhenNobodyWaitsUnlessItGoesOn(t *testing.T) {
	for _, goOn := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			flights := Flights[string, int]{GoOn: goOn}
			proceed, cancelled := make(chan struct{}), false
			compute := func(ctx context.Context) (int, error) {
				select {
				case <-ctx.Done():
					cancelled = true
					return 0, ctx.Err()
				case <-proceed:
					return 7, nil
				}
			}
			impatient, leave := context.WithCancel(t.Context())
			patient, stay := context.WithCancel(t.Context())
			for _, ctx := range []context.Context{impatient, patient} {
				go func() { _, _ = flights.Do(ctx, "key", compute) }()
			}
			synctest.Wait()
			leave()
			synctest.Wait()
			if cancelled {
				t.Error("it ends while somebody waits")
			}
			stay()
			synctest.Wait()
			if cancelled == goOn {
				t.Errorf("nobody waits, GoOn is %v: cancelled is %v", goOn, cancelled)
			}
			close(proceed)
			if v, err := flights.Do(t.Context(), "key", compute); v != 7 || err != nil {
				t.Errorf("who asks next gets %d, %v", v, err)
			}
		})
	}
}
