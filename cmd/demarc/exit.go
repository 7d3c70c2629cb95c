package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// Exit statuses: refused is about the input or the question, usage about the command line.
const (
	exitOK      = 0
	exitRefused = 1
	exitUsage   = 2
)

// exitStatuses ends the help of every command.
const exitStatuses = `Exit status: 0 when it is done, 1 when it was refused or failed, 2 when the
command line is wrong.`

// documentExit adds the exit statuses to the help and manual page of a command and its own.
func documentExit(cmd *cobra.Command) {
	if cmd.Long == "" {
		cmd.Long = cmd.Short + "."
	}
	cmd.Long += "\n\n" + exitStatuses
	for _, sub := range cmd.Commands() {
		documentExit(sub)
	}
}

// refusal is an error about the input rather than the command line. A nil err
// means that everything has been said on standard output.
type refusal struct{ err error }

func (r *refusal) Error() string { return fmt.Sprint(r.err) }

func (r *refusal) Unwrap() error { return r.err }

func refuse(err error) error {
	if err == nil {
		return nil
	}
	return &refusal{err}
}
