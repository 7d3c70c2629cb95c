package store

import (
	"context"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// How long a database may keep silent before it is taken to be away, and how
// long one statement may take.
const (
	connecting = 5 * time.Second
	unanswered = 15 * time.Second // by the machine of the database, to what was sent
	statement  = "300s"           // a large snapshot is one statement a table
)

// patient bounds how long a connection waits for a database that hangs, or a
// network that swallows everything: to connect, for each statement, and, by
// keep-alive, while nothing is asked. What the connection string says goes first.
func patient(config *pgxpool.Config) {
	config.MaxConns = 4
	c := config.ConnConfig
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = connecting
	}
	dialer := &net.Dialer{Timeout: c.ConnectTimeout, Control: giveUpAfter(unanswered),
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: unanswered / 3, Interval: unanswered / 5, Count: 3}}
	c.DialFunc = dialer.DialContext
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "demarc"
	}
	given := c.RuntimeParams["statement_timeout"] != ""
	config.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error { // as statements, since poolers between refuse them as parameters
		if !given {
			if _, err := conn.Exec(ctx, "SELECT set_config('statement_timeout', $1, false)", statement); err != nil {
				return err
			}
		}
		_, err := conn.Exec(ctx, "SELECT set_config('idle_in_transaction_session_timeout', '60s', false)") // a publisher that is gone keeps nobody out
		return err
	}
}
