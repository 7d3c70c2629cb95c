package foreign

import (
	"errors"
	"fmt"
	"io/fs"
)

// beside reads the whole file of the same name with another extension, nil when
// there is none.
func (in *input) beside(extension string) ([]byte, error) {
	if in.Beside == nil {
		return nil, nil
	}
	r, err := in.Beside(extension)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, in.unreadable(fmt.Errorf(".%s: %w", extension, err))
	}
	defer r.Close()
	text, err := in.all(r)
	if err != nil {
		return nil, in.unreadable(fmt.Errorf(".%s: %w", extension, err))
	}
	return text, nil // not nil, even of nothing
}
