package pack

import "strings"

// Texts numbers texts in the order in which they first occur.
type Texts struct {
	numbers map[string]uint64
	all     []string
}

// NewTexts has none.
func NewTexts() *Texts { return &Texts{numbers: map[string]uint64{}} }

func (t *Texts) number(s string) uint64 {
	n, known := t.numbers[s]
	if !known {
		n = uint64(len(t.all))
		t.numbers[s] = n
		t.all = append(t.all, s)
	}
	return n
}

// Write adds the texts as a block.
func (t *Texts) Write(w *Writer) {
	row := Row{}
	row.Lines(t.all)
	w.Block(row.Bytes)
}

// ReadTexts reads what Write wrote.
func ReadTexts(f *File) ([]string, error) {
	block, err := f.Block()
	if err != nil {
		return nil, err
	}
	r := NewReader(block, nil)
	all := r.Lines()
	return all, r.End()
}

// Lines adds many texts.
func (r *Row) Lines(all []string) {
	r.Uint(uint64(len(all)))
	for _, s := range all {
		r.Uint(uint64(len(s)))
	}
	r.Text(strings.Join(all, ""))
}

// Lines reads what Row.Lines wrote. The texts share their memory.
func (r *Reader) Lines() []string {
	sizes := make([]uint64, r.Count(1))
	for i := range sizes {
		sizes[i] = r.Uint()
	}
	text := r.Text()
	out := make([]string, len(sizes))
	for i, size := range sizes {
		if size > uint64(len(text)) {
			r.fail()
			return nil
		}
		out[i], text = text[:size], text[size:]
	}
	if text != "" {
		r.fail()
	}
	return out
}
