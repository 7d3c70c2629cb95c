package carry

// Go starts work on a goroutine of its own; ended is closed at its end. Its panic
// goes to tell, on that goroutine and before ended is closed: whoever waits may
// want it, and of work that nobody waits for it belongs in a log.
func Go(work func(), tell func(*Bug)) (ended <-chan struct{}) {
	end := make(chan struct{})
	go func() {
		defer close(end)
		if bug := Recover(work); bug != nil {
			tell(bug)
		}
	}()
	return end
}
