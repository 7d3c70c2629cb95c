package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// child runs one part of a row in a process of its own, so that its memory and
// its garbage are its own: the command starts itself as "bench child PART …".
func child(ctx context.Context, args []string) error {
	parts := map[string]func(context.Context, []string) (any, error){
		"serve":     serveDemarc,
		"constant":  serveConstant,
		"orb-tiles": serveOrbTiles,
		"fire":      fire,
		"read":      loadOurs,
		"strict":    loadStrict,
		"orb":       loadOrb,
		"days":      loadDays,
		"pyramid":   writePyramid,
	}
	part, known := parts[args[0]]
	if !known {
		return fmt.Errorf("no part %q", args[0])
	}
	answer, err := part(ctx, args[1:])
	if err != nil || answer == nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(answer)
}

// ask runs a part in a child to its end and reads its answer.
func ask[T any](ctx context.Context, args ...string) (answer T, err error) {
	cmd, err := self(ctx, args...)
	if err != nil {
		return answer, err
	}
	text, err := cmd.Output()
	if err != nil {
		return answer, fmt.Errorf("child %v: %w", args, err)
	}
	return answer, json.Unmarshal(text, &answer)
}

func self(ctx context.Context, args ...string) (*exec.Cmd, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, program, append([]string{"child"}, args...)...)
	cmd.Stderr = os.Stderr
	return cmd, nil
}

// dialogue is a running program that answers each line written to it with one line.
type dialogue struct {
	cmd     *exec.Cmd
	input   io.WriteCloser
	answers *bufio.Reader
}

func converse(cmd *exec.Cmd) (*dialogue, error) {
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &dialogue{cmd, input, bufio.NewReader(output)}, nil
}

// ask writes a question as a line of JSON and reads the answer into v.
func (d *dialogue) ask(question, v any) error {
	if err := json.NewEncoder(d.input).Encode(question); err != nil {
		return err
	}
	return d.hear(v)
}

// hear reads the next line of JSON.
func (d *dialogue) hear(v any) error {
	line, err := d.answers.ReadBytes('\n')
	if err != nil {
		return errors.Join(err, d.close())
	}
	return json.Unmarshal(line, v)
}

// close ends the program, which goes when its input ends.
func (d *dialogue) close() error {
	return errors.Join(d.input.Close(), d.cmd.Wait())
}

// peakBytes returns the most memory this process has held at once (VmHWM).
func peakBytes() (float64, error) { return peakOf("self") }

// peakOf is peakBytes of any process.
func peakOf(process string) (float64, error) {
	text := strings.TrimSuffix(first("/proc/"+process+"/status", "VmHWM"), " kB")
	kilobytes, err := strconv.ParseFloat(text, 64)
	return 1024 * kilobytes, err
}
