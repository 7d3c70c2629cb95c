// Command suite runs a command with one shared PostGIS cluster, which is
// started before it and stopped after it:
//
//	go run ./internal/suite go test ./...
//
// Where PostGIS is not installed the command runs without one.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/demarc-map/demarc/internal/referee"
)

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: suite COMMAND [ARGUMENT]...")
		return 2
	}
	environment := os.Environ()
	if cluster, err := referee.StartPostGIS(); err == nil {
		defer cluster.Stop()
		environment = append(environment, referee.PostGISEnv+"="+cluster.URL)
	} else {
		fmt.Fprintln(os.Stderr, "suite: without PostGIS:", err)
	}
	// The command is in our process group and gets the same signals; wait for it.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = environment, os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return exit.ExitCode()
	case err != nil:
		fmt.Fprintln(os.Stderr, "suite:", err)
		return 1
	}
	return 0
}
