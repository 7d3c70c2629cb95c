package main

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// spooledInMemory is up to how many bytes an answer is held in memory.
const spooledInMemory = 1 << 20

// spool holds an answer back until it is known to be whole: what does not fit into
// memory is in a temporary file.
type spool struct {
	held []byte
	file *os.File
}

// Write implements io.Writer.
func (s *spool) Write(p []byte) (int, error) {
	s.held = append(s.held, p...)
	if len(s.held) < spooledInMemory {
		return len(p), nil
	}
	if s.file == nil {
		file, err := os.CreateTemp("", "demarc-*")
		if err != nil {
			return 0, err
		}
		s.file = file
	}
	if _, err := s.file.Write(s.held); err != nil {
		return 0, err
	}
	s.held = s.held[:0]
	return len(p), nil
}

// copyTo gives the answer away.
func (s *spool) copyTo(w io.Writer) error {
	text, err := s.Reader()
	if err != nil {
		return err
	}
	_, err = io.Copy(w, text)
	return err
}

// Reader reads the answer from its beginning; nothing is written after it.
func (s *spool) Reader() (io.Reader, error) {
	if s.file == nil {
		return bytes.NewReader(s.held), nil
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.MultiReader(s.file, bytes.NewReader(s.held)), nil
}

// Close forgets the answer.
func (s *spool) Close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
