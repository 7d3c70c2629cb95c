package store

import (
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrFull means that there is no room for what was to be kept: nothing of it was.
var ErrFull = errors.New("the store has no space left")

// ErrAway means that the database cannot be reached, or does not answer.
var ErrAway = errors.New("the store cannot be reached")

// ofSpace says of an error of a file system when it is one of space.
func ofSpace(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// inDatabase says of an error of a database when it is one of space, or of its
// being away.
func inDatabase(err error) error {
	var told *pgconn.PgError
	var connecting *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.As(err, &told):
		switch {
		case told.Code == "53100": // disk full
			return fmt.Errorf("%w: %w", ErrFull, err)
		case strings.HasPrefix(told.Code, "08"), strings.HasPrefix(told.Code, "57P"), told.Code == "53300", told.Code == "57014": // connection, shutdown, too many, statement timeout
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
	case errors.As(err, &connecting), errors.As(err, &network), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed):
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}
