package web

import (
	"net/http"
)

// Class is the kind of trouble that an error is, which decides the status of its
// problem. An error type of any package can tell its own class, without knowing
// this one, by a method ErrorClass() string.
type Class string

// The classes. An error of no class is the server's own fault.
const (
	Malformed     Class = "malformed"     // what was sent cannot be read
	Unknown       Class = "unknown"       // what was asked for does not exist
	Gone          Class = "gone"          // it existed, and was taken away for good
	Full          Class = "full"          // there is no room to keep it
	Conflict      Class = "conflict"      // it is no longer as the client takes it to be
	TooLarge      Class = "too large"     // more than is taken
	Unprocessable Class = "unprocessable" // it can be read, and makes no sense
	Unavailable   Class = "unavailable"   // it may be answered later
	Internal      Class = "internal"      // the server's own fault, whatever the error says
)

// Status is the HTTP status of a class: the only table of it.
func (c Class) Status() int {
	switch c {
	case Malformed:
		return http.StatusBadRequest
	case Unknown:
		return http.StatusNotFound
	case Gone:
		return http.StatusGone
	case Full:
		return http.StatusInsufficientStorage
	case Conflict:
		return http.StatusConflict
	case TooLarge:
		return http.StatusRequestEntityTooLarge
	case Unprocessable:
		return http.StatusUnprocessableEntity
	case Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}
