package tiles

// write encodes what was drawn to c.tile, within the size budget.
func (c *canvas) write(notes *Notes) {
	o := c.options
	c.writeLayers(c.drawn)
	size := len(c.tile)
	if notes.Small > 0 {
		size += omittedBytes
	}
	if len(c.drawn) > o.MaxFeatures || size > o.MaxBytes || notes.Dropped > 0 {
		kept := c.choose()
		notes.Dropped += len(c.drawn) - len(kept)
		c.writeLayers(kept)
	}
	if notes.Dropped > 0 || notes.Small > 0 {
		c.tile = appendOmitted(c.tile, *notes, o.Extent)
	}
}

// writeLayers encodes features, layer by layer.
func (c *canvas) writeLayers(features []drawn) {
	p := c.prepared
	c.tile = c.tile[:0]
	for len(features) > 0 {
		layer := p.features[features[0].feature].layer
		keys, values := p.tags.keys[layer], p.tags.values[layer]
		c.writer.reset(len(keys), len(values))
		n := 0
		for n < len(features) && p.features[features[n].feature].layer == layer {
			d := &features[n]
			f := &p.features[d.feature]
			d.bytes = c.writer.feature(f, p.tags.refs[f.tags:f.end], c.geometry.bytes[d.commands.begin:d.commands.end])
			n++
		}
		c.tile = c.writer.appendLayer(c.tile, p.layers[layer].name, keys, values, c.options.Extent)
		features = features[n:]
	}
}
