package arrange

// counter sorts by small numbers in linear time.
type counter struct{ start []int32 }

// count returns where the items of each number start when n items are sorted by
// numbers below limit; the last entry is n. The slice is valid until the next call.
func (c *counter) count(limit, n int, number func(i int) int32) []int32 {
	c.start = append(c.start[:0], make([]int32, limit+1)...)
	for i := range n {
		c.start[number(i)+1]++
	}
	for k := range limit {
		c.start[k+1] += c.start[k]
	}
	return c.start
}
