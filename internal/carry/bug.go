package carry

import (
	"fmt"
	"runtime/debug"
)

// Bug is a panic with the stack of the goroutine that met it.
type Bug struct {
	Value any
	Stack []byte
}

// Error tells both. It is for a log, never for a client.
func (b *Bug) Error() string { return fmt.Sprintf("panic: %v\n%s", b.Value, b.Stack) }

// Recover runs work and returns its panic, nil when there is none. A Bug that
// was carried here already is returned as it is, with its own stack.
func Recover(work func()) (bug *Bug) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case *Bug:
			bug = v
		default:
			bug = &Bug{v, debug.Stack()}
		}
	}()
	work()
	return nil
}

// Caught runs work and returns its error; a panic is a *Bug.
func Caught(work func() error) (err error) {
	if bug := Recover(func() { err = work() }); bug != nil {
		return bug
	}
	return err
}
